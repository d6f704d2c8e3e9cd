"""A ticket's SLA time is one more due moment: who is warned, when, and what the warning says."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.clock.find_step_feeds import find_step_feeds
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket
from chalicelib.domain.audiences import Audience, AudienceKind, audiences_of
from chalicelib.domain.clock.moments import Moment, What
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import engineers, escalation_queue, rotas, sessions
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, SUMMARY, minute
from tests.support.scenarios.actions import claim, hand_off, now, open_case, release, stream, try_step
from tests.support.scenarios.due import NIGHTS
from tests.support.scenarios.followed_tickets import PSA, a_ticket

pytestmark = pytest.mark.usefixtures("tables", "topic")

NEXT_STEP_MIN = 22 * 60 + 10
NEXT_STEP = minute(NEXT_STEP_MIN)
"""When the second step of an escalation of low priority from minute 10 is due, ten minutes after the next opening."""

SLA = 60
"""The minute of the SLA time, unless a test says otherwise; handed off in minute 10."""


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)
    rotas.save(NIGHTS, None)


def read_ticket(session_id: str, due_at: Instant | None, at: int, **changes: object) -> bool:
    session = sessions.load(ACME, session_id)
    ticket = a_ticket(due_at=due_at, updated_at=minute(at), **changes)
    return apply_ticket(PSA, session, ticket, at=minute(at))


def escalated(due_at: Instant | None, **how: Any) -> HandoffDetail:
    """Jane's escalation of a ticket with this SLA time, its assessment settled and its first step reached."""
    session = open_case()
    read_ticket(session.id, due_at, 5)
    asked: dict[str, Any] = {"priority": Priority.LOW} | how
    handoff = hand_off(session.id, by=JANE, at_minute=10, **asked)
    HandoffRow(ACME, handoff.id).update(
        [HandoffRow.assessment_outcome.set("timeout"), HandoffRow.pending_since.remove()]
    )
    return handoff


def run(at_minute: float) -> dict[str, int]:
    return run_clock(at=minute(0) + timedelta(minutes=at_minute)).done


def warnings() -> list[Event]:
    """Return the warnings of the SLA time, in order, and announce everything."""
    events = [event for old, new in stream() for event in announce_change(old, new)]
    return [event for event in events if event.data.get("because") == "sla"]


def bells(event: Event, handoff: Handoff) -> set[str]:
    return {each.engineer_id for each in audiences_of(event, handoff) if each.engineer_id}


def test_sla_time_is_told_thirty_minutes_before_and_when_it_has_come() -> None:
    escalated(minute(SLA))
    run(11)

    reached = [(at, done) for at in range(12, 80) if (done := run(at))]

    assert reached == [(30, {"sla": 1}), (60, {"sla": 1})]
    soon, passed = warnings()
    assert (soon.type, soon.title) == (EventType.OVERDUE, f"SLA time in 30 min · #4711: {SUMMARY}")
    assert str(passed.title).startswith("SLA time has passed · #4711")
    assert soon.data["sla_due_at"] == "2026-11-23T10:00:00.000Z"


def test_hand_off_shortly_before_the_sla_time_says_how_long_it_is() -> None:
    escalated(minute(22))

    assert run(10.5) == {"sla": 1}
    assert str(warnings()[0].title).startswith("SLA time in 12 min")


@pytest.mark.parametrize("due_at", [minute(-60 * 24 * 800), minute(9)])
def test_sla_time_in_the_past_is_told_once_and_the_clock_is_not_late_for_it(due_at: Instant) -> None:
    handoff = escalated(due_at)

    first = run_clock(at=minute(11))

    assert (first.done, first.late_s) == ({"sla": 1}, 60)
    assert [run(at) for at in (12, 40, 70)] == [{}, {}, {}]
    assert now(handoff).sla_due_at == due_at
    assert [str(event.title)[:19] for event in warnings()] == ["SLA time has passed"]


@pytest.mark.parametrize("year", [2099, 9999])
def test_sla_time_far_ahead_holds_nothing_up(year: int) -> None:
    due_at = minute(0).replace(year=year)
    handoff = escalated(due_at)

    run(11)

    assert now(handoff).next_moment == Moment(at=NEXT_STEP, what=What.STEP)
    assert run(NEXT_STEP_MIN) == {"step": 1}


def test_ticket_without_an_sla_time_and_a_closed_one_are_never_warned_of() -> None:
    without = escalated(None)
    session = open_case()
    read_ticket(session.id, minute(SLA), 5)
    closed = sessions.load(ACME, session.id)
    assert closed.ticket is not None

    assert closed.ticket.model_copy(update={"is_closed": True}).sla_due_at is None
    assert (now(without).sla_due_at, run(SLA), warnings()) == (None, {}, [])


