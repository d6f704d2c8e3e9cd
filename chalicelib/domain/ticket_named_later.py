"""Backfill the notes that a ticket would have if it had been named from the start."""

from uuid import uuid5

from chalicelib.domain.correction import Correction
from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.handoff import Handoff, TicketNotesStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import format_instant
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger


def backfilled(
    ledger: TicketNoteLedger, event: Event, named: TicketPlace | None, session: Session, handoff: Handoff | None
) -> TicketNoteLedger:
    """Return `ledger` with the notes that the ticket `named` by the correction `event` lacks, at most two.

    These are the note of the hand off, while the case waits or is worked on, and that of the claim or the reopening by
    which it is held; for a session that was never handed off (`handoff` None), that of the reopening alone. A ticket
    gets no note twice, unless it was corrected as the wrong one in between. The ledger says which ticket has which
    note, so late and repeated events add nothing. A claim after `event` is left to its own event, as it may be undone.
    """
    if event.type is not EventType.CORRECTED or named is None:
        return ledger
    return ledger.with_notes(note for note in _due(event, session, handoff) if not _has(ledger, note, named))


def naming_correction(handoff: HandoffDetail, session: Session) -> Correction | None:
    """Return the correction of `handoff` that named the ticket of `session`.

    None without one, when it was taken back, and when its ticket has been merged into another one since.
    """
    made = handoff.since.ticket_correction
    return made if made and made.now == session.psa_ticket_id else None


def correction_before(event: Event, handoff: HandoffDetail, session: Session) -> list[Event]:
    """Return an event for the correction that named the session's ticket, where it was made before `event`.

    Its own event may come later. By then a note on the right ticket would hide that the wrong one has some.
    """
    made = naming_correction(handoff, session)
    if made is None or made.at >= event.occurred_at:
        return []
    return [
        Event(
            id=str(uuid5(EVENT_NAMESPACE, f"{handoff.id}/ticket/{format_instant(made.at)}")),
            type=EventType.CORRECTED,
            occurred_at=made.at,
            account_id=handoff.account_id,
            session_id=handoff.session_id,
            handoff_id=handoff.id,
            version=handoff.version,
            actor=made.by,
            title=None,
            data={},
        )
    ]


def is_merged(handoff: HandoffDetail, session: Session) -> bool:
    """Whether the ticket of `handoff` was merged into that of `session`, which nobody named.

    Always False for a closed handoff: later corrections are not kept with it, so that a merge looks like one.
    """
    is_as_handed_off = session.psa_ticket_id in (None, handoff.snapshot.psa_ticket_id)
    return handoff.is_open and not is_as_handed_off and naming_correction(handoff, session) is None


def settled_elsewhere(ledger: TicketNoteLedger, named: TicketPlace | None) -> TicketNoteLedger:
    """Return `ledger` with a pending note marked as sent when its failed try has changed another ticket than `named`.

    The note is on that ticket, and the ledger has what was set with it, so that it is taken back there.
    """
    sent = {"status": TicketNotesStatus.SENT, "error": None}
    return TicketNoteLedger(
        notes=tuple(
            note.model_copy(update=sent)
            if note.status is TicketNotesStatus.PENDING and note.ticket not in (None, named) and not note.own_ticket
            else note
            for note in ledger.notes
        )
    )


def _due(event: Event, session: Session, handoff: Handoff | None) -> list[TicketNote]:
    claim = _claim(event, session, handoff) if handoff else None
    hold = claim or _reopening(event, session)
    notes = [hold] if hold else []
    return [_created(event, handoff), *notes] if handoff and (handoff.is_open or hold) else notes


def _created(event: Event, handoff: Handoff) -> TicketNote:
    return TicketNote(
        event_id=_id(event, EventType.CREATED),
        type=EventType.CREATED,
        at=handoff.created_at,
        by=handoff.handed_off_by or handoff.sender,
        named_at=event.occurred_at,
    )


def _claim(event: Event, session: Session, handoff: Handoff) -> TicketNote | None:
    note = TicketNote.of_claim(handoff, _id(event, EventType.CLAIMED), named_at=event.occurred_at)
    is_due = note and note.at < event.occurred_at and note.is_still_true(handoff, session.epoch)
    return note if is_due else None


def _reopening(event: Event, session: Session) -> TicketNote | None:
    if session.reopened_at is None or session.reopened_at >= event.occurred_at:
        return None
    note = TicketNote(
        event_id=_id(event, EventType.REOPENED),
        type=EventType.REOPENED,
        at=session.reopened_at,
        by=session.holder,
        named_at=event.occurred_at,
    )
    return note if note.is_of_reopening(session) else None


def _has(ledger: TicketNoteLedger, note: TicketNote, named: TicketPlace) -> bool:
    """Whether the ticket has a note like `note` since it was last corrected as the wrong one, or will get one."""
    last_correction = max(
        (place for place, one in enumerate(ledger.notes) if one.type is EventType.CORRECTED and one.ticket == named),
        default=-1,
    )
    return any(
        one.tells_same_as(note) and (one.ticket is None or (one.ticket == named and place > last_correction))
        for place, one in enumerate(ledger.notes)
    )


def _id(event: Event, kind: EventType) -> str:
    return str(uuid5(EVENT_NAMESPACE, f"{event.id}/named/{kind}"))
