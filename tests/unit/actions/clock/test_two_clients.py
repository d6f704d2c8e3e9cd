"""Clients with calendars of their own in one account: the same hand off at 17:55, told at each client's hours."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import engineers, policies, sessions, ticket_updates
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import hand_off, now, open_case, stream
from tests.support.ticket_facts import ticket_facts

POLICY = {
    "time_zone": "Europe/Brussels",
    "priorities": {
        "high": {
            "ladder": [
                {"after_min": 0, "tell": ["seniors"]},
                {"after_min": 15, "tell": ["seniors"]},
                {"after_min": 60, "tell": ["admins"]},
            ]
        }
    },
    "clients": [
        {"match": {"client": "Acorn"}, "around_the_clock": True, "senior": ALEX.id},
        {"match": {"client": "Birch"}, "working_hours": {"mon": [["20:00", "20:30"]], "wed": [["06:00", "08:00"]]}},
    ],
}
HANDED_OFF = 475
"""17:55 on Monday in Brussels, five minutes before the account closes; Birch opens at 20:00."""

TUESDAY_0800 = 22 * 60
WEDNESDAY_0600 = 44 * 60
STEPS = {
    "Acorn": {HANDED_OFF + 15: 1, HANDED_OFF + 60: 2},
    "Birch": {600: 0, 615: 1, WEDNESDAY_0600 + 30: 2},
    None: {TUESDAY_0800 + 10: 1, TUESDAY_0800 + 55: 2},
}
"""The level that is told at each minute; what is due at the hand off is told by it."""


def handed_off_for(client: str | None) -> HandoffDetail:
    session = open_case()
    if client:
        ticket_updates.refresh(sessions.load(ACME, session.id), ticket_facts(client={"id": "1", "name": client}))
    return hand_off(session.id, at_minute=HANDED_OFF)


@pytest.mark.usefixtures("tables", "topic")
def test_each_client_is_escalated_by_its_own_calendar() -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)
    assert policies.save(ACME, Policy.model_validate(POLICY), policies.load(ACME))
    cases = {client: handed_off_for(client) for client in STEPS}
    levels: dict[str | None, dict[int, int | None]] = {client: {} for client in STEPS}
    before = {client: now(case).level for client, case in cases.items()}

    moments = {at for steps in STEPS.values() for at in steps}
    for at in sorted({HANDED_OFF, *moments, *(at - 1 for at in moments)}):
        run_clock(at=minute(at))
        for client, case in cases.items():
            if (level := now(case).level) != before[client]:
                levels[client][at] = before[client] = level

    assert levels == STEPS
    told = [event for old, new in stream() for event in announce_change(old, new) if event.type is EventType.OVERDUE]
    assert len(told) == sum(len(steps) for steps in STEPS.values())
