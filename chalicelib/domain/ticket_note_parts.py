"""Notes for a PSA ticket: cut to what a PSA takes, in numbered parts that can be found again by their marker."""

from collections.abc import Callable, Iterator, Sequence

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.renderings import DocumentLine, LineStyle

Render = Callable[[Sequence[DocumentLine]], str]

LEAST_LIMIT = 500
"""The smallest limit that parts are cut to: marker, the tags of a line and some words have to fit."""

_WIDEST = "[FlowPilot 000000000000 9999/9999]"


class NotePart(FrozenModel):
    """One note to write. `text` begins with a marker that no other note has; `trace` is the part of it to look for.

    The trace leaves out how many parts there are, which another release of ours might count otherwise.
    """

    text: str
    trace: str


def cut_into_parts(event_id: str, lines: Sequence[DocumentLine], render: Render, limit: int) -> list[NotePart]:
    """Return the notes that tell `lines`, each of at most `limit` UTF-16 units as rendered. Nothing is left out.

    UTF-16 units are what the databases of all three systems count. Raises ValueError for a limit below LEAST_LIMIT.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"a note needs room for {LEAST_LIMIT} characters, not {limit}")

    def fits(part: Sequence[DocumentLine]) -> bool:
        return _weight(render([_marked(_WIDEST), *part])) <= limit

    parts = _packed([piece for line in lines for piece in _pieces(line, fits)], fits)
    name = f"[FlowPilot {event_id.replace('-', '')[-12:]} "
    return [
        NotePart(text=render([_marked(f"{name}{number}/{len(parts)}]"), *part]), trace=f"{name}{number}/")
        for number, part in enumerate(parts, 1)
    ]


def _pieces(line: DocumentLine, fits: Callable[[Sequence[DocumentLine]], bool]) -> Iterator[DocumentLine]:
    if fits([line]):
        yield line
        return
    for half in line.halves():
        yield from _pieces(half, fits)


def _packed(pieces: list[DocumentLine], fits: Callable[[Sequence[DocumentLine]], bool]) -> list[list[DocumentLine]]:
    parts: list[list[DocumentLine]] = [[]]
    for piece in pieces:
        if not fits([*parts[-1], piece]):
            parts.append([])
        parts[-1].append(piece)
    return parts


def _marked(marker: str) -> DocumentLine:
    return DocumentLine(style=LineStyle.PARAGRAPH, text=marker)


def _weight(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
