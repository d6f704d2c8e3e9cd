"""Look whether a message is still true, right before it is sent."""

from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.people_told import Addressee, why_not_sent
from chalicelib.domain.deliveries.plan import may_be_told_already, why_not_needed, why_told_already
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.store import deliveries, sessions


def find_why_not_needed(event: Event, handoff: Handoff | None, kind: DeliveryKind) -> str | None:
    """Return why a message about `event` need not be sent any more, None when it is still true; webhooks get all.

    One query more for a reopened ticket: somebody may have reopened its session already. Raises NotFound.
    """
    if event.type is EventType.TICKET_REOPENED and event.session_id and kind is not DeliveryKind.WEBHOOK:
        session = sessions.load(event.account_id, event.session_id)
        return None if session.ticket_reopened_at else "The session was reopened, or the ticket closed."
    return why_not_needed(event, handoff, kind)


def find_why_not_to_person(
    entry: LedgerEntry, person: Addressee | None, handoff: Handoff | None, at: Instant
) -> str | None:
    """Return why the message of `entry` is not sent to `person` now, None when it is.

    One query more, of the case's deliveries, for a step that was passed: those it is for may have been told already.
    """
    event, to = entry.event, entry.recipient
    if reason := find_why_not_needed(event, handoff, to.kind) or why_not_sent(to, person, event, handoff, at):
        return reason
    if not may_be_told_already(event):
        return None
    return why_told_already(event, to, deliveries.all_of_subject(entry.account_id, entry.subject))
