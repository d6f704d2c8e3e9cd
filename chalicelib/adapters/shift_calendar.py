"""Write shifts as a calendar that Outlook, Google and others subscribe to (RFC 5545).

One event for each shift, its start and end in UTC, and nothing that recurs: readers disagree on time zones that a feed
brings along, on durations over a change of clocks, and on lists of dates.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vText

from chalicelib.domain.clock.rota import Shift
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.display_text import one_line

REFRESH = timedelta(hours=1)


def to_calendar(rota: SavedRota, shifts: Iterable[tuple[Shift, str]]) -> str:
    """Return the shifts, each with its person's name, as a calendar named after the rota."""
    calendar = Calendar()
    calendar.add("prodid", "-//FlowPilot//Rota//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = one_line(rota.name)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for shift, person in shifts:
        calendar.add_component(_event(rota, shift, one_line(person)))
    text: bytes = calendar.to_ical()
    return text.decode()


def _event(rota: SavedRota, shift: Shift, person: str) -> Event:
    event = Event()
    place = f"{rota.account_id}/{rota.id}/{shift.begins_at.timestamp():.3f}/{shift.person}"
    event.add("uid", f"{uuid5(NAMESPACE_URL, place)}@flowpilot")
    event.add("dtstamp", _second(rota.updated_at))
    event.add("dtstart", _second(shift.begins_at))
    event.add("dtend", _second(shift.ends_at))
    event.add("summary", vText(f"On call: {person}"))
    event.add("description", vText(f"{one_line(rota.name)}{', taken over' if shift.is_override else ''}"))
    event.add("transp", "TRANSPARENT")
    return event


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
