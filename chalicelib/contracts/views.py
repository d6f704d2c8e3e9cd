"""What the API answers about sessions, people and lists."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import Field

from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.availability import Availability
from chalicelib.domain.clock.moments import Moment
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.list_items import QueueItem, SessionSummary
from chalicelib.domain.live_tokens import LiveToken
from chalicelib.domain.people import Engineer, Person, Role
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.titles import snippet
from chalicelib.domain.turn import Message, Turn


class ListView(StrictModel):
    """A page of a list. It may be shorter than asked for; only a null `next_cursor` ends the list."""

    next_cursor: str | None


class SessionView(StrictModel):
    """A session. `is_ai_on` says whether the policy lets the AI see it, as far as its client is known.

    `ticket_notes` are those of a session that was reopened and never handed off; a handoff has its own.
    """

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
    revision: int
    step_count: int
    escalation_package: EscalationPackage | None
    resolution: str | None
    root_cause: str | None
    created_at: Instant
    updated_at: Instant
    resolved_at: Instant | None
    reopened_at: Instant | None
    ticket_reopened_at: Instant | None
    ticket: TicketFacts | None
    ticket_notes: TicketNotes
    is_ai_on: bool

    @classmethod
    def of(
        cls, session: Session, package: EscalationPackage | None, notes: TicketNotes, *, is_ai_on: bool
    ) -> "SessionView":
        """Show `session` with its escalation package and its own ticket notes."""
        shown = dict(session)
        return cls.model_construct(
            **{name: shown[name] for name in cls.model_fields if name in shown},
            title=session.title,
            escalated_to=session.escalated_to,
            escalated_to_id=session.escalated_to.id if session.escalated_to else None,
            escalation_package=package,
            ticket_notes=notes,
            is_ai_on=is_ai_on,
        )


class SessionSummaryView(StrictModel):
    """A session in a list. `problem_summary` is its summary on one line.

    Of a session that was handed off, `client` and `from` are those of its newest handoff. `waiting_since` is there
    while that waits, `held_since` and `asked_at` (the clock's question whether its holder is still on it) while it is
    claimed, and `opened_by`, in the list of what the caller handed off, who has looked at it meanwhile.
    """

    id: str
    title: OneLine
    problem_summary: OneLine
    psa_ticket_id: str | None
    status: SessionStatus
    owner: Person
    escalated_to: Person | None
    client: OneLine | None
    sender: Person | None = Field(serialization_alias="from")
    waiting_since: Instant | None
    held_since: Instant | None
    asked_at: Instant | None
    opened_by: list[Person]
    updated_at: Instant

    @classmethod
    def of(cls, item: SessionSummary) -> "SessionSummaryView":
        """Show `item`."""
        return cls(
            title=snippet(item.problem_summary),
            escalated_to=item.holder if item.holder and item.holder.id != item.owner.id else None,
            **{name: value for name, value in item if name in cls.model_fields},
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
    """An escalation in the queue. `problem_summary` is the session's summary on one line.

    `due` is what comes next by the clock, `level` the step of the ladder reached since `waiting_since`,
    early when those before it had nobody and it is not due yet;
    `sla_due_at` is the ticket system's own deadline; `cover` says what the policy has for the client alone.
    """

    handoff_id: str
    session_id: str
    title: OneLine
    problem_summary: OneLine
    problem_domain: OneLine | None
    psa_ticket_id: str | None
    client: OneLine | None
    cover: OneLine | None
    contact: OneLine | None
    priority: Priority
    reason: Reason | None
    affected: Affected | None
    sender: Person = Field(serialization_alias="from")
    step_count: int
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    to: Person | None
    directed_until: Instant | None
    due: Moment | None
    sla_due_at: Instant | None
    level: int | None
    is_early: bool
    waiting_since: Instant
    created_at: Instant

    @classmethod
    def of(cls, item: QueueItem) -> "QueueItemView":
        """Show `item`."""
        return cls(
            title=snippet(item.problem_summary), **{name: told for name, told in item if name in cls.model_fields}
        )


class SessionListView(ListView):
    """Sessions."""

    items: list[SessionSummaryView]


class TurnListView(ListView):
    """Turns."""

    items: list[Turn]


class QueueView(ListView):
    """Escalations waiting for a senior. `items` lacks the caller's own, which are in `own`, with the first page alone.

    `total` counts all that wait, the caller's included, up to 1,000. `has_history` is false while the account has never
    had a handoff.
    """

    items: list[QueueItemView]
    total: Annotated[int, Field(ge=0, le=1_000)]
    own: list[QueueItemView]
    has_history: bool


class EngineerView(StrictModel):
    """An entry of the account's directory, with the availability that counts now."""

    id: str
    name: OneLine
    email: OneLine
    role: Role
    skills: list[OneLine]
    availability: Availability

    @classmethod
    def of(cls, engineer: Engineer, at: Instant) -> "EngineerView":
        """Show `engineer` as of `at`."""
        return cls.model_validate({**engineer.model_dump(), "availability": engineer.availability.as_of(at)})


class EngineerListView(ListView):
    """The directory."""

    items: list[EngineerView]


class MeView(StrictModel):
    """The caller's profile."""

    id: str
    account_id: str
    name: OneLine
    email: OneLine
    role: Role
    skills: list[OneLine]
    availability: Availability

    @classmethod
    def of(cls, account_id: str, engineer: Engineer, at: Instant) -> "MeView":
        """Show an engineer of `account_id` to themselves as of `at`."""
        shown = {"account_id": account_id, "availability": engineer.availability.as_of(at)}
        return cls.model_validate({**engineer.model_dump(), **shown})


class LiveTokenView(StrictModel):
    """The address of the live channel; it works once, until `expires_at`."""

    url: str
    expires_at: Instant

    @classmethod
    def of(cls, token: LiveToken, live_url: str) -> "LiveTokenView":
        """Show `token` as an address of the channel at `live_url`."""
        return cls(url=f"{live_url}?{urlencode({'token': token.text})}", expires_at=token.expires_at)
