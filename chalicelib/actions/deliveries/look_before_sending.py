"""Check whether a message is still true, right before it is sent."""

from typing import NamedTuple

from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.deliveries.plan import may_be_told_already, why_not_needed, why_told_already
from chalicelib.domain.deliveries.still_wanted import why_not_sent, why_passed_over
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.store import addressees, deliveries, handoffs, sessions


class Look(NamedTuple):
    """The handoff of an event as it is now, and why its message is not sent, None when it is."""

    handoff: Handoff | None
    reason: str | None


def look_for_channel(event: Event, kind: DeliveryKind) -> Look:
    """Look at what `event` is about, as the last request before its message is sent; webhooks get all.

    One query more for a reopened ticket: somebody may have reopened its session already. Raises NotFound.
    """
    handoff = handoffs.find_of(event)
    if event.type is EventType.TICKET_REOPENED and event.session_id and kind is not DeliveryKind.WEBHOOK:
        session = sessions.load(event.account_id, event.session_id)
        return Look(handoff, None if session.ticket_reopened_at else "The session was reopened, or the ticket closed.")
    return Look(handoff, why_not_needed(event, handoff, kind))


def look_for_person(entry: LedgerEntry, person: Addressee | None, at: Instant) -> Look:
    """Look at what `entry` is about, as the last request before its message is sent to `person`.

    Before that, one query of the case's deliveries when the message may have been sent already (a step that was
    passed), or when its person is away and others may get it; in the second case one of the directory too.
    """
    event, to = entry.event, entry.recipient
    is_away = person is not None and to.is_one_of_many and person.engineer.availability.is_away_at(at)
    may_be_told = is_away or may_be_told_already(event)
    told = deliveries.all_of_subject(entry.account_id, entry.subject) if may_be_told else []
    passed_over = why_passed_over(entry, addressees.read_all(entry.account_id), told, at) if is_away else None
    handoff, reason = look_for_channel(event, to.kind)
    reason = reason or why_not_sent(to, person, event, handoff, at) or why_told_already(event, to, told)
    return Look(handoff, reason or passed_over)
