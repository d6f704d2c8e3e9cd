"""One note that a PSA ticket is to have, and how far it has come."""

from typing import Self

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, TicketNotesStatus
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_change import TicketChange, TicketPlace

ENDS_OF_A_CLAIM = (EventType.RELEASED, EventType.RETURNED, EventType.PASSED_ON)
"""The events after which nobody holds the handoff by the claim before, and the case is not solved."""

SETS_HOLDER = (EventType.CLAIMED, EventType.REOPENED)
"""The events after which somebody works on the session, which status and owner of the ticket say."""

_CLAIM_STANDS = (HandoffStatus.CLAIMED, HandoffStatus.RESOLVED)


class TicketNote(FrozenModel):
    """A note that the ticket is to have, and how far it has come. Each run that takes it up counts as an attempt.

    `asked_again_at` is when somebody last asked for it, after it had been given up. `is_put_off` says that it was
    taken up by a run that did not count; `claim_epoch` is that of the claim that the note tells of, `to` whom a
    reassignment directs it to. `ticket` is the one that it was written on, or that a try has changed; of a note that
    the ticket was the wrong one, that ticket from the first. `named_at` is when the ticket was named, of a note about
    something before that.
    """

    event_id: str
    type: EventType
    at: Instant
    by: Person | None
    to: Person | None = None
    claim_epoch: int | None = None
    status: TicketNotesStatus = TicketNotesStatus.PENDING
    note_id: str | None = None
    attempts: int = 0
    error: str | None = None
    asked_again_at: Instant | None = None
    is_put_off: bool = False
    change: TicketChange | None = None
    ticket: TicketPlace | None = None
    named_at: Instant | None = None

    @classmethod
    def of_claim(cls, handoff: Handoff, event_id: str, *, named_at: Instant | None = None) -> Self | None:
        """Return the note of the claim of `handoff`; None without one."""
        if handoff.claimed_by is None or handoff.claimed_at is None:
            return None
        return cls(
            event_id=event_id,
            type=EventType.CLAIMED,
            at=handoff.claimed_at,
            by=handoff.claimed_by,
            claim_epoch=handoff.claim_epoch,
            named_at=named_at,
        )

    @property
    def due_at(self) -> Instant:
        """When it became due on its ticket, by which notes are ordered."""
        return self.named_at or self.at

    @property
    def own_ticket(self) -> TicketPlace | None:
        """The ticket that it is for whichever the session names by now: a wrong one, or one that is given back."""
        return self.ticket if self.type in (EventType.CORRECTED, *ENDS_OF_A_CLAIM) else None

    @property
    def may_be_there(self) -> bool:
        """Whether an earlier attempt may have written it without our learning of it, so that it is looked for first."""
        return self.attempts > 1 or self.is_put_off

    @property
    def changes_nothing(self) -> bool:
        """Whether it tells of a reopening that found the ticket as it wanted it: what a claim has set still stands."""
        return self.type is EventType.REOPENED and self.change is None

    def is_of_reopening(self, session: Session) -> bool:
        """Whether it tells of the reopening by which `session` is worked on: nobody has ended it or taken it since."""
        is_live = session.status is SessionStatus.ACTIVE and session.reopened_at == self.at
        return is_live and self.by is not None and session.is_held_by(self.by)

    @property
    def tells_of_claim(self) -> bool:
        """Whether it tells that somebody picked the session up, which they may undo."""
        return self.type is EventType.CLAIMED

    def tells_same_as(self, other: "TicketNote") -> bool:
        """Whether two notes of one case are of the same claim, or else of the same change at the same time."""
        is_same = (self.type, self.claim_epoch) == (other.type, other.claim_epoch)
        return is_same and (self.claim_epoch is not None or self.at == other.at)

    def is_still_true(self, handoff: Handoff, session_epoch: int) -> bool:
        """Whether what the note tells still stands: of a claim that was undone or released, a ticket is not told.

        A session that was reopened has left the claim behind: its epoch is another one.
        """
        is_same = self.claim_epoch in (None, handoff.claim_epoch) and session_epoch == handoff.claim_epoch
        return not self.tells_of_claim or (is_same and handoff.status in _CLAIM_STANDS)

    def may_wait_for(self, event: Event) -> bool:
        """Whether the message of `event` may be the last that would write it, as every message writes all that waits.

        What was asked for again after `event` has a message of its own.
        """
        is_asked_again_since = self.asked_again_at is not None and self.asked_again_at > event.occurred_at
        return self.status is TicketNotesStatus.PENDING and not is_asked_again_since
