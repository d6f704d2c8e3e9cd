"""A label in a sentence: `the password for joe is …`, `Passwort auf … gesetzt`, `pw …`."""

import re

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.values import Value
from chalicelib.domain.redaction.vocabulary.labels import Strength
from chalicelib.domain.redaction.vocabulary.prose import CARRIERS, CHANGES, TARGETS, UNITS

_STEPS = 10
_STEP = re.compile(r"[ \t]{1,8}+(\S{1,40})")
_SIGNS = frozenset(("/", "-", ":", "=", "->", "→"))
_AROUND = "\"'`*.,;:()"


def in_sentence(text: str, found: LabelMatch) -> Value | None:
    """Return the value that a sentence gives after a label, with nothing but carriers and a target between them."""
    was_carried, was_to, is_target = False, False, False
    at = found.end
    for step in range(_STEPS):
        match = _STEP.match(text, at)
        if match is None:
            return None
        at, written = match.end(), match.group(1)
        word = written.strip(_AROUND).lower()
        if word in TARGETS:
            is_target = True
        elif word in CARRIERS or written in _SIGNS:
            if written.endswith((".", ";")):
                return None
            was_carried, was_to, is_target = True, was_to or word in ("to", "auf"), False
        elif not is_target or (was_carried and looks_secret(written)):
            return _judged(text, found, match.start(1), is_bare=step == 0, was_to=was_to)
        else:
            is_target = False
    return None


def _judged(text: str, found: LabelMatch, start: int, *, is_bare: bool, was_to: bool) -> Value | None:
    value = values.read(text, start)
    if value is None:
        return None
    written = text[value.start : value.end]
    if found.label.strength is Strength.NUMBER and written.isdigit():
        return value if 4 <= len(written) <= 8 and not _has_unit(text, value) else None
    if written[0] in "-/" or not looks_secret(written) or is_evidence(written):
        return None
    if not has_marks(written) and (is_numbered(written) or (was_to and not _was_changed(text, found))):
        return None
    return None if is_bare and found.label.strength is Strength.WEAK and len(written) < 8 else value


def _was_changed(text: str, found: LabelMatch) -> bool:
    around = text[max(0, found.start - 40) : found.end + 40].lower()
    return any(verb in around for verb in CHANGES)


def _has_unit(text: str, value: Value) -> bool:
    following = _STEP.match(text, value.end)
    return following is not None and following.group(1).strip(_AROUND).lower() in UNITS