def test_warning_of_a_waiting_case_goes_to_the_step_reached_and_to_the_sender() -> None:
    handoff = escalated(minute(SLA), priority=Priority.URGENT)
    run(25)
    run(30)

    [event] = warnings()

    admins = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=OLGA.id)
    assert (bells(event, now(handoff)), step_feeds(event, handoff)) == ({JANE.id}, [admins])


def test_warning_of_a_case_on_a_step_without_people_goes_to_the_next_that_has_some() -> None:
    handoff = escalated(minute(25))
    run(10.5)
    rotas.delete(NIGHTS)

    [event] = warnings()

    assert event.data["level"] == 0
    assert step_feeds(event, handoff) == [Audience(account_id=ACME, kind=AudienceKind.SENIORS)]


def test_warning_of_a_claimed_case_goes_to_its_holder_and_the_sender_not_to_the_ladder() -> None:
    handoff = escalated(minute(SLA), priority=Priority.URGENT)
    claim(handoff, SAM, at_minute=12)
    run(13)
    run(30)

    [event] = warnings()

    assert bells(event, now(handoff)) == {JANE.id, SAM.id}
    assert step_feeds(event, handoff) == []


def test_warning_of_a_directed_case_goes_to_its_person() -> None:
    handoff = escalated(minute(45), to=SAM.id)
    run(15)

    [event] = warnings()

    assert bells(event, now(handoff)) == {JANE.id, SAM.id}
    assert step_feeds(event, handoff) == []


def test_warning_of_a_parked_case_goes_to_who_parked_it() -> None:
    handoff = escalated(minute(SLA), intent=Intent.PARK)
    run(30)

    [event] = warnings()

    assert bells(event, now(handoff)) == {JANE.id}
    assert step_feeds(event, handoff) == []


def test_claim_that_is_quiet_without_an_idle_time_is_still_warned_of_the_sla_time() -> None:
    handoff = escalated(minute(SLA))
    claim(handoff, SAM, at_minute=12)

    assert [run(at) for at in (12, 13, 29, 30)] == [{}, {}, {}, {"sla": 1}]
    assert now(handoff).due_at == minute(SLA)


def test_warned_case_is_not_warned_again_after_a_release() -> None:
    handoff = escalated(minute(SLA))
    claim(handoff, SAM, at_minute=12)
    run(30)
    release(handoff, SAM, at_minute=35)

    assert [run(at) for at in (36, 37, 59)] == [{}, {}, {}]
    assert run(60) == {"sla": 1}


@pytest.mark.parametrize(("moved_to", "next_at"), [(35, 11), (200, 170), (None, None)])
def test_reading_of_the_ticket_moves_the_due_time(moved_to: int | None, next_at: int | None) -> None:
    handoff = escalated(minute(SLA))
    run(11)

    assert read_ticket(handoff.session_id, minute(moved_to) if moved_to else None, 11)

    after = now(handoff)
    assert after.due_at == (minute(next_at) if next_at else NEXT_STEP)
    assert after.next_moment is not None
    assert after.next_moment.what is (What.SLA if next_at else What.STEP)


def test_reading_the_same_ticket_again_writes_nothing() -> None:
    handoff = escalated(minute(SLA))
    version = now(handoff).version

    assert not read_ticket(handoff.session_id, minute(SLA), 11)
    assert now(handoff).version == version


def test_older_reading_moves_nothing_back() -> None:
    handoff = escalated(minute(SLA))
    read_ticket(handoff.session_id, minute(SLA + 30), 20)

    assert not read_ticket(handoff.session_id, minute(SLA), 15)
    assert now(handoff).sla_due_at == minute(SLA + 30)


def test_reading_of_a_claimed_ticket_plans_with_the_holders_newest_turn() -> None:
    handoff = escalated(minute(600), priority=Priority.URGENT)
    claim(handoff, SAM, at_minute=12)
    run(13)
    try_step(handoff.session_id, by=SAM, epoch=3, at_minute=20)

    read_ticket(handoff.session_id, minute(300), 25)

    assert (now(handoff).due_at, now(handoff).next_moment) == (minute(50), Moment(at=minute(50), what=What.IDLE))


def test_queue_shows_the_sla_time_and_what_a_later_reading_says_of_the_client() -> None:
    handoff = escalated(None)
    HandoffRow(ACME, handoff.id).update([HandoffRow.client.remove(), HandoffRow.contact.remove()])

    read_ticket(handoff.session_id, minute(SLA), 20, client="Acorn", contact="Mia")

    [item] = escalation_queue.list_queue(ACME, SAM.person, PageRequest(25)).items
    assert (item.client, item.contact, item.sla_due_at) == ("Acorn", "Mia", minute(SLA))
    assert now(handoff).status is HandoffStatus.UNCLAIMED


def step_feeds(event: Event, handoff: HandoffDetail) -> list[Audience]:
    return find_step_feeds(event, now(handoff))
