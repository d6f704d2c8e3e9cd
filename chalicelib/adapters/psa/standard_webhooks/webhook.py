"""Standard Webhooks messages: `{type, timestamp, data}`, as the specification recommends.

The sender defines the form of `data`, and its system cannot be asked for anything. What is understood of a ticket is in
`ticket_in_message`.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.adapters.psa.answers import instant_of
from chalicelib.adapters.psa.payloads import MaybeText, Payload, RecordId, payload_in, read_payload
from chalicelib.adapters.psa.standard_webhooks.signature import verify_message
from chalicelib.adapters.psa.standard_webhooks.ticket_in_message import ticket_in_message
from chalicelib.adapters.psa.webhook_reader import Secrets, WebhookRequest
from chalicelib.domain.integration import Integration, StandardSettings
from chalicelib.domain.psa import PsaTicket, ticket_name
from chalicelib.domain.ticket_ids import is_ticket_id
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent, sent_key

_NOTES = frozenset({"note", "notes", "comment", "comments"})


class _Ids(Payload):
    """What a message is about: an event of its own id may name the ticket that it belongs to."""

    id: RecordId
    ticket_id: MaybeText = None
    number: MaybeText = None


class StandardMessage(Payload):
    """A message."""

    type: str
    timestamp: Any = None
    data: dict[str, Any]


def verify(request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:  # noqa: ARG001
    """Prove the message and return its id."""
    return verify_message(request.headers, secrets(), request.body, request.received_s)


def deliveries_in(body: bytes, integration: Integration, message_id: str) -> list[Delivery]:
    """Return what a message says of a ticket, or of something that belongs to one, such as a note."""
    message = read_payload(StandardMessage, body)
    ids = payload_in(_Ids, _about(message.data)) if message else None
    if message is None or ids is None:
        return []
    words = message.type.casefold().split(".")
    is_note = not _NOTES.isdisjoint(words)
    ticket_id = ids.ticket_id if is_note else ids.ticket_id or ids.id
    if not (is_note or words[0] == "ticket") or ticket_id is None:
        return []
    ticket_id = ticket_name(ticket_id)
    if not is_ticket_id(ticket_id):
        return []
    event = TicketEvent.NOTE if is_note else _event(words)
    is_about_ticket = not is_note and ticket_name(ids.id) == ticket_id
    changed_at = instant_of(message.timestamp, _zone(integration))
    return [
        Delivery(
            event=event,
            external_id=ids.id,
            ticket_id=ticket_id,
            dedupe_key=sent_key(message_id),
            ticket=_ticket(message, ids, event, changed_at, integration) if is_about_ticket else None,
            ticket_number=ids.number if is_about_ticket else None,
        )
    ]


def _about(data: dict[str, Any]) -> dict[str, Any]:
    """Return the ids of a message: of its ticket, where it holds one, and of what belongs to that, where it has one."""
    ticket = data.get("ticket")
    if "ticket_id" in data or ticket is None:
        return data
    ticket_id = ticket.get("id") if isinstance(ticket, dict) else ticket
    return {**data, "id": data.get("id", ticket_id), "ticket_id": ticket_id}


def _event(words: list[str]) -> TicketEvent:
    """Return the event that a type names; what is not known is a change of some kind."""
    name = ".".join(words)
    return TicketEvent(name) if name in set(TicketEvent) else TicketEvent.UPDATED


def _ticket(
    message: StandardMessage, ids: _Ids, event: TicketEvent, changed_at: datetime | None, integration: Integration
) -> PsaTicket:
    ticket = message.data.get("ticket")
    fields = ticket if isinstance(ticket, dict) else message.data
    found = ticket_in_message(
        ids.id,
        ids.number,
        fields,
        changed_at=changed_at,
        closing=integration.ticket_mapping.closed_statuses,
        zone=_zone(integration),
    )
    if event is TicketEvent.CLOSED or message.type.casefold() == "ticket.reopened":
        named = (found.named or frozenset()) | {"is_closed"}
        return found.model_copy(update={"is_closed": event is TicketEvent.CLOSED, "named": named})
    return found


def _zone(integration: Integration) -> ZoneInfo:
    settings = integration.settings
    try:
        return ZoneInfo(settings.time_zone if isinstance(settings, StandardSettings) else "UTC")
    except (ZoneInfoNotFoundError, ValueError):  # it was known when it was saved
        return ZoneInfo("UTC")
