"""Autotask callouts: `{Action, Guid, EntityType, Id, Fields, EventTime, SequenceNumber, PersonId}`.

Names come in more than one letter case (`PersonID`; `Fields` with the names of the REST API), in recordings of two
public clients. The fields of a callout are not documented; whatever they hold, the ticket's id is enough.
"""

from typing import Annotated

from pydantic import BeforeValidator, Field

from chalicelib.adapters.psa.autotask import assumptions as assumed
from chalicelib.adapters.psa.autotask.signature import verify_signature
from chalicelib.adapters.psa.payloads import AnyCasePayload, MaybeText, RecordId, object_or_empty, read_payload
from chalicelib.adapters.psa.webhook_reader import Secrets, WebhookRequest
from chalicelib.domain.integration import AutotaskSettings, Integration, PsaKind
from chalicelib.domain.psa import ticket_name
from chalicelib.domain.ticket_ids import is_ticket_id
from chalicelib.domain.webhook_delivery import (
    Delivery,
    RejectionReason,
    TicketEvent,
    WebhookRejected,
    composed_key,
)

_UNPROVEN = "unproven:"
_LOOK_EVERY_S = 600

_EVENTS = {"create": TicketEvent.CREATED, "update": TicketEvent.UPDATED, "delete": TicketEvent.DELETED}


class _Fields(AnyCasePayload):
    ticket_id: MaybeText = Field(None, alias="ticketid")
    ticket_number: MaybeText = Field(None, alias="ticketnumber")
    status: MaybeText = Field(None, alias="status")


class _Notice(AnyCasePayload):
    action: str = Field(alias="action")


class AutotaskCallout(AnyCasePayload):
    """A callout. `guid` is that of the webhook, not of the delivery, which has no id."""

    action: str = Field(alias="action")
    guid: MaybeText = Field(None, alias="guid")
    entity_type: str = Field(alias="entitytype")
    id: RecordId = Field(alias="id")
    fields: Annotated[_Fields, BeforeValidator(object_or_empty)] = Field(default_factory=_Fields, alias="fields")
    event_time: MaybeText = Field(None, alias="eventtime")
    sequence_number: MaybeText = Field(None, alias="sequencenumber")
    person_id: MaybeText = Field(None, alias="personid")


def verify(request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:  # noqa: ARG001
    """Prove the callout by its signature, which covers no id.

    That the webhook was switched off may come without one. It is let through unproven, as a reason to look: once in
    ten minutes, however many send it.
    """
    try:
        verify_signature(request.headers.get("x-hook-signature"), secrets(), request.body)
    except WebhookRejected:
        if not _is_deactivation(request.body):
            raise
        return f"{_UNPROVEN}{request.received_s // _LOOK_EVERY_S}"
    return ""


def deliveries_in(body: bytes, integration: Integration, message_id: str) -> list[Delivery]:
    """Return what a callout says of a ticket, or of a note on one. Raises WebhookRejected for an unknown webhook."""
    if _is_deactivation(body):
        return [_deactivated(message_id)]
    callout, settings = read_payload(AutotaskCallout, body), integration.settings
    if callout is None or not isinstance(settings, AutotaskSettings):
        return []
    known = {guid.casefold() for guid in settings.webhook_guids}
    if known and (callout.guid or "").casefold() not in known:
        raise WebhookRejected(RejectionReason.UNKNOWN_WEBHOOK_GUID)
    is_note = callout.entity_type.casefold().startswith("ticketnote")
    ticket_id = ticket_name(callout.fields.ticket_id or "" if is_note else callout.id, PsaKind.AUTOTASK)
    event = TicketEvent.NOTE if is_note else _event(callout)
    if event is None or not is_ticket_id(ticket_id):
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


def _is_deactivation(body: bytes) -> bool:
    notice = read_payload(_Notice, body)
    return notice is not None and notice.action.casefold() == "deactivated"


def _deactivated(message_id: str) -> Delivery:
    return Delivery(
        event=TicketEvent.DEACTIVATED,
        external_id="webhook",
        ticket_id="",
        dedupe_key=composed_key("deactivated", message_id) if message_id else None,
        is_proven=not message_id,
    )


def _event(callout: AutotaskCallout) -> TicketEvent | None:
    event = _EVENTS.get(callout.action.casefold()) if callout.entity_type.casefold().startswith("ticket") else None
    is_closed = event is TicketEvent.UPDATED and callout.fields.status == assumed.CLOSED
    return TicketEvent.CLOSED if is_closed else event
