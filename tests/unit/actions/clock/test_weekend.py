"""A Friday evening told as a story: what is handed off at 17:55, and what happens to whom until Monday afternoon.

The policy is every account's default. The clock is set to each moment at which something is due, one after the other;
whom a step tells is asked of the code that tells them.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from chalicelib.actions.clock.account_staff import read_staff
from chalicelib.actions.clock.find_step_feeds import find_step_told
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.store import engineers, handoffs, rotas
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM
from tests.support.scenarios.actions import claim, stream
from tests.support.scenarios.due import NIGHTS, urgent

BRUSSELS = ZoneInfo("Europe/Brussels")
FRIDAY_1755 = 4 * 24 * 60 + 475
"""In minutes since Monday, 10:00 in Brussels."""

MONDAY_AFTERNOON = datetime(2026, 11, 30, 16, tzinfo=BRUSSELS)
WEEKLY = Rota(
    time_zone="Europe/Brussels",
    people=(SAM.id, ALEX.id),
    handover=Handover(weekday="mon", time="08:00"),
    starts_on=date(2026, 11, 23),
)
"""Sam's week until Monday 08:00, then Alex's."""

NAMES = {person.id: person.name for person in (JANE, SAM, ALEX, OLGA)}

STORY = {
    "urgent, around the clock": [
        "Fri 18:00 overdue: Alex, Sam",
        "Fri 18:10 overdue: Olga",
        "Fri 18:25 overdue: Sam",
        "Fri 18:30 overdue: Alex, Sam",
        "Fri 18:40 overdue: Olga",
        "Fri 18:55 overdue: Sam",
        "Fri 19:00 overdue: Alex, Sam",
        "Fri 19:10 overdue: Olga",
    ],
    "high, in working hours": [
        "Mon 08:10 overdue: Alex, Sam",
        "Mon 08:55 overdue: Olga",
        "Mon 09:55 overdue: Alex",
        "Mon 10:10 overdue: Alex, Sam",
        "Mon 10:55 overdue: Olga",
    ],
    "normal": ["Mon 08:55 overdue: Alex, Sam", "Mon 11:55 overdue: Olga", "Mon 15:55 overdue: Alex"],
    "low": ["Mon 15:55 overdue: Alex, Sam"],
    "high, to Alex by name": [
        "Mon 08:05 opened",
        "Mon 08:20 overdue: Alex, Sam",
        "Mon 09:05 overdue: Olga",
        "Mon 10:05 overdue: Alex",
        "Mon 10:20 overdue: Alex, Sam",
        "Mon 11:05 overdue: Olga",
    ],
    "high, claimed by Alex, who goes home": [
        "Mon 08:57 idle",
        "Mon 09:27 returned",
        "Mon 09:42 overdue: Alex, Sam",
        "Mon 10:27 overdue: Olga",
        "Mon 11:27 overdue: Alex",
        "Mon 11:42 overdue: Alex, Sam",
        "Mon 12:27 overdue: Olga",
    ],
}


@pytest.fixture
def cases(tables: None) -> dict[str, Handoff]:
    """What Jane hands off at 17:55; Alex claims the last of it at 17:57."""
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)
    assert rotas.save(NIGHTS.model_copy(update={"rota": WEEKLY}), None)
    given = [Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW, Priority.HIGH, Priority.HIGH]
    to = [None, None, None, None, ALEX.id, None]
    made = [urgent(at_minute=FRIDAY_1755, priority=priority, to=whom) for priority, whom in zip(given, to, strict=True)]
    claim(made[-1], ALEX, at_minute=FRIDAY_1755 + 2)
    return dict(zip(STORY, made, strict=True))


def test_friday_evening_until_monday_afternoon(cases: dict[str, Handoff]) -> None:
    before = len(stream())

    for at in moments(cases):
        run_clock(at=at)

    told: dict[str, list[str]] = {name: [] for name in STORY}
    name_of = {case.id: name for name, case in cases.items()}
    for old, new in stream()[before:]:
        after = handoff_in(new)
        told[name_of[after.id]] += [
            line(event, after) for event in events_between(handoff_in(old) if old else None, after)
        ]
    assert told == STORY


def moments(cases: dict[str, Handoff]) -> Iterator[datetime]:
    """Yield each time at which something is due by then, until Monday afternoon."""
    while True:
        standing = [handoffs.find(ACME, case.id) for case in cases.values()]
        due = min(one.due_at for one in standing if one and one.due_at)
        if due > MONDAY_AFTERNOON:
            return
        yield due


def line(event: Event, handoff: Handoff) -> str:
    """Say what happened when, on the clocks in Brussels, and whom a step told."""
    said = f"{event.occurred_at.astimezone(BRUSSELS):%a %H:%M} {event.type.removeprefix('handoff_')}"
    if event.type is not EventType.OVERDUE:
        return said
    told = find_step_told(event, handoff, partial(read_staff, ACME, event.occurred_at))
    assert told is not None
    return f"{said}: {', '.join(NAMES[each] for each in told.people)}"
