"""Detector: a column of a table that a label heads: Markdown, CSV, tabs, HTML rows."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from chalicelib.domain.redaction.evidence import is_evidence, looks_secret
from chalicelib.domain.redaction.labels import find_labels
from chalicelib.domain.redaction.scan import Scan, scan
from chalicelib.domain.redaction.spans import Span
from chalicelib.domain.redaction.vocabulary.labels import LIST, STRONG, WORDS, Label

_LONGEST_LINE = 600
_MOST_COLUMNS = 30
_MOST_ROWS = 40
_LONGEST_HEADING = 40
_SEPARATORS = "|\t;,"
_HTML_ROW = re.compile(r"<tr[^<>]{0,80}>")
_HTML_CELL = re.compile(r"<t[hd][^<>]{0,80}>([^<]{0,256})")
_DASHES = re.compile(r"\n-{3,80}+ {1,80}+-[- ]{0,400}+\n")
_WORDS = re.compile(r"\S++(?: \S++){0,2}+")
_RULE = frozenset("|-: +=")


class _Table:
    """The rows of one table as they come; the first names the columns that hold secrets."""

    def __init__(self, separator: str, headings: list[str]) -> None:
        self.separator, self.width = separator, len(headings)
        self.labels = _headings(headings)

    def secrets_in(self, line: str, at: int) -> Iterator[Span]:
        cells = line.split(self.separator)
        if len(cells) == self.width:
            for column, label in self.labels.items():
                yield from _secret_in(cells[column], at + sum(map(len, cells[:column])) + column, label)


def find(scanned: Scan) -> Iterator[Span]:
    """Yield the cells below a heading that is a label."""
    text = scanned.text
    if not scanned.labels or ("\n" not in text and "<t" not in text):
        return
    if "<t" in scanned.lower:
        yield from _in_html(text)
    yield from _by_position(text)
    if any(separator in text for separator in _SEPARATORS):
        yield from _in_lines(text)


def _in_html(text: str) -> Iterator[Span]:
    labels: dict[int, Label] | None = None
    for start, end in pairwise([*(match.end() for match in _HTML_ROW.finditer(text)), len(text)]):
        cells = list(_HTML_CELL.finditer(text, start, end))
        if labels is None:
            labels = _headings([cell.group(1) for cell in cells])
        else:
            for column, label in labels.items():
                if column < len(cells):
                    yield from _secret_in(cells[column].group(1), cells[column].start(1), label)


def _in_lines(text: str) -> Iterator[Span]:
    table, at = None, 0
    for line in text.split("\n"):
        separator = "" if len(line) > _LONGEST_LINE else _separator(line)
        if not separator or (separator == "," and ", " in line):
            table = None
        elif table is None or table.separator != separator:
            table = _Table(separator, line.split(separator))
        elif table.labels:
            yield from table.secrets_in(line, at)
        at += len(line) + 1


def _separator(line: str) -> str:
    if "|" in line:
        return "|"
    if "\t" in line:
        return "\t"
    return ";" if ";" in line else "," if "," in line else ""


def _by_position(text: str) -> Iterator[Span]:
    """Yield what stands below a label in a table that is laid out with blanks and has a rule under its headings."""
    for rule in _DASHES.finditer(text):
        heading_at = text.rfind("\n", 0, rule.start()) + 1
        heading = text[heading_at : rule.start()]
        if len(heading) > _LONGEST_LINE or "  " not in heading.strip():
            continue
        for match in islice(_WORDS.finditer(heading), _MOST_COLUMNS):
            if label := _heading(match.group()):
                yield from _below(text, rule.end(), match.start(), label)


def _below(text: str, at: int, column: int, label: Label) -> Iterator[Span]:
    for _ in range(_MOST_ROWS):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)][:_LONGEST_LINE]
        if not line.strip() or line.startswith("---"):
            return
        if line[column - 1 : column] in ("", " ") and (word := line[column:].split(" ")[0]):
            yield from _secret_in(word, at + column, label)
        if end < 0:
            return
        at = end + 1


def _headings(cells: list[str]) -> dict[int, Label]:
    if len(cells) > _MOST_COLUMNS or any(len(cell) > _LONGEST_HEADING or _has_digit(cell) for cell in cells):
        return {}
    found = {column: _heading(cell) for column, cell in enumerate(cells)}
    return {column: label for column, label in found.items() if label}


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _heading(cell: str) -> Label | None:
    words = cell.strip(" *_`\"'\r")
    found = list(find_labels(scan(words))) if words.count(" ") < 3 else []
    is_heading = len(found) == 1 and found[0].end == len(words) and not found[0].is_unqualified
    return found[0].label if is_heading and found[0].label.strength is not LIST else None


def _secret_in(cell: str, at: int, label: Label) -> Iterator[Span]:
    value = cell.strip(" \t*`\"'\r")
    is_plain = len(value) > 3 and not set(value) <= _RULE and " " not in value and value.lower() not in WORDS
    if is_plain and (label.strength is STRONG or looks_secret(value)) and not is_evidence(value):
        start = at + cell.index(value)
        yield Span(start, start + len(value), label.kind)
