"""Find the words that announce a secret."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from chalicelib.domain.redaction.evidence import ENTROPY_LENGTH
from chalicelib.domain.redaction.scan import Scan
from chalicelib.domain.redaction.spans import Kind
from chalicelib.domain.redaction.vocabulary.labels import (
    ACCOUNTS,
    AFTER,
    BEHIND_USER,
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
    SPLIT,
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
_USER_REACH = 80
_SSID_REACH = 100
_USERS = ("u:", "u=", "un:", "usr:", "user:")
_FOR = re.compile(
    r"[ ](?:for|furs?|vom|vor|voor|pour)[ ](?:(?:the|das|den|die|het|de|le|la)[ ])?([a-z0-9]{2,20})(?![\w-])"
)
_BEFORE_TARGET = frozenset((" f", " v", " p"))
_BETWEEN = frozenset(" -_.'/")
_BEFORE_MODIFIERS = frozenset(" '")
_JOINTS = frozenset("_-.")
_SHORT = frozenset({"pass", "pw", "pin", "otp", "tan", "puk", "psk", "pwd"})
_ALL_ENDINGS = sorted({*ENDINGS, *KEY_NOUNS, *_SHORT}, key=len, reverse=True)
_ENDINGS_BY_TAIL = {
    tail: tuple(ending for ending in _ALL_ENDINGS if ending[-3:] == tail)
    for tail in {ending[-3:] for ending in _ALL_ENDINGS}
}
"""Words that announce at the end of a longer one, longest first, by their last three characters (or two)."""


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
    answered = scanned.answered
    for (start, end), (next_start, next_end) in zip_longest(places, places[1:], fillvalue=(0, 0)):
        if 0 < next_start - end < 3 and lower[next_start:next_end] in _ALONE and _yields(text, end, next_end):
            continue
        if start in answered:
            continue
        word = lower[start:end]
        label = WORDS.get(word)
        if word == "pass" and lower[start - 1 : start] == "=":
            continue  # the result of a check, as in `spf=pass`
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
    if len(name) == 1:
        return _of_letter(scanned.lower, start, end)
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


def _of_letter(lower: str, start: int, end: int) -> LabelMatch | None:
    """Return what a single letter announces: `p/w`, `u/p`, and `p:` behind `u: name`."""
    if end - start > 1:
        return None
    lead, label = SPLIT[lower[start]]
    if lower.startswith(lead, start - 2) and not lower[max(0, start - 3) : start - 2].isalnum():
        return LabelMatch(start, end, label)
    if lower[start] != "p" or lower[end : end + 1] not in (":", "="):
        return None
    before = lower[max(0, start - _USER_REACH) : start].rstrip(" \t,;/|\n").split()[-2:]
    if not before or start == 0 or lower[start - 1].isalnum():
        return None
    last = before[-1].lstrip("([")
    is_beside = last.startswith(_USERS) and last[-1] not in ":="
    return LabelMatch(start, end, BEHIND_USER) if is_beside or before[0].lstrip("([") in _USERS else None


def _pair(following: str) -> Label | None:
    return _PAIR if following and following in ": =" else None


def _ending(word: str, name: str) -> Label | None:
    for ending in _ENDINGS_BY_TAIL.get(name[-3:], ()) or _ENDINGS_BY_TAIL.get(name[-2:], ()):
        size = len(ending)
        qualifier = name[:-size]
        if not qualifier or not name.endswith(ending):
            continue
        if ending in ENDINGS:
            return ENDINGS[ending]
        if ending in KEY_NOUNS and qualifier in _QUALIFIERS:
            return _qualified(qualifier)
        if (ending in _SHORT or ending in KEY_NOUNS) and word[-size].isupper() and not word.isupper():
            return WORDS.get(ending) or _qualified(qualifier)
    return None


def _qualified(qualifier: str) -> Label:
    return _SHARED if qualifier in SHARED_KEY_QUALIFIERS else _QUALIFIED


def _key(lower: str, start: int, end: int) -> LabelMatch | None:
    last = ""
    if start and lower[start - 1] in _BETWEEN:
        before = lower[start - _LOOK_BACK if start > _LOOK_BACK else 0 : start - 1]
        last = before[before.rfind(" ") + 1 :]
        if len(last) > 1 and (label := _qualified_by(last, before)):
            return LabelMatch(start, end, label)
    following = lower[end : end + 2]
    if following in _BEFORE_TARGET and (behind := _FOR.match(lower, end)) and behind.group(1) in _QUALIFIERS:
        return LabelMatch(start, behind.end(), _qualified(behind.group(1)))
    if following == ": " and lower.find("ssid", start - _SSID_REACH if start > _SSID_REACH else 0, start) >= 0:
        return LabelMatch(start, end, _SHARED)
    if following == ": " and lower[end + 2 : end + 3].isalnum() and lower.find(" ", end + 3, end + ENTROPY_LENGTH) >= 0:
        return None  # what follows is too short to be random
    return LabelMatch(start, end, _QUALIFIED, is_unqualified=True)


def _qualified_by(last: str, before: str) -> Label | None:
    if not last.isalnum():
        last = (_BEFORE.findall(last) or [""])[-1]
    if last in SHARED_KEY_QUALIFIERS or before.endswith("network security") or "wifi-iface" in before:
        return _SHARED
    return _QUALIFIED if last in KEY_QUALIFIERS or last.endswith(("api", "access")) else None


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
