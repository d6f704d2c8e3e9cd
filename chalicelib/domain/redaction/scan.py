"""One pass over the words of a text that all detectors share: each names the words that it is called for."""

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
    LIST,
    SPLIT,
    WORDS,
)
from chalicelib.domain.redaction.vocabulary.network import ANCHORS

HEADERS = frozenset(("authorization", "cookie", "cookie2", "bearer", "basic", "plain"))

_WORD = re.compile(r"[a-z0-9]++")


def _last(names: Iterable[str]) -> set[str]:
    """The last parts of names with hyphens and underscores: the words by which a scan notices them."""
    return {name.replace("_", "-").rpartition("-")[2] for name in names}


_HEADER, _COMMAND, _ANCHOR = range(3)
_FAMILIES: dict[str, tuple[int, ...]] = {}
for _words, _family in (
    (HEADERS, _HEADER),
    (
        _last(COMMANDS) | {"net1", "securestring", "echo", "printf", "machine", "pscredential"},
        _COMMAND,
    ),
    (_last(ANCHORS) | {"enc", "cipher"}, _ANCHOR),
):
    for _word in _words:
        _FAMILIES[_word] = (*_FAMILIES.get(_word, ()), _family)

_LABEL_TAILS = frozenset(
    word[-3:]
    for words in (WORDS, ENDINGS, KEY_NOUNS, HEAD_NOUNS, AFTER, SPLIT, COMPOUNDS, CODE_NOUNS, ACCOUNTS)
    for word in words
)
_NUMBERED_TAILS = _LABEL_TAILS - {word[-3:] for word, label in WORDS.items() if label.strength is LIST}
_TAILS = _LABEL_TAILS | {word[-3:] for word in _FAMILIES}
_DIGITS = "0123456789"

Place = tuple[int, int]


class Scan(NamedTuple):
    """A folded text, the same in lower case, and the places of the words that detectors are called for, in order."""

    text: str
    lower: str
    labels: list[Place]
    headers: list[Place]
    commands: list[Place]
    anchors: list[Place]
    answered: set[int]
    """Where the words start whose secret a detector has found, so that no later one looks for it again."""


def scan(text: str) -> Scan:
    """Look at every word of `text` (folded) once."""
    found = Scan(text, text.lower(), [], [], [], [], set())
    labels, others, families = found.labels, (found.headers, found.commands, found.anchors), _FAMILIES
    tails, tails_of_labels, numbered_tails = _TAILS, _LABEL_TAILS, _NUMBERED_TAILS
    for match in _WORD.finditer(found.lower):
        word = match.group()
        tail = word[-3:]
        if tail not in tails:
            if tail.isalpha() or word.rstrip(_DIGITS)[-3:] not in numbered_tails:
                continue
            labels.append(match.span())
        elif tail in tails_of_labels or word.rstrip(_DIGITS)[-3:] in numbered_tails:
            labels.append(match.span())
        for family in families.get(word, ()):
            others[family].append(match.span())
    return found
