"""Detector: secrets that a label announces, in every layout that people and programs write."""

from collections.abc import Iterator

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.labels import LabelMatch, find_labels
from chalicelib.domain.redaction.layouts import layouts_of
from chalicelib.domain.redaction.lists import in_list, in_pair
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Span
from chalicelib.domain.redaction.vocabulary.labels import Strength


def find(scanned: Scan) -> Iterator[Span]:
    """Yield what labels announce."""
    text, past, listed = scanned.text, 0, 0
    for found in find_labels(scanned):
        is_list = found.label.strength is Strength.LIST
        if found.start < past or (is_list and found.start < listed):
            continue
        if is_list:
            spans, listed = in_list(text, found)
            if spans:
                yield from spans
                past = spans[-1].end
                continue
        is_pair = found.label.strength is Strength.PAIR
        span = in_pair(text, found) if is_pair else _announced(text, found)
        if span:
            yield span
            past = span.end


def _announced(text: str, found: LabelMatch) -> Span | None:
    for layout in layouts_of(text, found):
        value = layout(text, found)
        if value:
            return Span(value.start, values.whole_end(text, value), found.label.kind)
    return None
