"""How the tests of single detectors ask one for what it finds."""

from collections.abc import Callable, Iterable

from chalicelib.domain.redaction.folding import fold
from chalicelib.domain.redaction.scan import Scan, scan
from chalicelib.domain.redaction.spans import Span


def found_by(find: Callable[[Scan], Iterable[Span]], text: str) -> list[str]:
    """Return what one detector finds in a text, in the order of the text."""
    folded = fold(text)
    places = sorted({folded.original(span.start, span.end) for span in find(scan(folded.text))})
    return [text[start:end] for start, end in places]
