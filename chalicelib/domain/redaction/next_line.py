"""A value on the line below its label: headings, YAML, fields of Kubernetes."""

import re

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.evidence import has_marks, is_evidence, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.values import Value
from chalicelib.domain.redaction.vocabulary.labels import NUMBER

_AROUND_LINE = " \t\"'`*>."
_LINE = re.compile(r"[^\n]{0,300}")
_NEXT_LINE = re.compile(
    r"(?:\\{0,7}[\"'`]|\*\*|__|</[a-z]{1,10}>)*+[ \t]*+\n(?:[ \t>]*+[-=_]{3,80}+[ \t]*+\n)?(?:[ \t>]*+\n)?[ \t>]*+"
    r"(?:[Vv]alue[ ]?:[ ]?)?+"
)


def on_next_line(text: str, found: LabelMatch, at: int) -> Value | None:
    """Return the value on the line below the one in which a label stands, whose value would begin at `at`."""
    link = _NEXT_LINE.match(text, at)
    return _behind_line(text, found, link) if link else None


def _behind_line(text: str, found: LabelMatch, link: re.Match[str]) -> Value | None:
    value = values.read(text, link.end())
    if not value or found.is_unqualified:
        return None
    written = text[value.start : value.end]
    is_number = found.label.strength is NUMBER and written.isdigit()
    if not (is_number or looks_secret(written)) or is_evidence(written):
        return None
    line = _LINE.match(text, link.end())
    is_alone = line is not None and line.group().strip(_AROUND_LINE) == written.strip(_AROUND_LINE)
    return value if is_alone or (not is_number and (value.is_enclosed or has_marks(written))) else None


def in_heading(text: str, found: LabelMatch) -> Value | None:
    """Return the value below a label that has its line to itself."""
    link = _NEXT_LINE.match(text, found.end)
    if not link or "|" in text[max(0, found.start - 1) : found.end + 1]:
        return None  # a table is read by its columns
    starts_line = text.rfind("\n", max(0, found.start - 30), found.start) + 1
    if text[max(starts_line, found.start - 30) : found.start].strip(" \t#*<>b/stronghd").count(" ") > 2:
        return None
    return _behind_line(text, found, link)
