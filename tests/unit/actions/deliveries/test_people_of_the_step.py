"""Who is on call or named by the ladder is told whenever a case waits for anybody, not only of its hand off."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.deliveries.find_people_told import find_told
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, policies, rotas, sessions, ticket_updates
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import claim, hand_off, now, open_case, release, stream, undo
from tests.support.scenarios.directed_handoffs import UNTIL
from tests.support.scenarios.due import NIGHTS, urgent
from tests.support.scenarios.open_handoffs import decline, reassign
from tests.support.ticket_facts import ticket_facts

pytestmark = pytest.mark.usefixtures("tables", "topic")


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def put_on_call(who: Caller) -> None:
    rota = Rota(time_zone="UTC", people=(who.id,), handover=Handover(time="00:00"), starts_on=date(2026, 11, 1))
    assert rotas.save(NIGHTS.model_copy(update={"rota": rota}), None)


def send_away(who: Caller) -> None:
    engineers.set_availability(ACME, who.id, Availability(presence=Presence.AWAY))


def save(*ladder: dict[str, Any], **account: Any) -> None:
    rules = {"around_the_clock": True, "ladder": ladder, "idle_after_min": 30, "return_after_min": 15}
    policy = Policy.model_validate({"priorities": {"urgent": rules}, **account})
    assert policies.save(ACME, policy, policies.load(ACME))


def told(kind: EventType, handoff: HandoffDetail) -> set[str]:
    """The ids of the people who are told of the newest event of this type."""
    changes = [(handoff_in(old) if old else None, handoff_in(new)) for old, new in stream()]
    events = [event for old, new in changes for event in events_between(old, new) if event.type is kind]
    return set(find_told(events[-1], now(handoff)).told)


def returned_by_sam(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, at_minute=12)
    release(handoff, SAM, at_minute=14)


def undone_by_sam(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, at_minute=12)
    undo(handoff, SAM, since_minute=12)


def taken_by_the_clock(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, at_minute=12)
    run_clock(at=minute(42))
    run_clock(at=minute(57))


@pytest.mark.parametrize(
    ("happens", "kind"),
    [
        (lambda _: None, EventType.CREATED),
        (returned_by_sam, EventType.RELEASED),
        (undone_by_sam, EventType.CLAIM_UNDONE),
        (taken_by_the_clock, EventType.RETURNED),
    ],
)
def test_admin_on_call_is_told_whenever_a_case_waits(happens: Callable[[HandoffDetail], None], kind: EventType) -> None:
    put_on_call(OLGA)
    handoff = urgent()

    happens(handoff)

    assert OLGA.id in told(kind, handoff)


def test_admin_on_call_is_told_when_a_direction_is_over() -> None:
    put_on_call(OLGA)
    handoff = urgent(to=SAM.id)
    assert OLGA.id not in told(EventType.CREATED, handoff)

    run_clock(at=minute(UNTIL))

    assert OLGA.id in told(EventType.OPENED, handoff)


def test_admin_on_call_is_told_of_a_case_that_was_declined() -> None:
    put_on_call(OLGA)
    handoff = urgent(to=SAM.id)

    decline(handoff, 12)

    assert OLGA.id in told(EventType.OPENED, handoff)
    assert OLGA.id not in told(EventType.DECLINED, handoff)


def test_admin_on_call_is_not_told_of_a_case_that_is_reassigned_to_somebody() -> None:
    put_on_call(OLGA)
    handoff = urgent()
    claim(handoff, SAM, at_minute=12)

    reassign(handoff, 14, to=ALEX, by=SAM)

    assert OLGA.id not in told(EventType.RELEASED, handoff)


def test_clock_that_takes_a_case_back_tells_the_step_that_it_goes_on_to() -> None:
    save({"after_min": 0, "tell": ["on_call"]}, {"after_min": 15, "tell": ["admins"]})
    handoff = urgent()

    taken_by_the_clock(handoff)

    assert now(handoff).level == 1
    assert told(EventType.RETURNED, handoff) == {SAM.id, ALEX.id, OLGA.id}


def test_person_on_call_who_is_away_is_not_told_while_others_are_there() -> None:
    put_on_call(OLGA)
    send_away(OLGA)
    handoff = urgent()

    returned_by_sam(handoff)

    assert OLGA.id not in told(EventType.CREATED, handoff) | told(EventType.RELEASED, handoff)


def test_person_on_call_who_is_away_is_told_when_nobody_else_is_left() -> None:
    put_on_call(OLGA)
    for person in (SAM, ALEX, OLGA):
        send_away(person)

    assert OLGA.id in told(EventType.CREATED, urgent())


def test_senior_of_a_client_who_is_away_is_not_told_beside_those_who_stand_in() -> None:
    put_on_call(ALEX)
    send_away(OLGA)
    client = {"match": {"client": "Acorn"}, "senior": OLGA.id}
    save({"after_min": 0, "tell": ["on_call"]}, {"after_min": 15, "tell": ["seniors"]}, clients=[client])
    session = open_case()
    ticket_updates.refresh(sessions.load(ACME, session.id), ticket_facts(client={"id": "17", "name": "Acorn"}))

    handoff = hand_off(session.id, priority=Priority.URGENT)

    assert told(EventType.CREATED, handoff) == {SAM.id, ALEX.id}


def test_next_step_is_told_at_once_where_a_first_step_of_seniors_has_nobody() -> None:
    save({"after_min": 0, "tell": ["on_call", "seniors"]}, {"after_min": 15, "tell": ["admins"]})
    for person in (SAM, ALEX):
        send_away(person)

    assert OLGA.id in told(EventType.CREATED, urgent())
