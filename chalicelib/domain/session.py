"""A session: one troubleshooting case, who may write to it, and the rules about that."""

from enum import StrEnum

from chalicelib.domain.errors import Forbidden, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Person, Role
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.titles import snippet
from chalicelib.domain.turn import Author, Note, NoteAbout


class SessionStatus(StrEnum):
    """Where a session stands."""

    ACTIVE = "active"
    PARKED = "parked"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class SessionCase(FrozenModel):
    """What a new session is about."""

    problem_summary: str
    problem_domain: str | None = None
    psa_ticket_id: str | None = None
    integration_id: str | None = None
    ticket: TicketFacts | None = None


class Session(FrozenModel):
    """One troubleshooting case. `holder` alone may write; `epoch` rises whenever the holder changes, `revision`
    whenever something of it is corrected.

    `newest_handoff_id` stays when that handoff is closed; `held_by` has the ids of all who ever claimed the session.
    `ticket_reopened_at` is when the ticket of a resolved session was seen open again. `is_ticket_assumed_closed` says
    that the ticket counts as closed though nobody has looked since the session was reopened. `ticket_owner_changed_at`
    is when the owner of the ticket was first seen to be another one than before.
    """

    account_id: str
    id: str
    status: SessionStatus
    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    integration_id: str | None
    owner: Person
    holder: Person | None
    held_by: frozenset[str] = frozenset()
    open_handoff_id: str | None
    newest_handoff_id: str | None = None
    epoch: int
    turn_count: int
    step_count: int
    resolution: str | None
    root_cause: str | None
    created_at: Instant
    updated_at: Instant
    resolved_at: Instant | None
    reopened_at: Instant | None = None
    ticket_reopened_at: Instant | None = None
    is_ticket_assumed_closed: bool | None = None
    ticket: TicketFacts | None = None
    ticket_owner_changed_at: Instant | None = None
    revision: int = 0

    @classmethod
    def opened(cls, id_: str, account_id: str, owner: Person, case: "SessionCase", *, at: Instant) -> "Session":
        """Return a new session about `case`, which `owner` holds."""
        return cls(
            account_id=account_id,
            id=id_,
            status=SessionStatus.ACTIVE,
            **dict(case),
            owner=owner,
            holder=owner,
            open_handoff_id=None,
            epoch=1,
            turn_count=0,
            step_count=0,
            resolution=None,
            root_cause=None,
            created_at=at,
            updated_at=at,
            resolved_at=None,
        )

    @property
    def title(self) -> str:
        """The session's name in a list: its problem on one line."""
        return snippet(self.problem_summary)

    @property
    def writes_own_ticket_notes(self) -> bool:
        """Whether the notes on a ticket are its own, not a handoff's: it was reopened, never handed off (ADR 0041)."""
        return self.reopened_at is not None and self.newest_handoff_id is None

    @property
    def has_ticket_notes(self) -> bool:
        """Whether it names a ticket on which it writes notes of its own."""
        return self.writes_own_ticket_notes and self.psa_ticket_id is not None

    @property
    def is_ticket_known_open(self) -> bool:
        """Whether the ticket was open when it was last read, and nothing since says otherwise."""
        return self.ticket is not None and not self.ticket.is_closed and not self.is_ticket_assumed_closed

    @property
    def escalated_to(self) -> Person | None:
        """Who holds the session when that is not its owner."""
        return self.holder if self.holder and self.holder.id != self.owner.id else None

    def resolved(self, resolution: str, root_cause: str | None, *, at: Instant) -> "Session":
        """Return the session closed; its last holder stays on record as its holder."""
        return self.model_copy(
            update={
                "status": SessionStatus.RESOLVED,
                "resolution": resolution,
                "root_cause": root_cause,
                "open_handoff_id": None,
                "updated_at": at,
                "resolved_at": at,
            }
        )

    def was_resolved_by(self, person: Person, resolution: str, epoch: int) -> bool:
        """Whether `person` has resolved the session in these words, at this epoch."""
        is_same = self.resolution == resolution and self.epoch == epoch
        return self.status is SessionStatus.RESOLVED and self.is_held_by(person) and is_same

    def note(
        self, text: str, about: NoteAbout | None, *, by: Person, at: Instant, to: Person | None = None
    ) -> Note | None:
        """Return the session's next turn, a note of `by` to `to` or all, in these words; None without any."""
        if not text.strip():
            return None
        author = Author.engineer(by)
        return Note(
            seq=self.turn_count + 1, author=author, text=text, about=about, to=to, created_at=at, epoch=self.epoch
        )

    def require_open_to_notes(self, by: Person) -> None:
        """Raise unless `by` owns, holds or held the session and it is not resolved; who holds it does not matter.

        Raises NotFound for strangers, and InvalidState.
        """
        self.require_readable(by)
        if self.status is SessionStatus.RESOLVED:
            raise InvalidState("The session is resolved; nothing can be added to it or changed.", status=self.status)

    def require_correctable(self, by: Person, epoch: int) -> None:
        """Raise unless `by` may correct what the session says, having seen `epoch`.

        While somebody holds it, that is they. While it waits, it is who owns or held it (ADR 0056). Raises what
        `require_writable` does.
        """
        if self.holder is not None:
            self.require_writable(by, epoch)
            return
        self.require_readable(by)
        if epoch != self.epoch:
            raise StaleEpoch(self.epoch)

    def require_readable(self, by: Person) -> None:
        """Raise NotFound unless `by` owns or holds the session, or held it: to others it does not exist."""
        if by.id != self.owner.id and not self.is_held_by(by) and by.id not in self.held_by:
            raise NotFound("session")

    def is_held_by(self, person: Person) -> bool:
        """Whether `person` is the one who may write to the session."""
        return self.holder is not None and self.holder.id == person.id

    def require_handed_off_by(self, by: Caller, epoch: int | None) -> Person:
        """Return for whom `by` hands the session off: for themselves, or, as an admin, for its holder.

        Raises what `require_writable` does.
        """
        if by.role is not Role.ADMIN or self.holder is None or self.is_held_by(by.person):
            self.require_writable(by.person, epoch)
            return by.person
        self.require_writable(self.holder, epoch)
        return self.holder

    def require_writable(self, by: Person, epoch: int | None) -> None:
        """Raise unless `by` may write to the session now, having seen `epoch` (None: whatever it is).

        Raises NotFound for strangers, StaleEpoch when the session changed hands since, InvalidState when it is not
        active, and Forbidden when somebody else holds it.
        """
        self.require_readable(by)
        if epoch is not None and epoch != self.epoch:
            raise StaleEpoch(self.epoch)
        if self.status is not SessionStatus.ACTIVE:
            raise InvalidState(
                f"The session is {self.status}; only an active one can be worked on.", status=self.status
            )
        if not self.is_held_by(by):
            raise Forbidden(f"{self.holder.name if self.holder else 'Nobody'} holds this session now.")
