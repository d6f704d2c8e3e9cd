"""What the API answers about sessions, people, lists and bells."""

from typing import Literal
from urllib.parse import urlencode

from pydantic import Field

from chalicelib.contracts.shape import StrictModel
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
    """A part of a list. A part may be shorter than asked for; only a null `next_cursor` ends the list."""

    next_cursor: str | None


class SessionView(StrictModel):
    """A session."""

    id: str
    status: SessionStatus
    title: str
    problem_summary: str
    problem_domain: str | None
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
    """A session in a list."""

    id: str
    title: str
    problem_summary: str
    psa_ticket_id: str | None
    status: SessionStatus
    owner: Person
    escalated_to: Person | None
    updated_at: Instant

    @classmethod
    def of(cls, line: SessionSummary) -> "SessionSummaryView":
        """Show `line`."""
        return cls(
            title=snippet(line.problem_summary),
            escalated_to=line.holder if line.holder and line.holder.id != line.owner.id else None,
            **{name: value for name, value in line if name != "holder"},
        )


class ExchangeView(StrictModel):
    """A message and what the assistant said to it. The message is kept whether or not a reply came."""

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
    """An escalation in the queue."""

    handoff_id: str
    session_id: str
    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    priority: Priority
    sender: Person = Field(serialization_alias="from")
    step_count: int
    assessment_status: AssessmentStatus
    created_at: Instant

    @classmethod
    def of(cls, line: QueueItem) -> "QueueItemView":
        """Show `line`."""
        return cls(**dict(line))


class NotificationView(StrictModel):
    """A line of the bell."""

    id: str
    title: str
    type: EventType
    session_id: str
    handoff_id: str
    created_at: Instant
    read: bool

    @classmethod
    def of(cls, event: Event, read_up_to: Instant | None) -> "NotificationView":
        """Show `event` to somebody who has read the bell up to `read_up_to`."""
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


class EngineerListView(ListView):
    """The directory."""

    items: list[Engineer]


class NotificationListView(ListView):
    """The bell. `unread` counts at most the newest hundred of each source."""

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
    name: str
    email: str
    role: Role
    skills: list[str]

    @classmethod
    def of(cls, account_id: str, engineer: Engineer) -> "MeView":
        """Show an engineer of `account_id` to themselves."""
        return cls.model_validate({**engineer.model_dump(), "account_id": account_id})


class LiveTokenView(StrictModel):
    """Where to open the live channel: an address that works once, until `expires_at`."""

    url: str
    expires_at: Instant

    @classmethod
    def of(cls, ticket: LiveToken, live_url: str) -> "LiveTokenView":
        """Show `ticket` as an address of the channel at `live_url`."""
        return cls(url=f"{live_url}?{urlencode({'ticket': ticket.text})}", expires_at=ticket.expires_at)


class HealthView(StrictModel):
    """Whether the API answers, and which version of it."""

    status: str
    version: str
