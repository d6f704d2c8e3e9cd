"""One pass over the words of a text that all detectors share: each says which words it wants to hear of."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chalicelib.domain.redaction.vocabulary.commands import COMMANDS
from chalicelib.domain.redaction.vocabulary.labels import (
    ACCOUNTS,
    AFTER,
    CODE_NOUNS,
    COMPOUNDS,
    ENDINGS,
    HEAD_NOUNS,
    KEY_NOUNS,
    WORDS,
)
from chalicelib.domain.redaction.vocabulary.network import ANCHORS

HEADERS = frozenset(("authorization", "cookie", "cookie2", "bearer", "basic"))

_WORD = re.compile(r"[a-z][a-z0-9]*+|\d[a-z0-9]*+")


def _last(names: Iterable[str]) -> set[str]:
    """The last parts of names with hyphens: the words by which a scan notices them."""
    return {name.rpartition("-")[2] for name in names}


_HEADER, _COMMAND, _ANCHOR = 1, 2, 4
_FAMILIES: dict[str, int] = {}
for _words, _family in (
    (HEADERS, _HEADER),
    (_last(COMMANDS) | {"net1", "securestring", "echo", "machine", "pscredential"}, _COMMAND),
    (_last(ANCHORS) | {"enc", "cipher"}, _ANCHOR),
):
    for _word in _words:
        _FAMILIES[_word] = _FAMILIES.get(_word, 0) | _family

_LABEL_TAILS = frozenset(
    word[-3:]
    for words in (WORDS, ENDINGS, KEY_NOUNS, HEAD_NOUNS, AFTER, COMPOUNDS, CODE_NOUNS, ACCOUNTS)
    for word in words
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
    labels, tails, families, digits = found.labels, _LABEL_TAILS, _FAMILIES, _DIGITS
    for match in _WORD.finditer(found.lower):
        word = match.group()
        if word[-3:] in tails or word[-1] in digits:
            labels.append(match.span())
        family = families.get(word)
        if family:
            if family & _HEADER:
                found.headers.append(match.span())
            if family & _COMMAND:
                found.commands.append(match.span())
            if family & _ANCHOR:
                found.anchors.append(match.span())
    return found
