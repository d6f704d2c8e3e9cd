"""What the API answers about sessions, people, lists and notifications."""

from typing import Literal
from urllib.parse import urlencode

from pydantic import Field

from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.list_items import QueueItem, SessionSummary
from chalicelib.domain.live_tokens import LiveToken
from chalicelib.domain.people import Engineer, Person, Role
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.titles import snippet
from chalicelib.domain.turn import Message, Turn


class ListView(StrictModel):
    """A page of a list. It may be shorter than asked for; only a null `next_cursor` ends the list."""

    next_cursor: str | None


class SessionView(StrictModel):
    """A session."""

    id: str
    status: SessionStatus
    title: OneLine
    problem_summary: str
    problem_domain: OneLine | None
    psa_ticket_id: str | None
    integration_id: str | None
    owner: Person
    holder: Person | None
    escalated_to: Person | None
    escalated_to_id: str | None
    open_handoff_id: str | None
    epoch: int
    step_count: int
    escalation_package: EscalationPackage | None
    resolution: str | None
    root_cause: str | None
    created_at: Instant
    updated_at: Instant
    resolved_at: Instant | None
    psa_ticket: TicketFacts | None

    @classmethod
    def of(cls, session: Session, package: EscalationPackage | None) -> "SessionView":
        """Show `session` with its escalation package."""
        shown = dict(session)
        return cls.model_construct(
            **{name: shown[name] for name in cls.model_fields if name in shown},
            title=session.title,
            escalated_to=session.escalated_to,
            escalated_to_id=session.escalated_to.id if session.escalated_to else None,
            escalation_package=package,
        )


class SessionSummaryView(StrictModel):
    """A session in a list. `problem_summary` is its summary on one line."""

    id: str
    title: OneLine
    problem_summary: OneLine
    psa_ticket_id: str | None
    status: SessionStatus
    owner: Person
    escalated_to: Person | None
    updated_at: Instant

    @classmethod
    def of(cls, item: SessionSummary) -> "SessionSummaryView":
        """Show `item`."""
        return cls(
            title=snippet(item.problem_summary),
            escalated_to=item.holder if item.holder and item.holder.id != item.owner.id else None,
            **{name: value for name, value in item if name != "holder"},
        )


class ExchangeView(StrictModel):
    """A message and the assistant's reply. The message is kept whether or not a reply came."""

    message: Message
    reply: Message | None
    reply_status: Literal["ready", "unavailable"]
    reply_error: str | None

    @classmethod
    def of(cls, message: Message, reply: Message | None, reply_error: str | None) -> "ExchangeView":
        """Show an exchange."""
        return cls(
            message=message, reply=reply, reply_status="ready" if reply else "unavailable", reply_error=reply_error
        )


class QueueItemView(StrictModel):
    """An escalation in the queue. `problem_summary` is the session's summary on one line."""

    handoff_id: str
    session_id: str
    title: OneLine
    problem_summary: OneLine
    problem_domain: OneLine | None
    psa_ticket_id: str | None
    priority: Priority
    sender: Person = Field(serialization_alias="from")
    step_count: int
    assessment_status: AssessmentStatus
    created_at: Instant

    @classmethod
    def of(cls, item: QueueItem) -> "QueueItemView":
        """Show `item`."""
        return cls(title=snippet(item.problem_summary), **dict(item))


class NotificationView(StrictModel):
    """An item of the caller's notifications."""

    id: str
    title: OneLine
    type: EventType
    session_id: str
    handoff_id: str
    created_at: Instant
    read: bool

    @classmethod
    def of(cls, event: Event, read_up_to: Instant | None) -> "NotificationView":
        """Show `event` to somebody who has read their notifications up to `read_up_to`."""
        return cls(
            id=event.id,
            title=event.title or "",
            type=event.type,
            session_id=event.session_id,
            handoff_id=event.handoff_id,
            created_at=event.occurred_at,
            read=read_up_to is not None and event.occurred_at <= read_up_to,
        )


class SessionListView(ListView):
    """Sessions."""

    items: list[SessionSummaryView]


class TurnListView(ListView):
    """Turns."""

    items: list[Turn]


class QueueView(ListView):
    """Escalations waiting for a senior."""

    items: list[QueueItemView]


class EngineerView(StrictModel):
    """An entry of the account's directory."""

    id: str
    name: OneLine
    email: OneLine
    role: Role
    skills: list[OneLine]

    @classmethod
    def of(cls, engineer: Engineer) -> "EngineerView":
        """Show `engineer`."""
        return cls.model_validate(engineer.model_dump())


class EngineerListView(ListView):
    """The directory."""

    items: list[EngineerView]


class NotificationListView(ListView):
    """The caller's notifications. `unread` counts at most the newest hundred of each source."""

    items: list[NotificationView]
    unread: int


class FeedView(ListView):
    """Events in order. Pass `resume_after` as `after` next time, and drop the ids you have seen: some come again."""

    items: list[Event]
    resume_after: str | None


class MeView(StrictModel):
    """The caller's profile."""

    id: str
    account_id: str
    name: OneLine
    email: OneLine
    role: Role
    skills: list[OneLine]

    @classmethod
    def of(cls, account_id: str, engineer: Engineer) -> "MeView":
        """Show an engineer of `account_id` to themselves."""
        return cls.model_validate({**engineer.model_dump(), "account_id": account_id})


class LiveTokenView(StrictModel):
    """The address of the live channel; it works once, until `expires_at`."""

    url: str
    expires_at: Instant

    @classmethod
    def of(cls, token: LiveToken, live_url: str) -> "LiveTokenView":
        """Show `token` as an address of the channel at `live_url`."""
        return cls(url=f"{live_url}?{urlencode({'token': token.text})}", expires_at=token.expires_at)


class HealthView(StrictModel):
    """Whether the API answers, and which version of it."""

    status: str
    version: str
