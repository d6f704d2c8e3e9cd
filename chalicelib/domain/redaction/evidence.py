"""What a secret looks like, and what never is one."""

import re
from collections.abc import Callable
from functools import cache
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
_ALPHANUMERIC, _DIGIT, _LETTER = re.compile(r"[^\W_]"), re.compile(r"\d"), re.compile(r"[^\W\d_]")
_CASE_CHANGE = re.compile(r"[a-z](?=[A-Z])|[A-Z](?=[a-z])")
_BRACKETS = frozenset("()[]{}<>")
_MASK = re.compile(r"\[masked(?::[^\]\n]{1,40})?\]")


Matches = Callable[[str], object]


@cache
def _patterns() -> tuple[Matches, dict[str, Matches], dict[str, Matches]]:
    """Return what a value is matched against: always, in lower case by its signs, and as it is by its signs."""

    def compiled(patterns: tuple[str, ...]) -> Matches:
        return re.compile("|".join(patterns)).fullmatch

    loose = {sign: compiled(patterns) for sign, patterns in identifiers.WITH_SIGN.items()}
    exact = {sign: compiled(patterns) for sign, patterns in identifiers.EXACT.items()}
    return compiled(identifiers.PLAIN), loose, exact


@cache
def is_evidence(value: str) -> bool:
    """Return whether `value` is an identifier, a code, a name, a place, a state or a placeholder: never a secret."""
    if len(value) > LONGEST_JUDGED:
        return False
    bare = value.strip(_AROUND)
    lower = bare.lower()
    if not bare or lower in STATES or not _ALPHANUMERIC.search(bare):
        return True
    if _is_identifier(bare, lower):
        return True
    if bare == value or _BRACKETS.isdisjoint(value):
        return False
    forms = {value, value.strip(_QUOTES)}
    return _MASK.search(value) is not None or any(_is_identifier(form, form.lower()) for form in forms)


def _is_identifier(value: str, lower: str) -> bool:
    plain, loose, exact = _patterns()
    if plain(lower):
        return True
    if value.isalnum():
        return value.endswith(identifiers.ERROR_NAMES) and value.isalpha()
    signs = set(value)
    return any(loose[sign](lower) for sign in signs & loose.keys()) or any(
        exact[sign](value) for sign in signs & exact.keys()
    )


def forget_judgments() -> None:
    """Forget the values that were judged, which may be secrets."""
    is_evidence.cache_clear()
    looks_secret.cache_clear()


@cache
def looks_secret(value: str) -> bool:
    """Return whether `value` has what a secret has: digits among letters, marks inside, mixed case."""
    core = value.strip("()[]{}<>\"'`.,;:")
    if len(core) < 5:
        return len(core) == 4 and has_marks(core)
    if core.isalpha():
        return len(core) >= 16 and _changes_case(core) >= 4
    if core.isalnum():
        return not core.isdigit()
    has_digit = _DIGIT.search(core) is not None
    has_letter = _LETTER.search(core) is not None
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
    if not core[-1:].isdigit():
        return False
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
    return " " in value or any(map(str.isspace, value))


def _changes_case(value: str) -> int:
    if value.isascii():
        return len(_CASE_CHANGE.findall(value))
    return sum(a.islower() != b.islower() for a, b in pairwise(value) if a.isalpha() and b.isalpha())
