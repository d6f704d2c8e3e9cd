"""HaloPSA webhooks: Halo's own form around a ticket, one or a batch, or the custom payload that we recommend.

The envelope is not documented; whatever it holds, the ticket's id is enough.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from chalicelib.adapters.psa.halopsa import assumptions as assumed
from chalicelib.adapters.psa.halopsa.signature import ConfiguredHeader, verify_webhook
from chalicelib.adapters.psa.payloads import (
    AnyCasePayload,
    MaybeText,
    object_or_empty,
    payload_in,
    read_json,
)
from chalicelib.adapters.psa.webhook_reader import Secrets, WebhookRequest
from chalicelib.domain.integration import HaloSettings, Integration, PsaKind
from chalicelib.domain.psa import ticket_name
from chalicelib.domain.ticket_ids import is_ticket_id
from chalicelib.domain.webhook_delivery import (
    MOST_IN_A_BATCH,
    Delivery,
    RejectionReason,
    TicketEvent,
    WebhookRejected,
    composed_key,
)


class _Ticket(AnyCasePayload):
    id: MaybeText = None
    status_id: MaybeText = None
    agent_id: MaybeText = None
    last_action_date: MaybeText = Field(None, alias="lastactiondate")
    last_update: MaybeText = None
    has_been_closed: Any = Field(default=False, alias="hasbeenclosed")


class _Action(AnyCasePayload):
    agent_id: MaybeText = Field(None, alias="who_agentid")


class HaloEvent(AnyCasePayload):
    """An event: Halo's own form around a ticket, or the custom one we recommend, `{schema, event, ticket_id, …}`."""

    event: MaybeText = None
    ticket_id: MaybeText = None
    status_id: MaybeText = None
    ticket: Annotated[_Ticket, BeforeValidator(object_or_empty)] = Field(default_factory=_Ticket)
    action: Annotated[_Action, BeforeValidator(object_or_empty)] = Field(default_factory=_Action)


def verify(request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:
    """Prove the webhook by the signature that Halo makes, or by the header that was configured there.

    Neither covers an id.
    """
    settings = integration.settings
    if not isinstance(settings, HaloSettings):
        raise WebhookRejected(RejectionReason.NO_SECRET)
    configured = ConfiguredHeader(settings.webhook_header, settings.webhook_username)
    verify_webhook(request.headers, configured, secrets(), request.body)
    return ""


def deliveries_in(body: bytes, integration: Integration, message_id: str) -> list[Delivery]:  # noqa: ARG001
    """Return what an event, or a batch of them, says of tickets. Raises WebhookRejected for a batch too large."""
    found = read_json(body)
    batch = found if isinstance(found, list) else [found]
    if len(batch) > MOST_IN_A_BATCH:
        raise WebhookRejected(RejectionReason.TOO_MANY_EVENTS)
    events = (payload_in(HaloEvent, one) for one in batch)
    return [delivery for event in events if event and (delivery := _delivery(event, integration))]


def _delivery(event: HaloEvent, integration: Integration) -> Delivery | None:
    ticket, ticket_id = event.ticket, ticket_name(event.ticket.id or event.ticket_id or "", PsaKind.HALOPSA)
    if not is_ticket_id(ticket_id):
        return None
    status, changed = ticket.status_id or event.status_id, (ticket.last_action_date, ticket.last_update)
    key = composed_key(event.event, ticket_id, status, *changed, ticket.agent_id) if any(changed) else None
    return Delivery(
        event=_event(event),
        external_id=ticket_id,
        ticket_id=ticket_id,
        dedupe_key=key,
        is_echo=event.action.agent_id is not None and event.action.agent_id == integration.own_id,
    )


def _event(event: HaloEvent) -> TicketEvent:
    name = (event.event or "").casefold()
    if name in set(TicketEvent):
        return TicketEvent(name)
    if name.startswith("new ticket"):
        return TicketEvent.CREATED
    if "deleted" in name:
        return TicketEvent.DELETED
    is_closed = event.ticket.has_been_closed is True or event.ticket.status_id == assumed.CLOSED
    return TicketEvent.CLOSED if is_closed or "closed" in name else TicketEvent.UPDATED
