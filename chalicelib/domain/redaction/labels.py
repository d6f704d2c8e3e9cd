"""Find the words that announce a secret."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind
from chalicelib.domain.redaction.vocabulary.labels import (
    ACCOUNTS,
    AFTER,
    CODE_NOUNS,
    COMPOUNDS,
    ENDINGS,
    HEAD_NOUNS,
    JOINTS,
    KEY_NOUNS,
    KEY_QUALIFIERS,
    MODIFIERS,
    NOT_LABELS,
    SHARED_KEY_QUALIFIERS,
    WORDS,
    Label,
    Strength,
)

_BEFORE = re.compile(r"[a-z0-9]++")
_LOOK_BACK = 30
_MODIFIERS = re.compile(
    rf"(?:(?:[ '](?:{'|'.join(JOINTS)})(?=[ '])){{0,3}}+[ '-](?:{'|'.join(MODIFIERS)})(?![\w])){{1,3}}+"
)
_MODIFIED = frozenset(lead + word[:2] for lead in " '" for word in (*JOINTS, *MODIFIERS)) | {" d", " l"}
_QUALIFIED = Label(Kind.KEY, Strength.WEAK)
_CODE = Label(Kind.CODE, Strength.NUMBER)
_PAIR = Label(Kind.CREDENTIALS, Strength.PAIR)
_SHARED = Label(Kind.KEY, Strength.STRONG)
_ALONE = frozenset(WORDS) | KEY_NOUNS
_QUALIFIERS = KEY_QUALIFIERS | SHARED_KEY_QUALIFIERS
_FOR = re.compile(
    r"[ ](?:for|furs?|vom|vor|voor|pour)[ ](?:(?:the|das|den|die|het|de|le|la)[ ])?([a-z0-9]{2,20})(?![\w-])"
)
_BETWEEN = frozenset(" -_.'/")
_BEFORE_MODIFIERS = frozenset(" '")
_JOINTS = frozenset("_-.")
_SHORT = frozenset({"pass", "pw", "pin", "otp", "tan", "puk", "psk", "pwd"})
_LONGEST_ENDING = max(map(len, ENDINGS))


class LabelMatch(NamedTuple):
    """A label in a text. `is_unqualified` marks a mere `key`, after which only a random value is a secret."""

    start: int
    end: int
    label: Label
    is_unqualified: bool = False


def find_labels(scanned: Scan) -> Iterator[LabelMatch]:
    """Yield every word that announces a secret, in order."""
    text, lower = scanned.text, scanned.lower
    places = scanned.labels
    for (start, end), (next_start, next_end) in zip_longest(places, places[1:], fillvalue=(0, 0)):
        if next_start == end + 1 and lower[next_start:next_end] in _ALONE and _yields(text, end, next_end):
            continue
        word = lower[start:end]
        label = WORDS.get(word)
        found = LabelMatch(start, end, label) if label else _label_of(scanned, start, end, word.rstrip("0123456789"))
        if found is None:
            continue
        following = text[end : end + 1]
        if following in _JOINTS and _goes_on(text, end):
            continue
        if (
            following in _BEFORE_MODIFIERS
            and lower[end : end + 3] in _MODIFIED
            and (more := _MODIFIERS.match(lower, end))
        ):
            found = found._replace(end=more.end())
        yield found


def _yields(text: str, end: int, next_end: int) -> bool:
    """Return whether the later of two labels in a row is the one that announces."""
    return text[end] == " " or (text[end] in ":=" and text[next_end : next_end + 1] in (":", "="))


def _label_of(scanned: Scan, start: int, end: int, name: str) -> LabelMatch | None:
    if not name or name in NOT_LABELS:
        return None
    if name in AFTER and (label := _after(scanned.lower, start, name)):
        return LabelMatch(start, end, label)
    if label := WORDS.get(name) or COMPOUNDS.get(name) or HEAD_NOUNS.get(name):
        return LabelMatch(start, end, label)
    if name in KEY_NOUNS:
        return _key(scanned.lower, start, end)
    if name in CODE_NOUNS:
        label = _CODE if _MODIFIERS.match(scanned.lower, end) else None
    else:
        label = (
            _pair(scanned.text[end : end + 1])
            if name in ACCOUNTS
            else _ending(scanned.text[start : start + len(name)], name)
        )
    return LabelMatch(start, end, label) if label else None


def _pair(following: str) -> Label | None:
    return _PAIR if following and following in ": =" else None


def _ending(word: str, name: str) -> Label | None:
    for size in range(min(len(name) - 1, _LONGEST_ENDING), 1, -1):
        ending, qualifier = name[-size:], name[:-size]
        if ending in ENDINGS:
            return ENDINGS[ending]
        if ending in KEY_NOUNS and qualifier in _QUALIFIERS:
            return _qualified(qualifier)
        if (ending in _SHORT or ending in KEY_NOUNS) and word[-size].isupper() and not word.isupper():
            return WORDS.get(ending) or _qualified(qualifier)
    return None


def _qualified(qualifier: str) -> Label:
    return _SHARED if qualifier in SHARED_KEY_QUALIFIERS else _QUALIFIED


def _key(lower: str, start: int, end: int) -> LabelMatch:
    before = lower[max(0, start - _LOOK_BACK) : start - 1] if start and lower[start - 1] in _BETWEEN else ""
    last = before.rsplit(" ", 1)[-1]
    if last and not last.isalnum():
        last = (_BEFORE.findall(last) or [""])[-1]
    if last in SHARED_KEY_QUALIFIERS or before.endswith("network security"):
        return LabelMatch(start, end, _SHARED)
    behind = _FOR.match(lower, end) if lower.startswith((" f", " v", " p"), end) else None
    if behind and behind.group(1) in _QUALIFIERS:
        return LabelMatch(start, behind.end(), _qualified(behind.group(1)))
    is_qualified = last in KEY_QUALIFIERS or last.endswith(("api", "access"))
    return LabelMatch(start, end, _QUALIFIED, is_unqualified=not is_qualified)


def _after(lower: str, start: int, name: str) -> Label | None:
    before = " ".join(_BEFORE.findall(lower, max(0, start - _LOOK_BACK), start)[-2:])
    for lead, label in AFTER[name]:
        if before == lead or before.endswith(f" {lead}"):
            return label
    return None


def _goes_on(text: str, end: int) -> bool:
    """Return whether the word is only the beginning of a name, as in `password_policy` and `token.json`."""
    following = text[end + 1 : end + 2]
    return following.isalpha() and not (text[end] == "." and following.isupper())
