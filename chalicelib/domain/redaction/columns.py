"""Detector: a column of a table that a label heads: Markdown, CSV, tabs, HTML rows."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from chalicelib.domain.redaction.evidence import is_evidence
from chalicelib.domain.redaction.labels import Found, find_labels
from chalicelib.domain.redaction.spans import Kind, Span
from chalicelib.domain.redaction.vocabulary.labels import Strength

_LONGEST_LINE = 600
_HTML_ROW = re.compile(r"<tr[^<>]{0,80}>")
_HTML_CELL = re.compile(r"<t[hd][^<>]{0,80}>([^<]{0,256})")
_RULE = frozenset("|-: +=")


def find(text: str) -> Iterator[Span]:
    """Yield the cells below a heading that is a label."""
    if "<t" in text:
        yield from _rows(((match.group(1), match.start(1)) for match in row) for row in _html_rows(text))
    for separator in ("|", "\t", ";", ","):
        if separator in text:
            yield from _in_lines(text, separator)


def _html_rows(text: str) -> Iterator[list[re.Match[str]]]:
    starts = [match.end() for match in _HTML_ROW.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        yield list(_HTML_CELL.finditer(text, start, end))


def _in_lines(text: str, separator: str) -> Iterator[Span]:
    block: list[list[tuple[str, int]]] = []
    at = 0
    for line in text.split("\n"):
        has_cells = separator in line and len(line) <= _LONGEST_LINE and not (separator == "," and ", " in line)
        if has_cells:
            block.append(_cells(line, at, separator))
        elif block:
            yield from _rows(block)
            block = []
        at += len(line) + 1
    yield from _rows(block)


def _cells(line: str, at: int, separator: str) -> list[tuple[str, int]]:
    cells = []
    for cell in line.split(separator):
        cells.append((cell, at))
        at += len(cell) + 1
    return cells


def _rows(rows: Iterable[Iterable[tuple[str, int]]]) -> Iterator[Span]:
    labels: dict[int, Kind] = {}
    width = 0
    for number, cells in enumerate(map(list, rows)):
        if number == 0:
            labels, width = _headings(cells), len(cells)
        elif labels and len(cells) == width:
            for column, kind in labels.items():
                yield from _secret_in(*cells[column], kind)
        if not labels:
            return


def _headings(cells: list[tuple[str, int]]) -> dict[int, Kind]:
    if not all(len(cell) <= 40 and not any(map(str.isdigit, cell)) for cell, _ in cells):
        return {}
    found = {column: _heading(cell) for column, (cell, _) in enumerate(cells)}
    return {column: label.label.kind for column, label in found.items() if label}


def _heading(cell: str) -> Found | None:
    words = cell.strip(" *_`\"'")
    labels = list(find_labels(words))
    is_heading = len(labels) == 1 and labels[0].end == len(words) and not labels[0].is_unqualified
    return labels[0] if is_heading and words.count(" ") < 3 and labels[0].label.strength is not Strength.LIST else None


def _secret_in(cell: str, at: int, kind: Kind) -> Iterator[Span]:
    value = cell.strip(" \t*`\"'\r")
    is_secret = len(value) > 3 and not set(value) <= _RULE and " " not in value and not is_evidence(value)
    if is_secret:
        start = at + cell.index(value)
        yield Span(start, start + len(value), kind)
