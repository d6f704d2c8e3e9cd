"""The calendar feed of a rota, and how other programs read it.

`tests/vectors/calendar/shifts.ics` is a feed over both clock changes, and `shifts.json` the shifts that it holds. The
page's tests read the same file with ical.js.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

from chalicelib.adapters.shift_calendar import to_calendar
from chalicelib.domain.clock.rota import Handover, Override, Rota, Shift, shifts
from chalicelib.domain.clock.saved import SavedRota

VECTORS = Path(__file__).parents[2] / "vectors" / "calendar"
BEGIN, END = datetime(2026, 10, 20, tzinfo=UTC), datetime(2027, 4, 5, tzinfo=UTC)
NAMES = {"sub-sam": "Sam", "sub-alex": "Alex, Jr; \\ «Ålex»"}
ROTA = Rota(
    time_zone="Europe/Brussels",
    people=("sub-sam", "sub-alex"),
    handover=Handover(time="02:30"),  # shown twice on 2026-10-25, skipped on 2027-03-28
    starts_on=date(2026, 10, 1),
    overrides=(
        Override(
            person="sub-alex",
            begins_at=datetime(2026, 12, 24, 11, 15, tzinfo=UTC),
            ends_at=datetime(2026, 12, 27, 7, 45, tzinfo=UTC),
        ),
    ),
)


def the_shifts() -> list[tuple[Shift, str]]:
    return [(shift, NAMES[shift.person]) for shift in shifts(ROTA, BEGIN, END)]


def the_feed() -> str:
    saved = SavedRota(account_id="acme", id="nights", name="Nights", rota=ROTA, updated_at=BEGIN, version=1)
    return to_calendar(saved, the_shifts())


def test_feed_is_the_one_that_other_readers_are_tested_with() -> None:
    assert the_feed() == (VECTORS / "shifts.ics").read_bytes().decode()


def test_listed_shifts_are_the_ones_of_the_feed() -> None:
    listed = json.loads((VECTORS / "shifts.json").read_text())

    assert listed == [
        shift.model_dump(mode="json", include={"begins_at", "ends_at"}) | {"summary": f"On call: {name}"}
        for shift, name in the_shifts()
    ]
    assert len(listed) > 150


def test_recurring_ical_events_reads_the_same_instants() -> None:
    calendar = Calendar.from_ical((VECTORS / "shifts.ics").read_bytes())

    events = recurring_ical_events.of(calendar).between(BEGIN, END)

    read = sorted((event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"])) for event in events)
    assert read == [(shift.begins_at, shift.ends_at, f"On call: {name}") for shift, name in the_shifts()]
