"""What the notes on a PSA ticket say. They are for the MSP's own people, and secrets in them are masked."""

from chalicelib.domain.display_text import one_line, readable
from chalicelib.domain.documentation import record_of
from chalicelib.domain.events import EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import format_instant
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.renderings import DocumentLine, LineStyle
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note_ledger import TicketNote


class NoteContent(FrozenModel):
    """A title on one line, and the lines below it."""

    title: str
    lines: tuple[DocumentLine, ...]


def content_of(note: TicketNote, handoff: HandoffDetail, session: Session) -> NoteContent:
    """Return what `note` says: of a hand off the whole record, of what follows who did it and when."""
    who = note.by.name if note.by else "FlowPilot"
    title = one_line(f"{_verb(note, handoff)} by {who}")
    if note.type is EventType.CREATED:
        return NoteContent(title=title, lines=tuple(record_of(handoff).masked().lines()))
    lines = [_paragraph(f"{title}, {format_instant(note.at)}.")]
    if note.type is EventType.RESOLVED:
        resolution, cause = redact_together([readable(text or "") for text in (session.resolution, session.root_cause)])
        lines += _section("Resolution", resolution) + _section("Root cause", cause)
    return NoteContent(title=title, lines=tuple(lines))


def _verb(note: TicketNote, handoff: HandoffDetail) -> str:
    if note.type is EventType.CLAIMED:
        return "Picked up"
    if note.type is EventType.RESOLVED:
        return "Resolved"
    return "Escalated" if handoff.intent is Intent.ESCALATE else "Parked"


def _section(heading: str, text: str) -> list[DocumentLine]:
    return [DocumentLine(style=LineStyle.HEADING, text=heading), _paragraph(text)] if text else []


def _paragraph(text: str) -> DocumentLine:
    return DocumentLine(style=LineStyle.PARAGRAPH, text=text)
