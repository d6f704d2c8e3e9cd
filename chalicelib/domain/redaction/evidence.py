"""What a secret looks like, and what never is one."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from math import log2

from chalicelib.domain.redaction.vocabulary import identifiers
from chalicelib.domain.redaction.vocabulary.prose import STATES

LONGEST_JUDGED = 256
"""Longer values are no identifiers: what announces them decides."""

ENTROPY_BITS = 3.5
"""Of a value that only an assignment announces, in bits a character (the limit of gitleaks' generic rule)."""
ENTROPY_LENGTH = 20

_QUOTES = "()\"'`.,;:!?"
_MARKS = frozenset("!#$%&*+?@^~=|§€")
_AROUND = "()[]{}<>\"'`.,;:!?|"
_MASK = re.compile(r"\[masked(?::[^\]\n]{1,40})?\]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    whatever_case = [*identifiers.CODES, *identifiers.TIMES, *identifiers.NAMES, *identifiers.PLACEHOLDERS]
    return re.compile("|".join(whatever_case), re.IGNORECASE), re.compile("|".join(identifiers.EXACT))


@lru_cache(maxsize=1_024)
def is_evidence(value: str) -> bool:
    """Return whether `value` is an identifier, a code, a name, a place, a state or a placeholder: never a secret."""
    if len(value) > LONGEST_JUDGED:
        return False
    bare = value.strip(_AROUND)
    if not bare or not any(map(str.isalnum, bare)) or bare.lower() in STATES:
        return True
    loose, exact = _patterns()
    return any(loose.fullmatch(form) or exact.fullmatch(form) for form in {value, bare, value.strip(_QUOTES)}) or bool(
        _MASK.search(value)
    )


def forget_judgments() -> None:
    """Forget the values that were judged, which may be secrets."""
    is_evidence.cache_clear()
    looks_secret.cache_clear()


@lru_cache(maxsize=1_024)
def looks_secret(value: str) -> bool:
    """Return whether `value` has what a secret has: digits among letters, marks inside, mixed case."""
    core = value.strip("()[]{}<>\"'`.,;:")
    if len(core) < 5:
        return len(core) == 4 and has_marks(core)
    has_digit = any(map(str.isdigit, core))
    has_letter = any(map(str.isalpha, core))
    if has_digit and (has_letter or has_marks(core)):
        return True
    if has_letter and has_marks(core.rstrip("!?")):
        return True
    return len(core) >= 16 and _changes_case(core) >= 4


def has_marks(value: str) -> bool:
    """Return whether a mark that words do not have stands in `value`."""
    return not _MARKS.isdisjoint(value)


def is_numbered(value: str) -> bool:
    """Return whether `value` is a thing with a number, such as `DC01` or `Office365`, in prose."""
    core = value.strip(_AROUND)
    name = core.rstrip("0123456789")
    if len(core) - len(name) > 4 or len(name) == len(core):
        return False
    parts = name.rstrip("-").split("-")
    return name.isupper() or parts[-1].lower() in identifiers.NUMBERED or parts[0].lower() in identifiers.NUMBERED


def entropy(value: str) -> float:
    """Return Shannon's entropy of `value`, in bits a character."""
    size = len(value)
    return -sum(count / size * log2(count / size) for count in map(value.count, set(value)))


def is_random(value: str) -> bool:
    """Return whether `value` is long and random enough to be a key by itself, once something announces it."""
    core = value.strip("\"'")
    if not ENTROPY_LENGTH <= len(core) <= 4 * LONGEST_JUDGED or is_evidence(core):
        return False
    return looks_secret(core) and not has_spaces(core) and entropy(core) >= ENTROPY_BITS


def has_spaces(value: str) -> bool:
    """Return whether `value` is more than one word."""
    return any(map(str.isspace, value))


def _changes_case(value: str) -> int:
    return sum(a.islower() != b.islower() for a, b in pairwise(value) if a.isalpha() and b.isalpha())
