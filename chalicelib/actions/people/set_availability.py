"""Set the caller's availability."""

from datetime import timedelta

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Engineer
from chalicelib.store import engineers

LONGEST_ABSENCE = timedelta(days=366)


def set_availability(availability: Availability, *, by: Caller, at: Instant) -> Engineer:
    """Replace what the caller says of their presence; it writes them into the directory where they are new.

    Raises InvalidRequest for an end that has passed, is over a year away, or is one of being available.
    """
    if availability.until is not None:
        if availability.presence is Presence.AVAILABLE:
            raise InvalidRequest("/until", "Only busy and away have an end.")
        if not at < availability.until <= at + LONGEST_ABSENCE:
            raise InvalidRequest("/until", "The end has to lie ahead, by a year at most.")
    engineers.enter(by)
    return engineers.set_availability(by.account_id, by.id, availability)
