"""A label in a sentence: `the password for joe is …`, `Passwort auf … gesetzt`, `pw …`."""

import re

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.values import BARE, Value
from chalicelib.domain.redaction.vocabulary.labels import NUMBER, WEAK
from chalicelib.domain.redaction.vocabulary.prose import CARRIERS, CHANGES, TARGETS, UNITS

_STEPS, _LONGEST_WORD = 10, 40
_STEP = re.compile(r"[ \t]{1,8}+(\S{1,40})")
_SIGNS = frozenset(("/", "-", ":", "=", "->", "→"))
_AROUND = "\"'`*.,;:()"


def in_sentence(text: str, found: LabelMatch) -> Value | None:
    """Return the value that a sentence gives after a label, with nothing but carriers and a target between them."""
    was_carried, was_to, was_in, is_target = False, False, False, False
    at = found.end
    for step in range(_STEPS):
        match = _STEP.match(text, at)
        if match is None:
            return None
        at, written = match.end(), match.group(1)
        word = written.strip(_AROUND).lower()
        if word in TARGETS:
            is_target = True
        elif word in CARRIERS or written in _SIGNS or (word == "in" and was_carried):
            if written.endswith((".", ";")):
                return None
            was_carried, was_in, is_target = True, was_in or word == "in", False
            was_to = was_to or word in ("to", "auf", "in")
        elif not (is_target or (word.isdigit() and len(word) < 4)) or (was_carried and looks_secret(written)):
            value = _judged(text, found, match, is_bare=step == 0, was_to=was_to)
            return value if value and (not was_in or has_marks(written)) else None
        else:
            is_target = False
    return None


def _judged(text: str, found: LabelMatch, match: re.Match[str], *, is_bare: bool, was_to: bool) -> Value | None:
    start, end = match.span(1)
    written = match.group(1)
    if written.isalnum() and end - start < _LONGEST_WORD:
        value: Value | None = Value(start, end, BARE, end)
    else:
        value = values.read(text, start)
    if value is None:
        return None
    written = text[value.start : value.end]
    if found.label.strength is NUMBER and written.isdigit():
        return value if 4 <= len(written) <= 8 and not _has_unit(text, value) else None
    if written[0] in "-/" or not looks_secret(written) or is_evidence(written):
        return None
    if not has_marks(written) and (is_numbered(written) or (was_to and not _was_changed(text, found))):
        return None
    return None if is_bare and found.label.strength is WEAK and len(written) < 8 else value


def _was_changed(text: str, found: LabelMatch) -> bool:
    around = text[max(0, found.start - 40) : found.end + 40].lower()
    return any(verb in around for verb in CHANGES)


def _has_unit(text: str, value: Value) -> bool:
    following = _STEP.match(text, value.end)
    return following is not None and following.group(1).strip(_AROUND).lower() in UNITS
