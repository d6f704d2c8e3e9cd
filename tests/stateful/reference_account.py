"""The account that the reference model knows, and what its rules of all subjects share."""

from chalicelib.domain.availability import Availability
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.errors import (
    DomainError,
    Forbidden,
    IdempotencyMismatch,
    InvalidRequest,
    InvalidState,
    NotFound,
    StaleEpoch,
)
from chalicelib.domain.people import Caller
from tests.stateful.reference_state import Expected, PlainHandoff, PlainSession
from tests.stateful.reference_timing import staff_of

ROLES = ("viewer", "engineer", "senior", "admin")
DONE_BEFORE = Expected()


class ReferenceAccount:
    """One account: its people, its sessions, and what was asked of it."""

    def __init__(self, account_id: str, people: tuple[Caller, ...], on_call: str) -> None:
        self.account_id, self.people, self._on_call = account_id, people, on_call
        self.sessions: list[PlainSession] = []
        self.handoffs: list[PlainHandoff] = []
        self.requests: dict[str, str] = {}
        """The body that came with each request id that made something."""
        self.unanswered: dict[str, int] = {}
        """The epoch of each message without a reply, by the request id that made it."""
        self._presence: dict[str, Availability] = {}

    @property
    def staff(self) -> Staff:
        """The people as the clock sees them."""
        return staff_of(self.people, self._presence, self._on_call)

    def say_presence(self, by: Caller, said: Availability) -> None:
        self._presence[by.id] = said
        for handoff in self.handoffs:
            handoff.timing.clock.staff = self.staff

    def refused_recipient(self, to: str | None, intent: str, barred: set[str | None]) -> type[DomainError] | None:
        """An escalation may be directed to a senior or admin other than its sender and the holder."""
        if to is None:
            return None
        seniors = {one.id for one in self.people if one.role in ("senior", "admin")}
        return None if intent == "escalate" and to in seniors - barred else InvalidRequest

    def _refused_writing(
        self, session: PlainSession, by: Caller, epoch: int, writer: str | None = None
    ) -> type[DomainError] | None:
        """Only the holder writes, at the present epoch. `writer` is for whom `by` acts, if not for themselves."""
        writer = writer or by.id
        if by.account_id != self.account_id or writer not in (session.owner, session.holder, *session.held_by):
            return NotFound
        if epoch != session.epoch:
            return StaleEpoch
        if session.status != "active":
            return InvalidState
        return None if session.holder == writer else Forbidden

    def _once(self, request_id: str, body: str, fresh: Expected) -> Expected:
        """What a repeated request is told: the same again, unless it says something else now."""
        if request_id in self.requests:
            return DONE_BEFORE if self.requests[request_id] == body else Expected(IdempotencyMismatch)
        if fresh.refusal or not fresh.change:
            return fresh
        change = fresh.change

        def remembered() -> None:
            change()
            self.requests[request_id] = body

        return Expected(change=remembered)
