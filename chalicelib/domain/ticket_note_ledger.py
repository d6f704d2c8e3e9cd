"""The ledger of a handoff's notes on its PSA ticket: at most one for each event, and what became of it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import uuid5

from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, TicketNotesStatus
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.ticket_change import TicketChange, TicketPlace
from chalicelib.domain.ticket_note import ENDS_OF_A_CLAIM, SETS_HOLDER, TicketNote
from chalicelib.domain.wrong_tickets import corrections_due

NOTED = frozenset(
    {
        EventType.CREATED,
        EventType.CLAIMED,
        EventType.RELEASED,
        EventType.RETURNED,
        EventType.PASSED_ON,
        EventType.RESOLVED,
        EventType.REOPENED,
    }
)
"""The events that the ticket is told of."""

PSA_ACTOR = "psa:"
"""What the id of an actor begins with when it was the PSA, not a person, that made a change."""


class TicketNoteLedger(FrozenModel):
    """All notes of one handoff, in the order of what they tell."""

    notes: tuple[TicketNote, ...] = ()

    @property
    def pending(self) -> tuple[TicketNote, ...]:
        """The notes that are still to be written."""
        return tuple(note for note in self.notes if note.status is TicketNotesStatus.PENDING)

    @property
    def corrects(self) -> bool:
        """Whether a pending note is for a wrong ticket, or for one that a claim gives back."""
        return any(note.own_ticket for note in self.pending)

    def expecting(self, event: Event) -> "TicketNoteLedger":
        """Return the ledger with a note for `event`, where one is due and not in it yet.

        What came from the PSA is not told back to it.
        """
        is_news = event.type in NOTED and not (event.actor and event.actor.id.startswith(PSA_ACTOR))
        if not is_news or any(note.event_id == event.id for note in self.notes):
            return self
        claim_epoch = event.data.get("claim_epoch") if event.type is EventType.CLAIMED else None
        return self._with_note(
            TicketNote(
                event_id=event.id,
                type=event.type,
                at=event.occurred_at,
                by=event.actor,
                to=event.data.get("to"),
                claim_epoch=claim_epoch,
            )
        )

    def expecting_claim_before(self, event: Event, handoff: Handoff) -> "TicketNoteLedger":
        """Return the ledger with a note for the claim by which `handoff` was resolved, where `event` tells of that.

        The ticket is told of claims later than of all else, so that they can be undone; what has been resolved cannot,
        and "Resolved" before "Picked up" would be read as a case that goes on (ADR 0037). The claim's own event then
        finds its note there, by its epoch.
        """
        is_resolution = event.type is EventType.RESOLVED and handoff.status is HandoffStatus.RESOLVED
        event_id = str(uuid5(EVENT_NAMESPACE, f"{handoff.id}/claim/{handoff.claim_epoch}"))
        note = TicketNote.of_claim(handoff, event_id) if is_resolution else None
        return self._with_note(note) if note else self

    def _with_note(self, note: TicketNote) -> "TicketNoteLedger":
        """Return the ledger with `note`, unless it is one of a claim or a reopening that has one."""
        is_told = note.type in SETS_HOLDER and any(one.tells_same_as(note) for one in self.notes)
        return self if is_told else self.with_notes([note])

    def with_notes(self, notes: Iterable[TicketNote]) -> "TicketNoteLedger":
        """Return the ledger with `notes` as well, each in its place."""
        return TicketNoteLedger(notes=tuple(sorted((*self.notes, *notes), key=lambda one: one.due_at)))

    def correcting(self, event: Event, named: TicketPlace | None, *, names_it: bool = False) -> "TicketNoteLedger":
        """Return the ledger with a note for the wrong ticket, where a correction to `named` leaves notes on one.

        The ledger alone says which ticket that is, so late and repeated events add nothing. `names_it`: the correction
        is known to have named that ticket. Where no ticket is named any more, what was still to be written is not. What
        was given up before any ticket took it is due once more.
        """
        kept = self._retrying(event) if named else self.only_correcting()
        return TicketNoteLedger(notes=(*kept.notes, *corrections_due(kept.notes, event, named, names_it=names_it)))

    def _retrying(self, event: Event) -> "TicketNoteLedger":
        """Return the ledger with what no ticket took before the correction `event` to be written, once for each."""
        if event.type is not EventType.CORRECTED:
            return self
        lost = {
            note.event_id
            for note in self.notes
            if note.status is TicketNotesStatus.FAILED
            and note.ticket is None
            and (note.asked_again_at or note.at) < event.occurred_at
        }
        again = _asked_again(event.occurred_at)
        return self._with(lambda note: again if note.event_id in lost else {})

    def only_correcting(self) -> "TicketNoteLedger":
        """Return the ledger without pending notes, except those that keep a ticket of their own."""
        is_to_stay = lambda note: note.own_ticket or note not in self.pending  # noqa: E731
        return TicketNoteLedger(notes=tuple(filter(is_to_stay, self.notes)))

    def without_undone(self, handoff: Handoff, session_epoch: int) -> "TicketNoteLedger":
        """Return the ledger without the pending notes of claims that no longer stand."""
        kept = (note for note in self.notes if note not in self.pending or note.is_still_true(handoff, session_epoch))
        return TicketNoteLedger(notes=tuple(kept))

    def dropped(self, event_id: str) -> "TicketNoteLedger":
        """Return the ledger without the event's note."""
        return TicketNoteLedger(notes=tuple(note for note in self.notes if note.event_id != event_id))

    def taken_up(self) -> "TicketNoteLedger":
        """Return the ledger with another attempt begun at every pending note."""
        pending = {note.event_id for note in self.pending}
        return self._with(lambda note: {"attempts": note.attempts + 1} if note.event_id in pending else {})

    def sent(self, event_id: str, note_id: str) -> "TicketNoteLedger":
        """Return the ledger with the event's note on the ticket."""
        return self._changed(event_id, status=TicketNotesStatus.SENT, note_id=note_id, error=None)

    def on_ticket(self, event_id: str, ticket: TicketPlace) -> "TicketNoteLedger":
        """Return the ledger with the ticket that the event's note was written on."""
        return self._changed(event_id, ticket=ticket)

    def failed(self, event_id: str, error: str) -> "TicketNoteLedger":
        """Return the ledger with the event's note given up."""
        return self._changed(event_id, status=TicketNotesStatus.FAILED, error=error)

    def with_change(self, event_id: str, change: TicketChange | None) -> "TicketNoteLedger":
        """Return the ledger with what a try of the event's note has set on the ticket, over what earlier ones have."""
        if change is None:
            return self
        return self._with(lambda note: {"change": change.over(note.change)} if note.event_id == event_id else {})

    def change_before(self, note: TicketNote, ticket: TicketPlace) -> TicketChange | None:
        """Return what the last claim or reopening before `note` has set on `ticket`; None when none set anything there.

        For a note that the ticket was the wrong one, None also when what was set has been taken back already; what
        happened on other tickets since counts for nothing there.
        """
        earlier = self.notes[: self.notes.index(next(one for one in self.notes if one.event_id == note.event_id))]
        ends = ENDS_OF_A_CLAIM if note.type is EventType.CORRECTED else ()
        if ends:
            earlier = tuple(one for one in earlier if one.ticket == ticket or not (one.ticket or one in self.pending))
        told = (one for one in reversed(earlier) if one.type in (*SETS_HOLDER, *ends) and not one.changes_nothing)
        last = next(told, None)
        return last.change if last and last.type in SETS_HOLDER and last.ticket in (None, ticket) else None

    def given_up(self, error: str, of: Collection[str] | None = None) -> "TicketNoteLedger":
        """Return the ledger with every pending note given up, or those `of` these events."""
        return self._with_pending(of, lambda _: {"status": TicketNotesStatus.FAILED, "error": error})

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

    def put_off_all(self, error: str, of: Collection[str] | None = None) -> "TicketNoteLedger":
        """Return the ledger with every pending note, or those `of` these events, to be written later, and why."""
        return self._with_pending(of, lambda _: {"error": error})

    def waiting(self, error: str, of: Collection[str] | None = None) -> "TicketNoteLedger":
        """Return the ledger with every pending note, or those `of` these events, to wait for their integration.

        The run that was is no attempt.
        """
        return self._with_pending(
            of, lambda note: {"attempts": max(note.attempts - 1, 0), "is_put_off": True, "error": error}
        )

    def asked_again(self, at: Instant) -> "TicketNoteLedger":
        """Return the ledger with every note that was given up to be written after all."""
        is_failed = {note.event_id for note in self.notes if note.status is TicketNotesStatus.FAILED}
        again = _asked_again(at)
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

    def _with_pending(
        self, of: Collection[str] | None, changes_of: Callable[[TicketNote], dict[str, Any]]
    ) -> "TicketNoteLedger":
        concerned = {note.event_id for note in self.pending if of is None or note.event_id in of}
        return self._with(lambda note: changes_of(note) if note.event_id in concerned else {})

    def _with(self, changes_of: Callable[[TicketNote], dict[str, Any]]) -> "TicketNoteLedger":
        return TicketNoteLedger(notes=tuple(note.model_copy(update=changes_of(note)) for note in self.notes))


def _asked_again(at: Instant) -> dict[str, Any]:
    return {"status": TicketNotesStatus.PENDING, "error": None, "asked_again_at": at}
