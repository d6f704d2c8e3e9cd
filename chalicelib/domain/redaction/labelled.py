"""Detector: secrets that a label announces, in every layout that people and programs write."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.labels import LabelMatch, find_labels
from chalicelib.domain.redaction.layouts import layouts_of
from chalicelib.domain.redaction.lists import below, in_list, in_pair
from chalicelib.domain.redaction.preceding import before_label
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Span
from chalicelib.domain.redaction.vocabulary.labels import LIST, PAIR


def find(scanned: Scan) -> Iterator[Span]:
    """Yield what labels announce."""
    text, past, listed = scanned.text, 0, 0
    for found in find_labels(scanned):
        if found.start < past:
            continue
        spans: Sequence[Span] = ()
        if found.label.strength is LIST:
            if found.start < listed:
                continue
            spans, listed = in_list(text, found)
            spans = spans or below(text, found)
        spans = spans or _announced(text, found)
        if spans:
            yield from spans
            past = max(past, spans[-1].end)


def _announced(text: str, found: LabelMatch) -> tuple[Span, ...]:
    if found.label.strength is PAIR:
        pair = in_pair(text, found)
        return (pair,) if pair else ()
    for layout in layouts_of(text, found):
        if value := layout(text, found):
            return (Span(value.start, values.whole_end(text, value), found.label.kind),)
    before = before_label(text, found) if found.start and text[found.start - 1] == " " else None
    return (before,) if before else ()
