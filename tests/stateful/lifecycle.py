"""The whole life of sessions and handoffs as a machine of rules, run on the real actions and on the reference at once.

After every rule the two are compared: every session, handoff, turn, package and queue. Each write may meet a fault.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.sessions.send_message import send_message
from chalicelib.contracts.requests import (
    HandOffRequest,
    MessageRequest,
    OpenSessionRequest,
    ResolveRequest,
    StepRequest,
)
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.errors import DomainError
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import assessments, handoffs
from tests.stateful import stored_state
from tests.stateful.reference_model import LEASE_MINUTES, Expected, PlainHandoff, PlainSession, Reference, Turn
from tests.support.builders import ACME, ALEX, HANK, JANE, JOE, OLGA, SAM, VIC, an_assessment, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import DELIVERED, KINDS, Died, WriteFault, met_by

Seen = Counter[tuple[str, str]]
Told = TypeVar("Told")

MOST_SESSIONS = 2
STAFF = (JANE, JOE, SAM, ALEX, OLGA)
BY_ID = {caller.id: caller for caller in (*STAFF, VIC)}
IMPROVED = PackageImprovement(summary="Better told.", likely_cause=None, recommended_next_steps=())

picks = st.integers(0, 11)
staff = st.sampled_from(STAFF)
anybody = st.sampled_from([SAM, ALEX, OLGA] * 3 + [JANE, JOE, VIC, HANK])
the_right_one = st.sampled_from([None] * 20 + [SAM, JANE, OLGA, JOE, HANK])
"""Anyone whom the rules let do it. Left to chance alone, few would ever get anywhere."""
epochs_off = st.sampled_from([0] * 14 + [-1, 1])
keys = st.none() | st.sampled_from(["k1", "k2"])
faults = st.sampled_from([DELIVERED] * 24 + [WriteFault(kind, write) for kind in KINDS for write in (0, 0, 0, 1)])


def is_due(*states: str) -> Callable[["Lifecycle"], bool]:
    """Whether some handoff or session is in one of these states; every third time it is tried all the same."""
    return lambda machine: machine.now % 3 == 0 or bool(machine.states.intersection(states))


class Lifecycle(RuleBasedStateMachine):
    """One account, its people, and everything they may do."""

    def __init__(self, recorder: Recorder, seen: Seen) -> None:
        super().__init__()
        stored_state.empty()
        recorder.forget()
        self._wire, self._seen = recorder, seen
        self._rules = Reference(ACME)
        self.now = 0
        self._leases: list[tuple[PlainHandoff, str]] = []

    @property
    def states(self) -> set[str]:
        """Those that any session, handoff or assessment is in."""
        handed = self._rules.handoffs
        return {
            *(session.status for session in self._rules.sessions),
            *(handoff.status for handoff in handed),
            *(handoff.advice for handoff in handed),
            *("leased" for handoff in handed if handoff.lease),
        }

    @initialize(
        by=staff,
        intent=st.sampled_from(["escalate", "escalate", "park"]),
        is_advised=st.booleans(),
        claimer=st.sampled_from([SAM, ALEX, OLGA, None]),
    )
    def begin_with_a_handoff(self, by: Caller, intent: str, is_advised: object, claimer: Caller | None) -> None:
        """So far that there is something to do for everybody; left to chance alone, few lives would come so far."""
        self.open(by, None, "No mail", DELIVERED)
        self.add_step(0, None, 0, None, "Ping", DELIVERED)
        self.hand_off(0, None, 0, None, intent, "high", DELIVERED)
        if is_advised:
            self.begin_advice(0, DELIVERED)
            self.end_advice(0, "ready", DELIVERED)
        if claimer:
            self.claim(0, claimer, DELIVERED)

    @precondition(lambda self: len(self._unresolved()) < MOST_SESSIONS)
    @rule(by=staff, key=keys, summary=st.sampled_from(["No mail", "No mail", "No print"]), fault=faults)
    def open(self, by: Caller, key: str | None, summary: str, fault: WriteFault) -> None:
        request, at = self._request(by, "sessions", key, summary), self._tick()
        expected = self._rules.open(by, str(request.id), summary)
        body = OpenSessionRequest(problem_summary=summary)
        opened = self._do("open", lambda: open_session(body, by=by, at=minute(at), request=request), expected, fault)
        assert opened is None or opened.id == str(request.id)

    @precondition(is_due("active"))
    @rule(
        pick=picks, by=the_right_one, off=epochs_off, key=keys, action=st.sampled_from(["Ping", "Trace"]), fault=faults
    )
    def add_step(self, pick: int, by: Caller | None, off: int, key: str | None, action: str, fault: WriteFault) -> None:
        session, at = self._session(pick), self._tick()
        by = by or self._holder(session)
        epoch = max(1, session.epoch + off)
        body = StepRequest.model_validate({"kind": "step", "action": action, "outcome": "failed", "epoch": epoch})
        request = self._request(by, f"turns/{session.id}", key, body.model_dump_json())
        expected = self._rules.add_step(session, by, epoch, str(request.id), request.sha256)
        step = self._do(
            "add step", lambda: add_step(session.id, body, by=by, at=minute(at), request=request), expected, fault
        )
        assert step is None or session.turns[step.seq - 1] == Turn(by.id, step.epoch, "step")

    @precondition(is_due("active"))
    @rule(pick=picks, by=the_right_one, off=epochs_off, key=keys, text=st.sampled_from(["Hm.", "So?"]), fault=faults)
    def say(self, pick: int, by: Caller | None, off: int, key: str | None, text: str, fault: WriteFault) -> None:
        session, at = self._session(pick), self._tick()
        by = by or self._holder(session)
        body = MessageRequest(text=text, epoch=max(1, session.epoch + off))
        request = self._request(by, f"messages/{session.id}", key, body.model_dump_json())
        expected = self._rules.say(session, by, body.epoch, str(request.id), request.sha256)
        said = self._do(
            "say", lambda: send_message(session.id, body, by=by, at=minute(at), request=request), expected, fault
        )
        if said:
            assert session.turns[said.message.seq - 1] == Turn(by.id, said.message.epoch, "message")
            assert (said.reply is None) == (str(request.id) in self._rules.unanswered)

    @precondition(is_due("active"))
    @rule(
        pick=picks,
        by=the_right_one,
        off=epochs_off,
        key=keys,
        intent=st.sampled_from(["escalate", "escalate", "park"]),
        priority=st.sampled_from(["low", "normal", "high", "urgent"]),
        fault=faults,
    )
    def hand_off(
        self, pick: int, by: Caller | None, off: int, key: str | None, intent: str, priority: str, fault: WriteFault
    ) -> None:
        session, at = self._session(pick), self._tick()
        by = by or self._holder(session)
        epoch = max(1, session.epoch + off)
        body = HandOffRequest.model_validate({"intent": intent, "priority": priority, "epoch": epoch})
        request = self._request(by, f"handoff/{session.id}", key, body.model_dump_json())
        expected = self._rules.hand_off(session, by, epoch, (intent, priority), at, str(request.id), request.sha256)
        made = self._do(
            "hand off",
            lambda: hand_off_session(session.id, body, by=by, at=minute(at), request=request),
            expected,
            fault,
        )
        assert made is None or (made.id, made.sender.id) == (str(request.id), by.id)

    @precondition(is_due("unclaimed"))
    @rule(pick=picks, by=anybody, fault=faults)
    def claim(self, pick: int, by: Caller, fault: WriteFault) -> None:
        handoff, at = self._handoff(pick, "unclaimed"), self._tick()
        receipt = self._do(
            "claim",
            lambda: claim_handoff(handoff.session.id, handoff.id, by=by, at=minute(at)),
            self._rules.claim(handoff, by),
            fault,
        )
        self._require_receipt(receipt, handoff, "claimed", by)

    @precondition(is_due("unclaimed"))
    @rule(pick=picks, by=the_right_one, fault=faults)
    def withdraw(self, pick: int, by: Caller | None, fault: WriteFault) -> None:
        handoff, at = self._handoff(pick, "unclaimed"), self._tick()
        by = by or BY_ID[handoff.sender]
        receipt = self._do(
            "withdraw",
            lambda: withdraw_handoff(handoff.session.id, handoff.id, by=by, at=minute(at)),
            self._rules.withdraw(handoff, by),
            fault,
        )
        self._require_receipt(receipt, handoff, "withdrawn", None)

    @precondition(is_due("claimed"))
    @rule(pick=picks, by=the_right_one, fault=faults)
    def release(self, pick: int, by: Caller | None, fault: WriteFault) -> None:
        handoff, at = self._handoff(pick, "claimed"), self._tick()
        by = by or BY_ID[handoff.claimer or handoff.released_by or handoff.sender]
        receipt = self._do(
            "release",
            lambda: release_handoff(handoff.session.id, handoff.id, "Not mine.", by=by, at=minute(at)),
            self._rules.release(handoff, by),
            fault,
        )
        self._require_receipt(receipt, handoff, "unclaimed", None)

    @precondition(is_due("active"))
    @rule(
        pick=picks,
        by=the_right_one,
        off=epochs_off,
        resolution=st.sampled_from(["Fixed.", "Fixed.", "Gone."]),
        verdict=st.sampled_from([None, None, "unknown", "right"]),
        fault=faults,
    )
    def resolve(
        self, pick: int, by: Caller | None, off: int, resolution: str, verdict: str | None, fault: WriteFault
    ) -> None:
        session, at = self._session(pick), self._tick()
        by = by or self._holder(session)
        epoch = max(1, session.epoch + off)
        given = {"resolution": resolution, "assessment_verdict": verdict, "epoch": epoch}
        body = ResolveRequest.model_validate(given)
        resolved = self._do(
            "resolve",
            lambda: resolve_session(session.id, body, by=by, at=minute(at)),
            self._rules.resolve(session, by, epoch, resolution, verdict),
            fault,
        )
        assert resolved is None or (resolved.status, resolved.resolution) == ("resolved", resolution)

    @precondition(is_due())
    @rule(pick=picks, fault=faults)
    def begin_advice(self, pick: int, fault: WriteFault) -> None:
        handoff, at = self._handoff(pick, "pending"), self._tick()
        lease, until = f"lease-{at}", minute(at + LEASE_MINUTES)
        self._leases.append((handoff, lease))
        expected = self._rules.begin_advice(handoff, lease, at)
        leased = self._do(
            "begin advice",
            lambda: assessments.take_lease(ACME, handoff.id, lease, minute(at), until),
            expected,
            fault,
        )
        assert leased is None or expected.change or handoff.is_answered

    @precondition(lambda self: self._leases and is_due("leased")(self))
    @rule(pick=picks, advice=st.sampled_from(["ready", "ready", "unavailable"]), fault=faults)
    def end_advice(self, pick: int, advice: str, fault: WriteFault) -> None:
        """An answer comes, sooner or later: perhaps after the lease was another's, or the handoff was closed."""
        (handoff, lease), at = self._leases[-1 - pick % len(self._leases)], self._tick()
        found = handoffs.load_detail(ACME, handoff.session.id, handoff.id)

        def act() -> bool:
            if advice == "ready":
                return assessments.store_ready(found, lease, an_assessment(), IMPROVED, minute(at))
            return assessments.store_unavailable(ACME, handoff.id, lease, AssessmentError.TIMEOUT, minute(at))

        self._do(f"end advice {advice}", act, self._rules.end_advice(handoff, lease, advice), fault)

    @precondition(is_due("pending"))
    @rule(pick=picks, advice=st.sampled_from(["ready", "unavailable"]), fault=faults)
    def advise(self, pick: int, advice: str, fault: WriteFault) -> None:
        """An answer that comes at once."""
        self.begin_advice(pick, DELIVERED)
        self.end_advice(0, advice, fault)

    @precondition(is_due("unavailable"))
    @rule(pick=picks, by=staff, fault=faults)
    def ask_advice_again(self, pick: int, by: Caller, fault: WriteFault) -> None:
        handoff, at = self._handoff(pick, "unavailable"), self._tick()
        self._do(
            "ask advice again",
            lambda: request_assessment(handoff.session.id, handoff.id, by=by, at=minute(at)),
            self._rules.ask_advice_again(handoff),
            fault,
        )

    @invariant()
    def what_is_stored_is_what_the_rules_say(self) -> None:
        by_id = sorted(self._rules.sessions, key=lambda one: one.id)
        stored = stored_state.handoffs()
        assert [stored_state.facts_of_session(one, stored) for one in stored_state.sessions()] == list(
            map(stored_state.facts_by_rules, by_id)
        )
        handed = sorted(self._rules.handoffs, key=lambda one: one.id)
        assert list(map(stored_state.facts_of_handoff, stored)) == list(
            map(stored_state.facts_of_handoff_by_rules, handed)
        )
        assert stored_state.turns() == {
            session.id: list(enumerate(session.turns, 1)) for session in by_id if session.turns
        }

    @invariant()
    def indexes_have_what_the_rules_say(self) -> None:
        """By the keys that are there only while something is to be found: nothing else would miss or mind them."""
        assert stored_state.held_by_key() == {
            session.id: f"{ACME}#{session.picked_up_by}" for session in self._rules.sessions if session.picked_up_by
        }
        handed = self._rules.handoffs
        waiting = {one.id for one in handed if one.status == "unclaimed" and one.intent == "escalate"}
        assert stored_state.waiting_by_key() == waiting
        assert stored_state.due_by_key() == {one.id for one in handed if one.is_due}
        assert stored_state.leases() == {one.id: one.lease for one in handed if one.lease}

    @invariant()
    def one_holder_and_one_story(self) -> None:
        """Asked of what is stored alone, should the reference ever be wrong in the same way as the code."""
        held, handed = stored_state.held_by_key(), stored_state.handoffs()
        for session in stored_state.sessions():
            open_ones = [
                one for one in handed if one.session_id == session.id and one.status in ("unclaimed", "claimed")
            ]
            assert [one.id for one in open_ones] == ([session.open_handoff_id] if session.open_handoff_id else [])
            if session.holder != session.owner or session.id in held:  # its opener finds it as its owner
                assert held.get(session.id) == (f"{ACME}#{session.holder.id}" if session.holder else None)
            assert (session.holder is not None) == (session.status in ("active", "resolved"))
            for one in open_ones:
                assert (one.claimed_by, one.claim_epoch) == (session.holder, session.epoch)
                assert session.newest_handoff_id == one.id
            assert not [one for one in handed if one.intent == "escalate" and one.claimed_by == one.sender]

    @invariant()
    def queue_shows_what_waits_for_others(self) -> None:
        by = STAFF[self.now % len(STAFF)]
        page = list_escalations(PageRequest(limit=100, cursor=None), by=by)
        assert [line.handoff_id for line in page.items] == self._rules.queue(by)

    def _do(self, name: str, act: Callable[[], Told], expected: Expected, fault: WriteFault) -> Told | None:
        """Act, meet the fault, and hold what came of it to what the rules expect. Return what was told, if anything."""
        told, ending = None, "done"
        changes = [change for change in (expected.change, expected.then) if change and not expected.refusal]
        with met_by(self._wire, fault) as writes:
            try:
                told = act()
            except Died:
                ending = "died"
            except DomainError as refusal:
                ending = type(refusal).__name__
        if ending != "died":
            assert ending == (expected.refusal.__name__ if expected.refusal else "done"), (name, fault)
            assert bool(writes.took_effect) == bool(changes), (name, fault)
            assert writes.took_effect >= len(changes), (name, fault)
        assert changes or not writes.took_effect, (name, fault)
        for change in changes[: writes.took_effect]:
            change()
        self._seen[name, ending if expected.change or expected.refusal else f"{ending}, nothing to do"] += 1
        if writes.met:
            self._seen["faults", fault.kind] += 1
        return told

    @staticmethod
    def _require_receipt(receipt: Receipt | None, handoff: PlainHandoff, status: str, claimer: Caller | None) -> None:
        """What people are told is what the rules say, also when they ask again."""
        if receipt:
            told = (receipt.handoff_id, receipt.session_id, receipt.status, receipt.claimed_by)
            assert told == (handoff.id, handoff.session.id, status, claimer.person if claimer else None)

    def _tick(self) -> int:
        self.now += 1
        return self.now

    def _session(self, pick: int) -> PlainSession:
        """One that somebody works on more often than any."""
        active = [session for session in self._rules.sessions if session.status == "active"]
        among = (active if pick % 4 else []) or self._rules.sessions
        return among[-1 - (pick // 4) % len(among)]

    def _unresolved(self) -> list[PlainSession]:
        return [session for session in self._rules.sessions if session.status != "resolved"]

    def _handoff(self, pick: int, *likely: str) -> PlainHandoff:
        """One of the likely statuses more often than any."""
        fitting = [one for one in self._rules.handoffs if one.status in likely or one.advice in likely]
        among = (fitting if pick % 4 else []) or self._rules.handoffs
        return among[-1 - (pick // 2) % len(among)]

    @staticmethod
    def _holder(session: PlainSession) -> Caller:
        return BY_ID[session.holder or session.owner]

    def _request(self, by: Caller, route: str, key: str | None, body: str) -> KeyedRequest:
        """A request under a key that may have been used before, or, without one, under a key of its own."""
        return KeyedRequest.of(by, route, key or f"fresh-{self.now}", body)
