"""What the PSAs put into their webhooks, read as little as possible: who it concerns, and under which id it came.

Reading happens after the proof, but for the two fields of ConnectWise that say where its key is. What cannot be read
then is no event of ours: it is passed over, never an error, as a sender that is told of errors ends by giving up.
Envelopes of Halo and the fields of Autotask are not documented; whatever they hold, the ticket's id is enough.
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected


def _text(value: object) -> object:
    """Ids come as numbers from some senders and as text from others."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short_text_or_none(value: object) -> object:
    text = _text(value)
    return text[:200] if isinstance(text, str) else None


def _object_or_none(value: object) -> object:
    return value if isinstance(value, dict) else {}


def _instant_or_none(value: object) -> object:
    """A time without an offset is UTC; what is no time is none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC) if at else None


RecordId = Annotated[
    str, BeforeValidator(_text), StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_./#-]+$")
]
MaybeText = Annotated[str | None, BeforeValidator(_short_text_or_none)]


class Payload(BaseModel):
    """A part of what is sent; all else in it is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)


class _Metadata(Payload):
    key_url: Annotated[str, StringConstraints(max_length=2_000)]


class ConnectWiseClaim(Payload):
    """Whose callback this claims to be, and where it says its key is."""

    company_id: str = Field(alias="CompanyId")
    metadata: _Metadata = Field(alias="Metadata")

    @classmethod
    def of(cls, body: bytes) -> "ConnectWiseClaim":
        """Read the claim. Raises Refused: without it nothing could be proven."""
        try:
            return cls.model_validate_json(body)
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


class _AutotaskFields(Payload):
    ticket_id: MaybeText = Field(None, alias="TicketID")
    ticket_number: MaybeText = Field(None, alias="TicketNumber")
    status: MaybeText = Field(None, alias="Status")


class AutotaskCallout(Payload):
    """A callout. `guid` is that of the webhook, not of the delivery, which has no id."""

    action: str = Field(alias="Action")
    guid: MaybeText = Field(None, alias="Guid")
    entity_type: str = Field(alias="EntityType")
    id: RecordId = Field(alias="Id")
    fields: Annotated[_AutotaskFields, BeforeValidator(_object_or_none)] = Field(
        default_factory=_AutotaskFields, alias="Fields"
    )
    event_time: MaybeText = Field(None, alias="EventTime")
    sequence_number: MaybeText = Field(None, alias="SequenceNumber")
    person_id: MaybeText = Field(None, alias="PersonId")


class _HaloTicket(Payload):
    id: MaybeText = None
    status_id: MaybeText = None
    last_action_date: MaybeText = Field(None, alias="lastactiondate")
    has_been_closed: Any = Field(default=False, alias="hasbeenclosed")


class _HaloAction(Payload):
    agent_id: MaybeText = Field(None, alias="who_agentid")


class HaloEvent(Payload):
    """An event: Halo's own form around a ticket, or the custom one we recommend, `{schema, event, ticket_id, …}`."""

    event: MaybeText = None
    ticket_id: MaybeText = None
    status_id: MaybeText = None
    ticket: Annotated[_HaloTicket, BeforeValidator(_object_or_none)] = Field(default_factory=_HaloTicket)
    action: Annotated[_HaloAction, BeforeValidator(_object_or_none)] = Field(default_factory=_HaloAction)


class _Named(Payload):
    name: MaybeText = None
    email: MaybeText = None


class StandardTicket(Payload):
    """The ticket in a Standard Webhooks message, whose form its sender defines: the usual names are understood."""

    id: RecordId
    ticket_id: MaybeText = None
    number: MaybeText = None
    title: MaybeText = Field(None, validation_alias=AliasChoices("title", "summary", "subject"))
    status: MaybeText = None
    priority: MaybeText = None
    url: MaybeText = None
    company: Annotated[_Named, BeforeValidator(_object_or_none)] = Field(
        default_factory=_Named, validation_alias=AliasChoices("customer", "company", "client")
    )
    contact: Annotated[_Named, BeforeValidator(_object_or_none)] = Field(
        default_factory=_Named, validation_alias=AliasChoices("contact", "requester")
    )
    assignee: Annotated[_Named, BeforeValidator(_object_or_none)] = Field(
        default_factory=_Named, validation_alias=AliasChoices("assignee", "owner", "assigned_to")
    )


class StandardMessage(Payload):
    """A Standard Webhooks message: `{type, timestamp, data}`, as the specification recommends."""

    type: str
    timestamp: Annotated[datetime | None, BeforeValidator(_instant_or_none)] = None
    data: StandardTicket
