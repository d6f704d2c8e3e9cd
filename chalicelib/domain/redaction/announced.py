"""Whether what stands where a label's value belongs is a secret, or says how the secret is."""

import re

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.evidence import has_spaces, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.values import BARE, Value
from chalicelib.domain.redaction.vocabulary.labels import LIST, NUMBER, STRONG, WEAK
from chalicelib.domain.redaction.vocabulary.prose import STATES, UNITS, VALUE_FOLLOWERS

_BASE32 = re.compile(r"(?:[A-Z2-7]{8}){2,8}={0,6}")
"""The seed of an authenticator, which may have no digit; words in capitals have more vowels."""
_LINE = re.compile(r"[^\n]{0,300}")


def phrase(text: str, value: Value) -> Value | None:
    """Return the whole of a passphrase of several words, of which `value` is the first; None where it is a remark."""
    if value.is_enclosed:
        return value if not is_evidence(text[value.start : value.end]) else None
    line = _LINE.match(text, value.start)
    written = line.group().rstrip() if line else ""
    words = [word.strip(".,;").lower() for word in written.split()]
    is_remark = len(set(words) & STATES) > (len(words) > 3)
    if 3 <= len(words) <= 24 and all(word.isalpha() for word in words) and not is_remark:
        end = value.start + len(written)
        return Value(value.start, end, BARE, end)
    return None


def is_announced(text: str, value: Value, found: LabelMatch, *, is_flag: bool = False) -> bool:
    """Return whether a value that stands where the label's value belongs is one."""
    written = text[value.start : value.end]
    if is_evidence(written) or _has_unit(text, value, written):
        return False
    if value.is_enclosed and has_spaces(written):
        return _is_quoted_secret(written, found)
    if looks_secret(written):
        return not (found.label.strength is WEAK and is_numbered(written))
    if _BASE32.fullmatch(written):
        return sum(map(written.count, "AEIOU")) * 10 <= len(written) * 3
    if found.label.strength is NUMBER:
        return len(written) >= 4 and written.replace("-", "").isdigit()
    is_word = found.label.strength not in (WEAK, LIST) and (len(written) > 2 or value.is_enclosed)
    return is_word and (value.is_enclosed or is_flag or _stands_alone(text, value))


def secret_of_pair(text: str, first: Value, found: LabelMatch) -> Value | None:
    """Return the secret of `name / secret`, and both of `Secret / secret`; None where a remark follows the first."""
    second = values.read(text, first.end + len(" / "))
    weak = found._replace(label=found.label._replace(strength=WEAK))
    if second is None or not is_announced(text, second, weak):
        return None
    written = text[first.start : first.end]
    is_name = written.islower() or not looks_secret(written) or is_numbered(written) or is_evidence(written)
    return second if is_name else Value(first.start, second.end, BARE, second.after)


def _is_quoted_secret(written: str, found: LabelMatch) -> bool:
    parts = written.split()
    if any(looks_secret(part) and not is_evidence(part) for part in parts):
        return parts[0].lower() not in STATES
    return found.label.strength is STRONG and parts[0].lower() not in STATES and len(parts) <= 4


def _has_unit(text: str, value: Value, written: str) -> bool:
    if not written[:1].isdigit():
        return False
    number, _, rest = written.partition(" ")
    if not number.replace(".", "").isdigit():
        return False
    following = None if rest else values.next_word(text, value.after)
    unit = (
        rest.split()[0]
        if rest.strip()
        else following.group(1)
        if following and following.start(1) > value.after
        else ""
    )
    return unit.strip(".,;:)").lower() in UNITS


def _stands_alone(text: str, value: Value) -> bool:
    """Return whether a plain word is the whole value, and not the first word of a remark."""
    rest = values.next_word(text, value.end)
    if rest is None or rest.start(1) == value.end:
        return rest is None or rest.group(1)[0] not in ":="
    following = rest.group(1).strip("\"'`*.,;:()").lower()
    return not following or following in VALUE_FOLLOWERS or rest.group(1)[0] in "(|<-/" or ":" in rest.group(1)
