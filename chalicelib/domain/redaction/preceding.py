"""A secret that stands before its label: `… with X as the password`, `Admin/X pw`."""

from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.spans import Span
from chalicelib.domain.redaction.vocabulary.labels import STRONG

_REACH = 120
_CLAUSE_ENDS = frozenset(("", "\n", ".", ",", ";", ")"))
_ARTICLES = frozenset(
    ("the", "a", "his", "her", "their", "your", "my", "our", "new", "temp", "temporary", "initial", "admin", "local")
)
_LINKS = frozenset(["as", "als", "comme", "como", "come"])
_AROUND = "\"'`*.,;:()"


def before_label(text: str, found: LabelMatch) -> Span | None:
    """Return the secret that a label at the end of its clause announces, None where there is none."""
    start, end = found.start, found.end
    following = text[end : end + 1]
    if found.label.strength is not STRONG or (following != " " and following not in _CLAUSE_ENDS):
        return None
    line = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    words = line.split()
    if not words:
        return None
    if "/" in words[-1]:
        return _behind_slash(text, found, words[-1])
    if following == " ":
        return None
    while len(words) > 2 and words[-1].lower() in _ARTICLES:
        words.pop()
    return _span(text, found, words[-2]) if len(words) > 1 and words[-1].lower() in _LINKS else None


def _behind_slash(text: str, found: LabelMatch, word: str) -> Span | None:
    name, _, secret = word.partition("/")
    return (
        _span(text, found, secret)
        if name.strip("_-.").isidentifier() and "/" not in secret and has_marks(secret)
        else None
    )


def _span(text: str, found: LabelMatch, word: str) -> Span | None:
    secret = word.strip(_AROUND)
    if not looks_secret(secret) or is_numbered(secret) or is_evidence(secret):
        return None
    at = text.rfind(secret, 0, found.start)
    return Span(at, at + len(secret), found.label.kind)
