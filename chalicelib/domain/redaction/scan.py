"""One pass over the words of a text that all detectors share: each says which words it wants to hear of."""

import re
from typing import NamedTuple

from chalicelib.domain.redaction.vocabulary.commands import COMMANDS
from chalicelib.domain.redaction.vocabulary.labels import AFTER, COMPOUNDS, ENDINGS, HEAD_NOUNS, KEY_NOUNS, WORDS
from chalicelib.domain.redaction.vocabulary.network import ANCHORS

HEADERS = frozenset(("authorization", "cookie", "cookie2", "bearer", "basic"))

_WORD = re.compile(r"[a-z][a-z0-9]*+|\d[a-z0-9]*+")


def _last(names: object) -> set[str]:
    return {str(name).rpartition("-")[2] for name in names}  # type: ignore[attr-defined]


_COMMANDS = _last(COMMANDS) | {"net1", "securestring", "echo", "machine"}
_ANCHORS = _last(ANCHORS) | {"enc", "cipher"}
_OTHERS = {word: (word in HEADERS, word in _COMMANDS, word in _ANCHORS) for word in HEADERS | _COMMANDS | _ANCHORS}
_LABEL_TAILS = frozenset(
    word[-3:] for words in (WORDS, ENDINGS, KEY_NOUNS, HEAD_NOUNS, AFTER, COMPOUNDS) for word in words
)
_DIGITS = frozenset("0123456789")

Place = tuple[int, int]


class Scan(NamedTuple):
    """A folded text, the same in lower case, and where its words are that detectors want to hear of, in order."""

    text: str
    lower: str
    labels: list[Place]
    headers: list[Place]
    commands: list[Place]
    anchors: list[Place]


def scan(text: str) -> Scan:
    """Look at every word of `text` (folded) once."""
    found = Scan(text, text.lower(), [], [], [], [])
    labels, tails, others, digits = found.labels, _LABEL_TAILS, _OTHERS, _DIGITS
    for match in _WORD.finditer(found.lower):
        word = match.group()
        if word[-3:] in tails or word[-1] in digits:
            labels.append(match.span())
        if word in others:
            _note(found, others[word], match.span())
    return found


def _note(found: Scan, families: tuple[bool, bool, bool], place: Place) -> None:
    for places, is_wanted in zip((found.headers, found.commands, found.anchors), families, strict=True):
        if is_wanted:
            places.append(place)
