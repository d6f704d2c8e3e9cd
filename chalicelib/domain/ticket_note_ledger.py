"""The ledger of a handoff's notes on its PSA ticket: at most one for each event, and what became of it."""

from collections.abc import Callable
from typing import Any

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person

NOTED = frozenset({EventType.CREATED, EventType.CLAIMED, EventType.RESOLVED})
"""The events that the ticket is told of."""

PSA_ACTOR = "psa:"
"""What the id of an actor begins with when it was the PSA, not a person, that made a change."""


class TicketNote(FrozenModel):
    """A note that the ticket is to have, and how far it has come. Each run that takes it up counts as an attempt.

    `asked_again_at` is when somebody last asked for it, after it had been given up.
    """

    event_id: str
    type: EventType
    at: Instant
    by: Person | None
    status: TicketNotesStatus = TicketNotesStatus.PENDING
    note_id: str | None = None
    attempts: int = 0
    error: str | None = None
    asked_again_at: Instant | None = None

    @property
    def may_be_there(self) -> bool:
        """Whether an earlier attempt may have written it without our learning of it, so that it is looked for first."""
        return self.attempts > 1

    def may_wait_for(self, event: Event) -> bool:
        """Whether the message of `event` may be the last that would write it, as every message writes all that waits.

        What was asked for again after `event` has a message of its own.
        """
        is_asked_again_since = self.asked_again_at is not None and self.asked_again_at > event.occurred_at
        return self.status is TicketNotesStatus.PENDING and not is_asked_again_since


class TicketNoteLedger(FrozenModel):
    """All notes of one handoff, in the order of what they tell."""

    notes: tuple[TicketNote, ...] = ()

    @property
    def pending(self) -> tuple[TicketNote, ...]:
        """The notes that are still to be written."""
        return tuple(note for note in self.notes if note.status is TicketNotesStatus.PENDING)

    def expecting(self, event: Event) -> "TicketNoteLedger":
        """Return the ledger with a note for `event`, where one is due and not in it yet.

        What came from the PSA is not told back to it.
        """
        is_news = event.type in NOTED and not (event.actor and event.actor.id.startswith(PSA_ACTOR))
        if not is_news or any(note.event_id == event.id for note in self.notes):
            return self
        note = TicketNote(event_id=event.id, type=event.type, at=event.occurred_at, by=event.actor)
        return TicketNoteLedger(notes=tuple(sorted((*self.notes, note), key=lambda one: one.at)))

    def taken_up(self) -> "TicketNoteLedger":
        """Return the ledger with another attempt begun at every pending note."""
        pending = {note.event_id for note in self.pending}
        return self._with(lambda note: {"attempts": note.attempts + 1} if note.event_id in pending else {})

    def sent(self, event_id: str, note_id: str) -> "TicketNoteLedger":
        """Return the ledger with the event's note on the ticket."""
        return self._changed(event_id, status=TicketNotesStatus.SENT, note_id=note_id, error=None)

    def failed(self, event_id: str, error: str) -> "TicketNoteLedger":
        """Return the ledger with the event's note given up."""
        return self._changed(event_id, status=TicketNotesStatus.FAILED, error=error)

    def given_up(self, error: str) -> "TicketNoteLedger":
        """Return the ledger with every pending note given up."""
        end = {"status": TicketNotesStatus.FAILED, "error": error}
        return self._with(lambda note: end if note.status is TicketNotesStatus.PENDING else {})

    def abandoned(self, event: Event, error: str) -> "TicketNoteLedger":
        """Return the ledger after the message of `event` came for the last time: no note waits for it any more.

        A note that is given up keeps the reason that it has; without one it gets `error`.
        """
        failed = TicketNotesStatus.FAILED
        return self._with(
            lambda note: {"status": failed, "error": note.error or error} if note.may_wait_for(event) else {}
        )

    def put_off(self, event_id: str, error: str) -> "TicketNoteLedger":
        """Return the ledger with the event's note still to be written, and why it is not there yet."""
        return self._changed(event_id, error=error)

    def asked_again(self, at: Instant) -> "TicketNoteLedger":
        """Return the ledger with every note that was given up to be written after all."""
        is_failed = {note.event_id for note in self.notes if note.status is TicketNotesStatus.FAILED}
        again = {"status": TicketNotesStatus.PENDING, "error": None, "asked_again_at": at}
        return self._with(lambda note: again if note.event_id in is_failed else {})

    @property
    def summary(self) -> TicketNotes:
        """How the ticket stands: `failed` as long as any note is given up, `sent` when all are there.

        `note_id` is the id of the oldest note there; attempts and error are those of the first note that is not.
        """
        if not self.notes:
            return TicketNotes()
        missing = next((note for note in self.notes if note.status is not TicketNotesStatus.SENT), None)
        states = {note.status for note in self.notes}
        standing = (TicketNotesStatus.FAILED, TicketNotesStatus.PENDING, TicketNotesStatus.SENT)
        return TicketNotes(
            status=next(status for status in standing if status in states),
            note_id=next((note.note_id for note in self.notes if note.note_id), None),
            attempts=(missing or self.notes[-1]).attempts,
            error=next((note.error for note in self.notes if note.error), None),
        )

    def _changed(self, event_id: str, **changes: Any) -> "TicketNoteLedger":
        return self._with(lambda note: changes if note.event_id == event_id else {})

    def _with(self, changes_of: Callable[[TicketNote], dict[str, Any]]) -> "TicketNoteLedger":
        return TicketNoteLedger(notes=tuple(note.model_copy(update=changes_of(note)) for note in self.notes))
