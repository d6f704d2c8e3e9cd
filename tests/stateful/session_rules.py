"""Rules of sessions: open, add a step, send a message, hand off, resolve."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.handoffs.hand_off_session import hand_off_session
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
from chalicelib.domain.people import Caller
from tests.stateful.choices import MOST_SESSIONS, epochs_off, faults, keys, picks, staff, the_right_one
from tests.stateful.compared_machine import ComparedMachine, is_due
from tests.support.builders import ALEX, JANE, OLGA, SAM, minute
from tests.support.dynamodb.write_faults import WriteFault


class SessionRules(ComparedMachine):
    """Requests of the session's holder, and of others who try."""

    @precondition(lambda self: len(self.unresolved()) < MOST_SESSIONS)
    @rule(by=staff, key=keys, summary=st.sampled_from(["No mail", "No mail", "No print"]), fault=faults)
    def open(self, by: Caller, key: str | None, summary: str, fault: WriteFault) -> None:
        request, at = self.request_of(by, "sessions", key, summary), self.tick()
        expected = self.reference.open(by, str(request.id), summary)
        body = OpenSessionRequest(problem_summary=summary)
        opened = self.compare(
            "open", lambda: open_session(body, by=by, at=minute(at), request=request), expected, fault
        )
        assert opened is None or opened.id == str(request.id)

    @precondition(is_due("active"))
    @rule(
        pick=picks, by=the_right_one, off=epochs_off, key=keys, action=st.sampled_from(["Ping", "Trace"]), fault=faults
    )
    def add_step(self, pick: int, by: Caller | None, off: int, key: str | None, action: str, fault: WriteFault) -> None:
        session, at = self.pick_session(pick), self.tick()
        by = by or self.holder_of(session)
        epoch = max(1, session.epoch + off)
        body = StepRequest.model_validate({"kind": "step", "action": action, "result": "no_effect", "epoch": epoch})
        request = self.request_of(by, f"turns/{session.id}", key, body.model_dump_json())
        expected = self.reference.add_step(session, by, epoch, action, at, (str(request.id), request.sha256))
        step = self.compare(
            "add step", lambda: add_step(session.id, body, by=by, at=minute(at), request=request), expected, fault
        )
        assert step is None or session.turns[step.seq - 1][:3] == (by.id, step.epoch, "step")

    @precondition(is_due("active"))
    @rule(pick=picks, by=the_right_one, off=epochs_off, key=keys, text=st.sampled_from(["Hm.", "So?"]), fault=faults)
    def say(self, pick: int, by: Caller | None, off: int, key: str | None, text: str, fault: WriteFault) -> None:
        session, at = self.pick_session(pick), self.tick()
        by = by or self.holder_of(session)
        body = MessageRequest(text=text, epoch=max(1, session.epoch + off))
        request = self.request_of(by, f"messages/{session.id}", key, body.model_dump_json())
        expected = self.reference.say(session, by, body.epoch, text, at, (str(request.id), request.sha256))
        said = self.compare(
            "say", lambda: send_message(session.id, body, by=by, at=minute(at), request=request), expected, fault
        )
        if said:
            assert session.turns[said.message.seq - 1][:3] == (by.id, said.message.epoch, "message")
            assert (said.reply is None) == (str(request.id) in self.reference.unanswered)

    @precondition(is_due("active"))
    @rule(
        pick=picks,
        by=the_right_one,
        off=epochs_off,
        key=keys,
        intent=st.sampled_from(["escalate", "escalate", "park"]),
        priority=st.sampled_from(["low", "normal", "high", "urgent"]),
        to=st.sampled_from([None] * 4 + [SAM, ALEX, OLGA, JANE]),
        fault=faults,
    )
    def hand_off(
        self,
        pick: int,
        by: Caller | None,
        off: int,
        key: str | None,
        intent: str,
        priority: str,
        fault: WriteFault,
        to: Caller | None = None,
    ) -> None:
        session, at = self.pick_session(pick), self.tick()
        by = by or self.holder_of(session)
        epoch = max(1, session.epoch + off)
        given = (intent, priority, to.id if to else None)
        body = HandOffRequest.model_validate({"intent": intent, "priority": priority, "to": given[2], "epoch": epoch})
        request = self.request_of(by, f"handoff/{session.id}", key, body.model_dump_json())
        expected = self.reference.hand_off(session, by, epoch, given, at, (str(request.id), request.sha256))
        made = self.compare(
            "hand off",
            lambda: hand_off_session(session.id, body, by=by, at=minute(at), request=request),
            expected,
            fault,
        )
        assert made is None or made.id == str(request.id)

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
        session, at = self.pick_session(pick), self.tick()
        by = by or self.holder_of(session)
        epoch = max(1, session.epoch + off)
        given = {"resolution": resolution, "assessment_verdict": verdict, "epoch": epoch}
        body = ResolveRequest.model_validate(given)
        resolved = self.compare(
            "resolve",
            lambda: resolve_session(session.id, body, by=by, at=minute(at)),
            self.reference.resolve(session, by, epoch, resolution, verdict),
            fault,
        )
        assert resolved is None or (resolved.status, resolved.resolution) == ("resolved", resolution)
