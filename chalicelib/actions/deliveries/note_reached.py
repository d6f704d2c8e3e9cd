"""Record on a person's row that a message reached them, for the readiness forecast (ADR 0054)."""

from chalicelib.domain.deliveries.ledger import TO_PEOPLE, LedgerEntry
from chalicelib.domain.deliveries.reach_marks import is_news
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant
from chalicelib.store import addressees, reach_marks


def note_accepted(entry: LedgerEntry, place: str | None, at: Instant) -> None:
    """Remember that a service took the message of `entry` for `place`; of a test message its person says more."""
    if entry.event.type is not EventType.PAGE_TEST and not entry.recipient.only_replaces:
        note_reached(entry, place, at)


def note_reached(entry: LedgerEntry, place: str | None, at: Instant) -> None:
    """Remember that the message of `entry` reached its person at `place`, the one that it was sent to.

    Their address or number may be another by now. At most one write a day for each place.
    """
    to = entry.recipient
    person = addressees.find(entry.account_id, to.id) if place and to.kind in TO_PEOPLE else None
    if person and place and is_news(person.reached.get(place), at):
        reach_marks.note(entry.account_id, to.id, place, at)
