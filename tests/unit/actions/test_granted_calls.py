"""What a function asks of DynamoDB at work is granted by its policy, which neither emulator nor moto checks."""

from collections.abc import Callable

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.actions.notifications.live_connections import open_connection
from chalicelib.actions.ticket_sync.apply_ticket import note_deletion
from chalicelib.domain.session import Session
from chalicelib.store import engineers, handoffs, integrations, limits, policies, sessions
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, ALEX, JANE, JOE, OLGA, SAM, minute
from tests.support.dynamodb.granted_calls import not_granted
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios import open_handoffs
from tests.support.scenarios.actions import assess, claim, escalated, now, release, stream, try_step
from tests.support.scenarios.followed_tickets import PSA, follow, hand_off, opened
from tests.support.scenarios.followed_tickets import now as session_now
from tests.support.scenarios.psa import PsaCase
from tests.support.topic import Topic


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for caller in (ALEX, JANE, JOE, OLGA, SAM):
        engineers.enter(caller)


def begin(recorder: Recorder) -> None:
    """Record from here on, in a process that has not read policy and limits yet."""
    recorder.forget()
    policies.forget()
    limits.forget()


def waiting() -> Session:
    """A case that was handed off before its ticket was read, with its assessment pending."""
    session = opened()
    hand_off(session)
    return session


def held() -> Session:
    session = opened()
    follow(2)
    claim_handoff(session.id, hand_off(session).id, by=SAM, at=minute(10))
    return session


def put_off() -> Session:
    """A case whose holder waits for the customer."""
    session = held()
    handoff = handoffs.find(ACME, session_now(session).open_handoff_id or "")
    assert handoff is not None
    open_handoffs.wait(handoff, 20, 3_000)
    return session


def closed() -> Session:
    session = waiting()
    follow(4, is_closed=True, status_name="Closed")
    return session


CHANGES: dict[str, tuple[Callable[[], Session], Callable[[Session], object]]] = {
    "SLA time while it waits": (waiting, lambda _: follow(4, due_at=minute(300))),
    "another client while it is held": (held, lambda _: follow(15, client="Contoso", client_id="12")),
    "news while its holder waits": (put_off, lambda _: follow(40, status_name="Customer answered")),
    "deletion": (put_off, lambda session: note_deletion(PSA, session_now(session), at=minute(40))),
    "closing": (waiting, lambda _: follow(4, is_closed=True, status_name="Closed")),
    "opening again": (closed, lambda _: follow(6, status_name="New")),
    "merge": (waiting, lambda _: follow(4, merged_into="4712")),
    "assignment": (opened, lambda _: follow(4, owner_id="15")),
}


@pytest.mark.parametrize("policy", ["handle-delivery", "reconcile"])
@pytest.mark.parametrize("case", CHANGES)
def test_functions_that_follow_tickets_may_do_what_a_change_asks_for(
    recorder: Recorder, case: str, policy: str
) -> None:
    integrations.save(PSA, None)
    prepare, change = CHANGES[case]
    session = prepare()
    begin(recorder)

    change(session)

    assert "TransactWriteItems" in recorder.operations
    assert not_granted(recorder, policy) == set()


@pytest.mark.parametrize("policy", ["clock", "deal-with-due"])
def test_clock_may_do_what_is_due(recorder: Recorder, policy: str) -> None:
    handoff = escalated()
    claim(handoff, SAM)
    begin(recorder)

    done = [open_handoffs.deal_with(now(handoff), at) for at in (60, 240, 480)]

    assert [what for some in done for what in some] != []
    assert not_granted(recorder, policy) == set()


def test_clock_may_find_what_is_due(recorder: Recorder) -> None:
    escalated()
    begin(recorder)

    run_clock(at=minute(240))

    assert not_granted(recorder, "clock") == set()


def test_opener_of_sockets_may_look_who_was_removed(recorder: Recorder) -> None:
    token = issue_live_token(by=SAM, at=minute(10))
    begin(recorder)

    open_connection(token.text, "socket-1", at=minute(10))

    assert not_granted(recorder, "connect") == set()


def test_announcer_may_tell_of_every_change(topic: Topic, recorder: Recorder) -> None:
    handoff = escalated()
    run_clock(at=minute(240))
    claim(handoff, SAM)
    begin(recorder)

    for change in stream():
        announce_change(*change)

    assert not_granted(recorder, "announce") == set()


def test_assessor_may_assess_again_what_came_back(ai: RehearsalModel, recorder: Recorder) -> None:
    handoff = escalated()
    begin(recorder)
    assess(stream()[-1])
    first = not_granted(recorder, "enrich")
    claim(handoff, SAM)
    try_step(handoff.session_id, "Tested from another network", SAM, 3, at_minute=22)
    release(handoff, SAM)
    begin(recorder)

    assess(stream()[-1], at_minute=30)
    assess(stream()[-1], at_minute=31)

    assert (first, not_granted(recorder, "enrich")) == (set(), set())


def test_writer_of_ticket_notes_may_do_what_a_case_asks_for(case: PsaCase, recorder: Recorder) -> None:
    case.push(case.hand_off())
    events = [case.claim(), case.release(), case.claim(), case.resolve(), case.reopen()]
    begin(recorder)

    for event in events:
        case.push(event, after_s=60)

    assert len(case.notes) > 1
    assert not_granted(recorder, "push-to-psa") == set()


def test_writer_of_ticket_notes_may_look_how_the_claim_before_ended(case: PsaCase, recorder: Recorder) -> None:
    case.push(case.hand_off())
    events = [case.claim(), case.pass_on()]
    case.handoff_id = sessions.load(ACME, case.session_id).open_handoff_id or ""
    events.append(case.claim(by=ALEX))
    begin(recorder)

    for event in events:
        case.push(event, after_s=60)

    assert any("Picked up by Alex" in note.text for note in case.notes)
    assert not_granted(recorder, "push-to-psa") == set()
