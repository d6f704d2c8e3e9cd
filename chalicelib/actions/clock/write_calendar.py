"""Write a rota's shifts as a calendar feed."""

from datetime import datetime, timedelta

from chalicelib.actions.clock.calendar_tokens import find_rota_of
from chalicelib.domain.clock.rota import shifts
from chalicelib.store import departures

PAST = timedelta(days=31)
AHEAD = timedelta(days=184)


def write_calendar(rota_id: str, token: str, *, at: datetime) -> str:
    """Return the shifts from a month ago to half a year ahead as iCalendar text, for anyone who has the token.

    Raises NotFound for a token that does not open this rota's calendar.
    """
    from chalicelib.adapters.shift_calendar import to_calendar  # lazy: cold start (ADR 0015)

    saved = find_rota_of(rota_id, token)
    names = departures.read_names(saved.account_id)
    found = shifts(saved.rota, at - PAST, at + AHEAD)
    return to_calendar(saved, [(shift, names.get(shift.person, shift.person)) for shift in found])
