"""The lines of a record that say what was corrected since."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.correction import Corrected, Correction
from chalicelib.domain.display_text import one_line
from chalicelib.domain.instants import format_instant
from chalicelib.domain.renderings import DocumentLine, LineStyle
from chalicelib.domain.turn import Step


def correction_lines(corrections: Sequence[Correction]) -> Iterator[DocumentLine]:
    """Return what holds instead of what was handed over; nothing without corrections."""
    if corrections:
        yield DocumentLine(style=LineStyle.HEADING, text="Corrected since the hand off")
    for one in corrections:
        lead = one_line(f"{_LABELS[one.of]}{_done(one)} by {one.by.name}, {format_instant(one.at)}:")
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=lead)
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=_now(one))


_LABELS = {
    Corrected.SUMMARY: "Problem",
    Corrected.DOMAIN: "Domain",
    Corrected.TICKET: "Ticket",
    Corrected.TURN: "Entry",
}


def _done(correction: Correction) -> str:
    turn = correction.turn
    return f" {turn.seq} {'withdrawn' if turn.struck else 'changed'}" if turn else " changed"


def _now(correction: Correction) -> str:
    turn = correction.turn
    if turn is None:
        return correction.now or "none"
    if turn.struck:
        return turn.struck.reason
    return f"{turn.description} ({turn.result.words})" if isinstance(turn, Step) else turn.text
