"""News of the ticket ends its holder's waiting: the clock asks them at once."""

from datetime import datetime, timedelta

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.keep_handoff import wait_with_handoff
from chalicelib.actions.ticket_sync.apply_ticket import note_deletion
from chalicelib.domain.clock.moments import Waiting
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.psa import CustomerReply
from chalicelib.domain.session import Session
from chalicelib.store import handoffs
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ACME, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios import open_handoffs
from tests.support.scenarios.actions import stream
from tests.support.scenarios.followed_tickets import PSA, follow, hand_off, messages_of_psa, now, opened

WAITS_AT, UNTIL, ANSWERED_AT = 20, 3_000, 40


@pytest.fixture
def session(tables: None) -> Session:
    """Jane's case, whose ticket is known, and which Sam has claimed; he waits for the customer for two days."""
    session = opened()
    follow(2)
    handoff = hand_off(session)
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(10))
    open_handoffs.wait(handoff, WAITS_AT, UNTIL)
    return session


def held(session: Session) -> Handoff:
    found = handoffs.find(ACME, now(session).open_handoff_id or "")
    assert found is not None
    return found


def events_since(count: int) -> list[EventType]:
    return [
        event.type
        for old, new in stream()[count:]
        for event in events_between(handoff_in(old) if old else None, handoff_in(new))
    ]


def test_answer_of_the_customer_has_the_clock_ask_the_holder_at_once(session: Session) -> None:
    before = len(stream())
    follow(ANSWERED_AT, status_name="Customer answered")

    run_clock(at=minute(ANSWERED_AT))

    assert events_since(before) == [EventType.TICKET_UPDATED, EventType.IDLE]
    assert (held(session).waiting, held(session).asked_at) == (None, minute(ANSWERED_AT))


@pytest.mark.parametrize("at", [minute(WAITS_AT + 1), None], ids=["when is told", "when is not told"])
def test_answer_in_the_first_minutes_ends_the_waiting_too_as_it_is_nobody_elses(
    session: Session, at: datetime | None
) -> None:
    follow(WAITS_AT + 1, customer_reply=CustomerReply(at=at))

    run_clock(at=minute(WAITS_AT + 1))

    assert held(session).asked_at == minute(WAITS_AT + 1)
    assert messages_of_psa(session)[-1] == "Ticket #4711: the customer has answered."


def test_answer_from_before_the_waiting_leaves_it(session: Session) -> None:
    follow(ANSWERED_AT, customer_reply=CustomerReply(at=minute(WAITS_AT - 1)))

    run_clock(at=minute(ANSWERED_AT))

    assert held(session).asked_at is None


def test_answer_in_the_second_in_which_the_waiting_began_ends_it(session: Session) -> None:
    handoff, began_at = held(session), minute(WAITS_AT) + timedelta(milliseconds=459)
    waiting = Waiting(until=minute(UNTIL), reason="Customer calls back")
    wait_with_handoff(session.id, handoff.id, waiting, by=SAM, at=began_at)

    follow(WAITS_AT + 1, customer_reply=CustomerReply(at=minute(WAITS_AT)))
    run_clock(at=minute(WAITS_AT + 1))

    assert held(session).asked_at == minute(WAITS_AT + 1)


def test_answer_that_is_known_is_no_news(session: Session) -> None:
    follow(WAITS_AT - 2, customer_reply=CustomerReply(at=None))
    told = len(messages_of_psa(session))

    follow(ANSWERED_AT, customer_reply=CustomerReply(at=None))

    assert len(messages_of_psa(session)) == told
    assert held(session).asked_at is None


@pytest.mark.parametrize(
    ("at_minute", "news"),
    [
        (WAITS_AT + 4, {"status_name": "Waiting for the customer"}),
        (ANSWERED_AT, {"status_name": "Waiting for the customer", "updated_at": minute(WAITS_AT - 1)}),
        (ANSWERED_AT, {"contract": "Gold"}),
    ],
    ids=["the holder's own change of the status beside it", "a change from before, read late", "nothing that is told"],
)
def test_what_is_no_news_to_who_waits_leaves_the_waiting(
    session: Session, at_minute: int, news: dict[str, object]
) -> None:
    follow(at_minute, **news)

    run_clock(at=minute(ANSWERED_AT + 1))

    waiting = held(session).waiting
    assert waiting is not None
    assert (waiting.until, held(session).asked_at) == (minute(UNTIL), None)


def test_news_ask_nobody_who_does_not_wait(session: Session) -> None:
    open_handoffs.keep(held(session), 30)
    due_at = held(session).due_at

    follow(ANSWERED_AT, status_name="Customer answered")

    assert held(session).due_at == due_at


def test_waiting_that_is_said_again_beside_the_news_stays(session: Session, recorder: Recorder) -> None:
    handoff = held(session)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: open_handoffs.wait(handoff, ANSWERED_AT, UNTIL + 60)))

    follow(ANSWERED_AT, status_name="Customer answered")

    waiting = held(session).waiting
    assert waiting is not None
    assert waiting.until == minute(UNTIL + 60)


def test_ticket_that_was_deleted_ends_the_waiting_too(session: Session) -> None:
    note_deletion(PSA, now(session), at=minute(ANSWERED_AT))

    run_clock(at=minute(ANSWERED_AT))

    assert held(session).asked_at == minute(ANSWERED_AT)
