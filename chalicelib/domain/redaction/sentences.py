"""A label in a sentence: `the password for joe is …`, `Passwort auf … gesetzt`, `pw …`."""

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import Found
from chalicelib.domain.redaction.values import Value
from chalicelib.domain.redaction.vocabulary.labels import Strength
from chalicelib.domain.redaction.vocabulary.prose import CARRIERS, CHANGES, TARGETS, UNITS

_REACH = 90
_STEPS = 10


def in_sentence(text: str, found: Found) -> Value | None:
    """Return the value that a sentence gives after a label, with nothing but carriers and a target between them."""
    following = text[found.end : found.end + 1]
    if following not in (" ", "\t", "\u00a0"):
        return None
    was_carried, was_to, skip = False, False, False
    for step, (start, end) in enumerate(values.words(text, found.end, _REACH)[:_STEPS]):
        word = text[start:end].strip("\"'`*.,;:()").lower()
        if skip or word in TARGETS:
            skip = word in TARGETS
            if skip or not (was_carried and looks_secret(word)):
                continue
        if word in CARRIERS or text[start:end] in ("/", "-", ":", "=", "->", "→"):
            was_carried, was_to = True, was_to or word in ("to", "auf")
            if text[start:end].endswith((".", ";")):
                return None
            continue
        return _judged(text, found, start, is_bare=step == 0, was_to=was_to)
    return None


def _judged(text: str, found: Found, start: int, *, is_bare: bool, was_to: bool) -> Value | None:
    value = values.read(text, start)
    if value is None:
        return None
    written = text[value.start : value.end]
    if is_evidence(written) or _has_unit(text, value):
        return None
    if found.label.strength is Strength.NUMBER and written.isdigit():
        return value if 4 <= len(written) <= 8 else None
    if not looks_secret(written) or (not has_marks(written) and is_numbered(written)):
        return None
    if was_to and not has_marks(written) and not _was_changed(text, found):
        return None
    if is_bare and found.label.strength is Strength.WEAK and len(written) < 8:
        return None
    return value


def _was_changed(text: str, found: Found) -> bool:
    before = text[max(0, found.start - 40) : found.start].lower()
    between = text[found.end : found.end + 40].lower()
    return any(verb in before or verb in between for verb in CHANGES)


def _has_unit(text: str, value: Value) -> bool:
    following = values.words(text, value.end, 40)
    unit = text[slice(*following[0])].strip(".,;:)").lower() if following else ""
    return text[value.start : value.end].isdigit() and unit in UNITS
