"""Remember on a person's row that a message reached them, for what says who can be reached (ADR 0054)."""

from chalicelib.domain.deliveries.ledger import TO_PEOPLE, LedgerEntry
from chalicelib.domain.deliveries.reach_marks import is_news, place_of
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant
from chalicelib.store import addressees, reach_marks


def note_accepted(entry: LedgerEntry, at: Instant) -> None:
    """Remember that a service took the message of `entry`; of a test message its person says more."""
    if entry.event.type is not EventType.PAGE_TEST and not entry.recipient.only_replaces:
        note_reached(entry, at)


def note_reached(entry: LedgerEntry, at: Instant) -> None:
    """Remember that the message of `entry` reached its person at `at`: at most one write a day for each place."""
    to = entry.recipient
    person = addressees.find(entry.account_id, to.id) if to.kind in TO_PEOPLE else None
    place = place_of(to, person.engineer.email, person.phone) if person else None
    if person and place and is_news(person.reached.get(place), at):
        reach_marks.note(entry.account_id, to.id, place, at)
