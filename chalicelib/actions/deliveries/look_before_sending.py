"""Look whether a message is still true, right before it is sent."""

from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.plan import why_not_needed
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff
from chalicelib.store import sessions


def find_why_not_needed(event: Event, handoff: Handoff | None, kind: DeliveryKind) -> str | None:
    """Return why a message about `event` need not be sent any more, None when it is still true; webhooks get all.

    One query more for a reopened ticket: somebody may have reopened its session already. Raises NotFound.
    """
    if event.type is EventType.TICKET_REOPENED and event.session_id and kind is not DeliveryKind.WEBHOOK:
        session = sessions.load(event.account_id, event.session_id)
        return None if session.ticket_reopened_at else "The session was reopened, or the ticket closed."
    return why_not_needed(event, handoff, kind)
