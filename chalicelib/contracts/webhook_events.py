"""From what the PSAs send to what it says, in our words: one reader for each system."""

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from chalicelib.contracts.webhook_payloads import (
    AutotaskCallout,
    ConnectWiseCallback,
    HaloEvent,
    StandardMessage,
    StandardTicket,
)
from chalicelib.domain.integration import AutotaskSettings, ConnectWiseSettings, HaloSettings, Integration
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.webhook_delivery import (
    Delivery,
    RejectionReason,
    TicketEvent,
    WebhookRejected,
    composed_key,
    is_ticket_id,
    sent_key,
)

MOST_IN_A_BATCH = 1_000
"""As many events as can be put into the queue and marked while their sender waits."""

_CLOSED_IN_AUTOTASK = "5"
_CLOSED_IN_HALO = "9"
_CLOSED = {"closed", "resolved", "completed", "done"}

ModelT = TypeVar("ModelT", bound=BaseModel)


def deliveries_in(body: bytes, integration: Integration, message_id: str = "") -> list[Delivery]:
    """Return what a proven `body` tells of tickets, in order; nothing when it tells of something else.

    `message_id` is the proven id of a Standard Webhooks message. Raises Refused for a webhook of Autotask that is
    not one of the integration's, and for a batch of Halo's with more events than can be taken in.
    """
    match integration.settings:
        case ConnectWiseSettings():
            return _of_connectwise(body, integration)
        case AutotaskSettings():
            return _of_autotask(body, integration.settings)
        case HaloSettings():
            return _of_halo(body, integration.settings)
        case _:
            return _of_standard(body, message_id)


def _of_connectwise(body: bytes, integration: Integration) -> list[Delivery]:
    callback = _read(ConnectWiseCallback, body)
    events = {"added": TicketEvent.CREATED, "updated": TicketEvent.UPDATED, "deleted": TicketEvent.DELETED}
    event = events.get(callback.action.casefold()) if callback else None
    if callback is None or event is None or callback.type.casefold() != "ticket":
        return []
    if event is TicketEvent.UPDATED and _is_closed_in(callback.entity):
        event = TicketEvent.CLOSED
    own, member = integration.own_id, callback.member_id
    return [
        Delivery(
            event=event,
            external_id=callback.id,
            ticket_id=callback.id,
            dedupe_key=sent_key(callback.message_id) if callback.message_id else None,
            is_echo=own is not None and member is not None and member.casefold() == own.casefold(),
        )
    ]


def _is_closed_in(entity: str | None) -> bool:
    try:
        found = json.loads(entity or "{}")
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("closedFlag") is True


def _of_autotask(body: bytes, settings: AutotaskSettings) -> list[Delivery]:
    callout = _read(AutotaskCallout, body)
    if callout is None:
        return []
    known = {guid.casefold() for guid in settings.webhook_guids}
    if known and (callout.guid or "").casefold() not in known:
        raise WebhookRejected(RejectionReason.UNKNOWN_WEBHOOK_GUID)
    is_note = callout.entity_type.casefold().startswith("ticketnote")
    ticket_id = callout.fields.ticket_id if is_note else callout.id
    event = TicketEvent.NOTE if is_note else _autotask_event(callout)
    if event is None or ticket_id is None or not is_ticket_id(ticket_id):
        return []
    parts = (callout.guid, callout.entity_type, callout.id, callout.action, callout.event_time, callout.sequence_number)
    return [
        Delivery(
            event=event,
            external_id=callout.id,
            ticket_id=ticket_id,
            dedupe_key=composed_key(*parts) if callout.event_time else None,
            is_echo=callout.person_id is not None and callout.person_id == settings.own_resource_id,
            ticket_number=callout.fields.ticket_number,
        )
    ]


def _autotask_event(callout: AutotaskCallout) -> TicketEvent | None:
    events = {"create": TicketEvent.CREATED, "update": TicketEvent.UPDATED, "delete": TicketEvent.DELETED}
    event = events.get(callout.action.casefold()) if callout.entity_type.casefold().startswith("ticket") else None
    is_closed = event is TicketEvent.UPDATED and callout.fields.status == _CLOSED_IN_AUTOTASK
    return TicketEvent.CLOSED if is_closed else event


def _of_halo(body: bytes, settings: HaloSettings) -> list[Delivery]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return []
    batch = found if isinstance(found, list) else [found]
    if len(batch) > MOST_IN_A_BATCH:
        raise WebhookRejected(RejectionReason.TOO_MANY_EVENTS)
    events = (_validated(HaloEvent, one) for one in batch)
    return [delivery for event in events if event and (delivery := _of_halo_event(event, settings))]


def _of_halo_event(event: HaloEvent, settings: HaloSettings) -> Delivery | None:
    ticket_id = event.ticket.id or event.ticket_id
    if ticket_id is None or not is_ticket_id(ticket_id):
        return None
    status, changed = event.ticket.status_id or event.status_id, event.ticket.last_action_date
    return Delivery(
        event=_halo_event(event),
        external_id=ticket_id,
        ticket_id=ticket_id,
        dedupe_key=composed_key(event.event, ticket_id, status, changed) if changed else None,
        is_echo=event.action.agent_id is not None and event.action.agent_id == settings.own_agent_id,
    )


def _halo_event(event: HaloEvent) -> TicketEvent:
    name = (event.event or "").casefold()
    if name in set(TicketEvent):
        return TicketEvent(name)
    if name.startswith("new ticket"):
        return TicketEvent.CREATED
    if "deleted" in name:
        return TicketEvent.DELETED
    is_closed = event.ticket.has_been_closed is True or event.ticket.status_id == _CLOSED_IN_HALO or "closed" in name
    return TicketEvent.CLOSED if is_closed else TicketEvent.UPDATED


def _of_standard(body: bytes, message_id: str) -> list[Delivery]:
    message = _read(StandardMessage, body)
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
    told: StandardTicket = message.data
    return PsaTicket(
        id=told.id,
        number=told.number or told.id,
        summary=told.title or "",
        status_id=told.status or "",
        status_name=told.status,
        is_closed=event is TicketEvent.CLOSED or (told.status or "").casefold() in _CLOSED,
        company=told.company.name,
        contact=told.contact.name,
        priority=told.priority,
        owner_id=None,
        owner_name=told.assignee.name,
        updated_at=message.timestamp,
        owner_email=told.assignee.email,
        url=told.url,
    )


def _read(kind: type[ModelT], body: bytes) -> ModelT | None:
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        return None


def _validated(kind: type[ModelT], found: object) -> ModelT | None:
    try:
        return kind.model_validate(found)
    except ValidationError:
        return None
