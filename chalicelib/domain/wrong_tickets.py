"""Select the tickets that get a note that they were the wrong one, and the one that a former claim still holds."""

from collections.abc import Sequence
from uuid import uuid5

from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import ENDS_OF_A_CLAIM, SETS_HOLDER, TicketNote


def corrections_due(
    notes: Sequence[TicketNote], event: Event, named: TicketPlace | None, *, names_it: bool
) -> list[TicketNote]:
    """Return a correction note for each wrong ticket that has some of `notes` and no correction since, newest first.

    The ticket of the last note is wrong, unless it is the one `named`. After a correction that `names_it`, every other
    ticket is wrong too: the note of an earlier event may have been written after the correction, on `named`.
    """
    if event.type is not EventType.CORRECTED:
        return []
    last = {note.ticket: note.type for note in notes if note.ticket}
    told = [note.ticket for note in notes if note.ticket and note.type is not event.type]
    wrong = dict.fromkeys(reversed(told if names_it else told[-1:]))
    due = [ticket for ticket in wrong if ticket != named and last[ticket] is not event.type]
    has_one = any(note.event_id == event.id for note in notes)
    return [
        TicketNote(
            event_id=event.id if count == 0 and not has_one else _another_id(event, len(notes) + count),
            type=event.type,
            at=event.occurred_at,
            by=event.actor,
            ticket=ticket,
        )
        for count, ticket in enumerate(due)
    ]


def held_ticket(notes: Sequence[TicketNote]) -> TicketPlace | None:
    """Return the ticket on which the last claim or reopening of `notes` has set something that still stands there."""
    held = [count for count, note in enumerate(notes) if note.type in SETS_HOLDER and note.ticket and note.change]
    if not held:
        return None
    ticket = notes[held[-1]].ticket
    since = [note for note in notes[held[-1] :] if note.ticket == ticket]
    return None if any(_gives_back(note) for note in since) else ticket


def _gives_back(note: TicketNote) -> bool:
    is_end = note.type in ENDS_OF_A_CLAIM and note.status is TicketNotesStatus.SENT
    return is_end or note.type is EventType.CORRECTED


def pin_claim_ends(notes: Sequence[TicketNote], ticket: TicketPlace) -> list[TicketNote]:
    """Return `notes`, with `ticket` as that of the pending ones that end a claim and have none of their own."""
    return [
        note.model_copy(update={"ticket": ticket})
        if note.type in ENDS_OF_A_CLAIM and note.status is TicketNotesStatus.PENDING and note.ticket is None
        else note
        for note in notes
    ]


def _another_id(event: Event, count: int) -> str:
    return str(uuid5(EVENT_NAMESPACE, f"{event.id}/wrong/{count}"))
