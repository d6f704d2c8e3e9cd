"""Find the words that announce a secret."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.domain.redaction.vocabulary.labels import (
    AFTER,
    COMPOUNDS,
    ENDINGS,
    HEAD_NOUNS,
    KEY_NOUNS,
    KEY_QUALIFIERS,
    NOT_LABELS,
    SHARED_KEY_QUALIFIERS,
    WORDS,
    Label,
    Strength,
)
from chalicelib.domain.redaction.spans import Kind

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*+")
_BEFORE = re.compile(r"[A-Za-z0-9]++")
_LOOK_BACK = 30

_QUALIFIED = Label(Kind.KEY, Strength.WEAK)
_SHARED = Label(Kind.KEY, Strength.STRONG)
_BARE = Label(Kind.KEY, Strength.PHRASE)
_SHORT = frozenset({"pass", "pw", "pin", "otp", "tan", "puk", "psk", "pwd"})

_TAILS = {
    word[-3:]
    for word in (*WORDS, *ENDINGS, *KEY_NOUNS, *HEAD_NOUNS, *AFTER, *COMPOUNDS)
}


class Found(NamedTuple):
    """A label in a text. `is_unqualified` marks a mere `key`, after which only a random value is a secret."""

    start: int
    end: int
    label: Label
    is_unqualified: bool = False


def find_labels(text: str) -> Iterator[Found]:
    """Yield every word of `text` (folded) that announces a secret."""
    tails = _TAILS
    for match in _WORD.finditer(text):
        word = match.group()
        tail = word[-3:].lower()
        if tail in tails or word[-1].isdigit():
            found = _label_of(text, match.start(), match.end(), word)
            if found and not _goes_on(text, found.end):
                yield found


def _label_of(text: str, start: int, end: int, word: str) -> Found | None:
    name = word.lower().rstrip("0123456789")
    if name in NOT_LABELS:
        return None
    if label := AFTER.get(name) and _after(text, start, name):
        return Found(start, end, label)
    if label := WORDS.get(name) or COMPOUNDS.get(name):
        return Found(start, end, label)
    if name in KEY_NOUNS:
        return _key(text, start, end)
    if name in HEAD_NOUNS:
        return Found(start, end, HEAD_NOUNS[name])
    return _ending(start, end, word, name)


def _ending(start: int, end: int, word: str, name: str) -> Found | None:
    for size in range(min(len(name), 15), 2, -1):
        ending = name[-size:]
        if ending in ENDINGS:
            return Found(start, end, ENDINGS[ending])
        is_own_part = ending in _SHORT or ending in KEY_NOUNS
        if is_own_part and word[len(name) - size].isupper() and len(name) > size and not word[: len(name)].isupper():
            return Found(start, end, WORDS.get(ending, _qualified(name[:-size])))
        if ending in ("schlussel", "key") and name[:-size] in KEY_QUALIFIERS | SHARED_KEY_QUALIFIERS:
            return Found(start, end, _qualified(name[:-size]))
    return None


def _qualified(qualifier: str) -> Label:
    return _SHARED if qualifier in SHARED_KEY_QUALIFIERS else _QUALIFIED


def _key(text: str, start: int, end: int) -> Found:
    before = _BEFORE.findall(text, max(0, start - _LOOK_BACK), start)
    last = before[-1].lower() if before and text[start - 1] in " -_.'/" else ""
    if last in SHARED_KEY_QUALIFIERS or (last == "security" and len(before) > 1 and before[-2].lower() == "network"):
        return Found(start, end, _SHARED)
    if last in KEY_QUALIFIERS or any(last.endswith(word) for word in ("api", "access")):
        return Found(start, end, _QUALIFIED)
    return Found(start, end, _QUALIFIED, is_unqualified=True)


def _after(text: str, start: int, name: str) -> Label | None:
    before = " ".join(_BEFORE.findall(text, max(0, start - _LOOK_BACK), start)[-2:]).lower()
    for lead, label in AFTER[name]:
        if before == lead or before.endswith(f" {lead}"):
            return label
    return None


def _goes_on(text: str, end: int) -> bool:
    """Return whether the word is only the beginning of a name, as in `password_policy` and `token.json`."""
    following = text[end : end + 2]
    return len(following) == 2 and following[0] in "_-." and following[1].isalpha() and not _is_flag(text, end)


def _is_flag(text: str, end: int) -> bool:
    return text[end] == "." and text[end + 1].isupper()
