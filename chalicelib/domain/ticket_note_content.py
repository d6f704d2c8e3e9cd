"""What the notes on a PSA ticket say. They are for the MSP's own people, and secrets in them are masked."""

from chalicelib.domain.display_text import one_line, readable
from chalicelib.domain.documentation import Record, record_of
from chalicelib.domain.events import EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import format_instant
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.renderings import DocumentLine, LineStyle
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.titles import ticket_mark


class NoteContent(FrozenModel):
    """A title on one line, and the lines below it."""

    title: str
    lines: tuple[DocumentLine, ...]


def content_of(
    note: TicketNote, handoff: HandoffDetail, session: Session, reason: str = "", left: str | None = None
) -> NoteContent:
    """Return what `note` says: of a hand off the whole record, of what follows who did it and when.

    `reason` is why the session was reopened, `left` the line about an owner that was not set.
    """
    if note.type is EventType.REOPENED:
        return content_of_reopening(note, reason)
    who = note.by.name if note.by else "FlowPilot"
    title = one_line(f"{_verb(note, handoff)} by {who}")
    if note.type is EventType.CREATED:
        return NoteContent(title=title, lines=tuple(_record_for(note, handoff, session).masked().lines()))
    lines = [_paragraph(line) for line in (f"{title}, {format_instant(note.at)}.", left) if line]
    if note.type is EventType.CORRECTED:
        lines.append(_named_by_mistake(session))
    if note.type is EventType.RELEASED:
        [release_note] = redact_together([readable(handoff.release_note or "")])
        lines += _section("Note", release_note)
    if note.type is EventType.RESOLVED:
        lines += _resolution_of(session)
        lines += [] if _is_after_reopening(note, handoff) else _notes_since(handoff)
    return NoteContent(title=title, lines=tuple(lines))


def _record_for(note: TicketNote, handoff: HandoffDetail, session: Session) -> Record:
    """Return the record of the hand off; for a ticket named later, with the corrections and that ticket's facts."""
    if note.named_at is None and session.psa_ticket_id == handoff.snapshot.psa_ticket_id:
        return record_of(handoff)
    of_ticket = {"psa_ticket_id": session.psa_ticket_id, "ticket": session.ticket}
    snapshot = handoff.snapshot.applying(handoff.since.corrections).model_copy(update=of_ticket)
    return record_of(handoff.model_copy(update={"snapshot": snapshot}))


def owner_left(given_to: str, system: str) -> str:
    """Return the line of a note about an owner whom people have chosen in the meantime, and who is kept."""
    return one_line(f"Assigned to {given_to} in {system} meanwhile; left as it is.")


def content_of_session_note(note: TicketNote, session: Session, reason: str) -> NoteContent:
    """Return what `note` says of a session that was never handed off: reopened, resolved again or of another ticket."""
    if note.type is EventType.REOPENED:
        return content_of_reopening(note, reason)
    title = one_line(f"{_VERBS[note.type]} by {note.by.name if note.by else 'FlowPilot'}")
    told = _paragraph(f"{title}, {format_instant(note.at)}.")
    is_wrong = note.type is EventType.CORRECTED
    return NoteContent(
        title=title, lines=(told, *([_named_by_mistake(session)] if is_wrong else _resolution_of(session)))
    )


def _named_by_mistake(session: Session) -> DocumentLine:
    right = ticket_mark(session.psa_ticket_id)
    about = f"are about {right}" if right else "are about another case"
    return _paragraph(f"This ticket was named by mistake. The FlowPilot notes on it {about}. Ignore them.")


def _resolution_of(session: Session) -> list[DocumentLine]:
    resolution, cause = redact_together([readable(text or "") for text in (session.resolution, session.root_cause)])
    return _section("Resolution", resolution) + _section("Root cause", cause)


def content_of_reopening(note: TicketNote, reason: str) -> NoteContent:
    """Return what a note says of a session that was reopened: by whom, when and why."""
    title = one_line(f"Reopened by {note.by.name if note.by else 'FlowPilot'}")
    [masked] = redact_together([readable(reason)])
    told = _paragraph(f"{title}, {format_instant(note.at)}.")
    return NoteContent(title=title, lines=(told, *_section("Reason", masked)))


def _notes_since(handoff: HandoffDetail) -> list[DocumentLine]:
    """Return what people wrote after the hand off, whose own note has what was written before."""
    later = record_of(handoff).masked().notes[len(handoff.snapshot.notes) :]
    if not later:
        return []
    lines = [_paragraph(line) for note in later for line in (note.lead, note.text)]
    return [DocumentLine(style=LineStyle.HEADING, text="Notes"), *lines]


def _is_after_reopening(note: TicketNote, handoff: HandoffDetail) -> bool:
    """Whether it tells of a resolution after another, whose note has the notes of people."""
    return handoff.reopened_at is not None and note.at > handoff.reopened_at


_VERBS = {
    EventType.CLAIMED: "Picked up",
    EventType.RELEASED: "Returned to the queue",
    EventType.RETURNED: "Returned to the queue",
    EventType.PASSED_ON: "Passed on",
    EventType.RESOLVED: "Resolved",
    EventType.CORRECTED: "Ticket corrected",
}


def _verb(note: TicketNote, handoff: HandoffDetail) -> str:
    if note.to:
        return f"Reassigned to {note.to.name}"
    return _VERBS.get(note.type, "Escalated" if handoff.intent is Intent.ESCALATE else "Parked")


def _section(heading: str, text: str) -> list[DocumentLine]:
    return [DocumentLine(style=LineStyle.HEADING, text=heading), _paragraph(text)] if text else []


def _paragraph(text: str) -> DocumentLine:
    return DocumentLine(style=LineStyle.PARAGRAPH, text=text)
