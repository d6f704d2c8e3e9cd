"""Standard Webhooks messages: `{type, timestamp, data}`, as the specification recommends.

The sender defines the form of `data`; the usual names are understood. Its system cannot be asked for anything.
"""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from chalicelib.adapters.psa.payloads import MaybeText, Payload, RecordId, object_or_empty, read_payload
from chalicelib.adapters.psa.standard_webhooks.signature import verify_message
from chalicelib.adapters.psa.webhook_reader import Secrets, WebhookRequest
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent, is_ticket_id, sent_key

_CLOSED = {"closed", "resolved", "completed", "done"}


def _instant_or_none(value: object) -> object:
    """A time without an offset is UTC; what is no time is none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


class _Named(Payload):
    name: MaybeText = None
    email: MaybeText = None


_MaybeNamed = Annotated[_Named, BeforeValidator(object_or_empty)]


class StandardTicket(Payload):
    """The ticket in a message."""

    id: RecordId
    ticket_id: MaybeText = None
    number: MaybeText = None
    title: MaybeText = Field(None, validation_alias=AliasChoices("title", "summary", "subject"))
    status: MaybeText = None
    priority: MaybeText = None
    url: MaybeText = None
    company: _MaybeNamed = Field(default_factory=_Named, validation_alias=AliasChoices("customer", "company", "client"))
    contact: _MaybeNamed = Field(default_factory=_Named, validation_alias=AliasChoices("contact", "requester"))
    assignee: _MaybeNamed = Field(
        default_factory=_Named, validation_alias=AliasChoices("assignee", "owner", "assigned_to")
    )


class StandardMessage(Payload):
    """A message."""

    type: str
    timestamp: Annotated[datetime | None, BeforeValidator(_instant_or_none)] = None
    data: StandardTicket


def verify(request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:  # noqa: ARG001
    """Prove the message and return its id."""
    return verify_message(request.headers, secrets(), request.body, request.received_s)


def deliveries_in(body: bytes, integration: Integration, message_id: str) -> list[Delivery]:  # noqa: ARG001
    """Return what a message says of a ticket, or of a note on one."""
    message = read_payload(StandardMessage, body)
    if message is None:
        return []
    name = message.type.casefold()
    is_note = name.startswith("note.")
    if not is_note and not name.startswith("ticket."):
        return []
    ticket_id = message.data.ticket_id if is_note else message.data.id
    if ticket_id is None or not is_ticket_id(ticket_id):
        return []
    event = TicketEvent.NOTE if is_note else TicketEvent(name) if name in set(TicketEvent) else TicketEvent.UPDATED
    return [
        Delivery(
            event=event,
            external_id=message.data.id,
            ticket_id=ticket_id,
            dedupe_key=sent_key(message_id),
            ticket=None if is_note else _ticket(message, event),
            ticket_number=message.data.number,
        )
    ]


def _ticket(message: StandardMessage, event: TicketEvent) -> PsaTicket:
    said: StandardTicket = message.data
    return PsaTicket(
        id=said.id,
        number=said.number or said.id,
        summary=said.title or "",
        status_id=said.status or "",
        status_name=said.status,
        is_closed=event is TicketEvent.CLOSED or (said.status or "").casefold() in _CLOSED,
        company=said.company.name,
        contact=said.contact.name,
        priority=said.priority,
        owner_id=None,
        owner_name=said.assignee.name,
        updated_at=message.timestamp,
        owner_email=said.assignee.email,
        url=said.url,
    )
