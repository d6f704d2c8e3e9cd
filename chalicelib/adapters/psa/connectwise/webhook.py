"""ConnectWise callbacks: `{MessageId, CompanyId, MemberId, Action, Type, ID, Entity, Metadata.key_url}`.

Source: recorded callbacks in the tests of public clients. Two fields are read before the proof, as they say where its
key is.
"""

import json
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from chalicelib.adapters.psa.connectwise import signing_keys
from chalicelib.adapters.psa.connectwise.callback_keys import require_own_key_address
from chalicelib.adapters.psa.connectwise.signature import require_signature_form, verify_signature
from chalicelib.adapters.psa.payloads import MaybeText, Payload, RecordId, read_json, read_payload
from chalicelib.adapters.psa.webhook_reader import Secrets, WebhookRequest
from chalicelib.domain.integration import ConnectWiseSettings, Integration, PsaKind
from chalicelib.domain.psa import ticket_name
from chalicelib.domain.webhook_delivery import Delivery, RejectionReason, TicketEvent, WebhookRejected, sent_key
from chalicelib.settings import settings as our

_EVENTS = {"added": TicketEvent.CREATED, "updated": TicketEvent.UPDATED, "deleted": TicketEvent.DELETED}


class _Metadata(Payload):
    key_url: Annotated[str, StringConstraints(max_length=2_000)]


class ConnectWiseClaim(Payload):
    """The company that the callback claims to come from, and the address of its key."""

    company_id: str = Field(alias="CompanyId")
    metadata: _Metadata = Field(alias="Metadata")

    @classmethod
    def of(cls, body: bytes) -> "ConnectWiseClaim":
        """Read the claim. Raises WebhookRejected: without it nothing could be proven."""
        try:
            return cls.model_validate(read_json(body))
        except ValidationError as error:
            raise WebhookRejected(RejectionReason.MALFORMED_BODY) from error


class ConnectWiseCallback(Payload):
    """A callback. `entity` is JSON inside the JSON, and null for what was deleted."""

    message_id: MaybeText = Field(None, alias="MessageId")
    member_id: MaybeText = Field(None, alias="MemberId")
    action: str = Field(alias="Action")
    type: str = Field(alias="Type")
    id: RecordId = Field(alias="ID")
    entity: Annotated[str | None, BeforeValidator(lambda value: value if isinstance(value, str) else None)] = Field(
        None, alias="Entity"
    )


def verify(request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:  # noqa: ARG001
    """Prove the callback by the key that the tenant's own host publishes; it has no id that is needed for that."""
    signature, settings = request.headers.get("x-content-signature"), integration.settings
    require_signature_form(signature)
    claim = ConnectWiseClaim.of(request.body)
    if not isinstance(settings, ConnectWiseSettings) or claim.company_id != settings.company_id:
        raise WebhookRejected(RejectionReason.COMPANY_MISMATCH)
    require_own_key_address(
        claim.metadata.key_url,
        base_url=integration.base_url or "",
        company_id=settings.company_id,
        may_be_local=our().may_call_this_machine,
    )
    verify_signature(signature, signing_keys.signing_key(claim.metadata.key_url), request.body)
    return ""


def deliveries_in(body: bytes, integration: Integration, message_id: str) -> list[Delivery]:  # noqa: ARG001
    """Return what a callback says of a ticket; nothing when it is about something else."""
    callback = read_payload(ConnectWiseCallback, body)
    event = _EVENTS.get(callback.action.casefold()) if callback else None
    if callback is None or event is None or callback.type.casefold() != "ticket":
        return []
    if event is TicketEvent.UPDATED and _is_closed_in(callback.entity):
        event = TicketEvent.CLOSED
    own, member = integration.own_id, callback.member_id
    return [
        Delivery(
            event=event,
            external_id=callback.id,
            ticket_id=ticket_name(callback.id, PsaKind.CONNECTWISE),
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
