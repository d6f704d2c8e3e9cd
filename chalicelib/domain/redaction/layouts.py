"""The layouts in which a label and its value are written, each a function that reads one of them."""

import re
from collections.abc import Callable

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.announced import is_announced, phrase, secret_of_pair
from chalicelib.domain.redaction.evidence import (
    ENTROPY_LENGTH,
    has_marks,
    is_evidence,
    is_numbered,
    is_random,
    looks_secret,
)
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.next_line import in_heading, on_next_line
from chalicelib.domain.redaction.sentences import in_sentence
from chalicelib.domain.redaction.values import BARE, ENCLOSED, Value
from chalicelib.domain.redaction.vocabulary.labels import NUMBER, PHRASE, STRONG
from chalicelib.domain.redaction.vocabulary.prose import CARRIERS, PROPERTIES, STATES, TARGETS

Layout = Callable[[str, LabelMatch], Value | None]

_BEFORE_ASSIGNMENT = " :=\"'`*_\\])<"
WEAKCELLS = frozenset(("", ";", ",", ">", "]", "*", "`", '"', "'", "~", ")"))
_ELEMENT = frozenset("<:")
_BLOCKS = frozenset(("|", "|-", "|+", ">", ">-", ">+"))
"""What YAML has before a value on the lines below."""
_FLAGS = frozenset("-/_")
_NO_VALUES = frozenset("-/$@(%<*[")
_LEADING = CARRIERS | TARGETS
_PLAIN = re.compile(r"[ ]([a-z]{1,30}+)(?![\w!#$%&+?@^~'/\\])")
_QUALIFIERS = r"(?:[ ]?#?\d{1,2}(?![\w.]))?+(?:[ ]?[(\[](?!masked)[^()\[\]\n]{1,40}[)\]])?+"
_EMPHASIS = r"(?:\*\*|__|~~|[\"'](?=[ \t])|[ ]?</[A-Za-z0-9:]{1,20}>)*+"
_CLOSERS = r"(?:~~|\\{0,15}[\"'`]|&quot;|\*\*|__|_(?!\w)|\*|[\])]|[ ]?</[A-Za-z0-9:]{1,20}>)*+"
_ASSIGN = r"(?::=|=>|==?|->|→|:(?!//)|~(?=[ ]))"
_ASSIGNED = re.compile(rf"{_QUALIFIERS}{_CLOSERS}{_QUALIFIERS}[ \t.·]*+{_ASSIGN}{_EMPHASIS}(?:[ \t]*+{_ASSIGN})?+")
_SIMPLY_ASSIGNED = re.compile(rf"[:=][ ]{{0,8}}+({values.SIMPLE})(?=[ \n]|$|[;&,][ ]?[A-Za-z_][\w.-]{{0,30}}+[=:])")
_FAR = re.compile(rf"{_CLOSERS}(?:[ ][\w.'/@-]{{1,30}}+){{1,5}}+{_CLOSERS}[ ]?+(?<!\d)[:=](?!//)")
_LONGEST_FLAG = 40
_LONGEST_PLACEHOLDER = 60
_FAR_REACH = 170
_CELL = re.compile(
    rf"{_QUALIFIERS}{_CLOSERS}(?:[ ]*+[|\t]|[ ]++-{{1,2}}[ ]|[ ]{{3,}}+|[ ]?[(]|[;,>][ ]?|(?<=[\])*`\"'~])[ ])[ \t]*+"
)
_MARKUP = re.compile(
    r"[^<>\n]{0,80}+>(?:\s{0,40}+<[A-Za-z][^<>\n]{0,120}+>){0,5}+|(?:</?[A-Za-z][^<>\n]{0,80}+>\s{0,40}+){2,8}+"
)
_ATTRIBUTE = re.compile(
    r"[\"'][ \t]++(?:value|val|content|data)[ \t]?=[ \t]?(?=[\"'])|"
    r"\\{0,7}[\"'],\s{0,40}+\\{0,7}[\"']value\\{0,7}[\"'][ ]?:[ ]?(?=\\{0,7}[\"'])"
)
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z-]{1,40}+=[\"'A-Za-z]")
_CLOSED = re.compile(r"</[A-Za-z0-9:]{1,20}>(.?)")
_REGISTRY = re.compile(r"(?:[ \t]++/t)?[ \t]++REG_[A-Z_]{2,20}(?:[ \t]++/d)?[ \t]++")
_APP_PASSWORD = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}(?![\w ])")
_FLAG = re.compile(r"[ \t]++|[ \t]?[:=][ \t]?")


def layouts_of(text: str, found: LabelMatch) -> tuple[Layout, ...]:
    """Return the layouts that a text may have, by what stands behind the label."""
    following = text[found.end : found.end + 1]
    is_flag = text[found.start - 1 : found.start] in _FLAGS
    if found.is_unqualified:
        return _ASSIGNED_ONLY if following and following in _BEFORE_ASSIGNMENT else ()
    if following in (":", "="):
        return _FLAG_ASSIGNED if is_flag else _ASSIGNED_ONLY
    if following == ">":
        return _ELEMENT_ONLY if text[found.start - 1 : found.start] in ("<", "/", ":") else _BEHIND_ANGLE
    if following == "<" and (closed := _CLOSED.match(text, found.end)) and closed.group(1) in ("", "<"):
        return (_in_markup,)
    if following != " ":
        return _BY_SIGN.get(following, ())
    behind = _layouts_behind_blank(text, found)
    return (_behind_flag, *behind) if is_flag else behind


def _layouts_behind_blank(text: str, found: LabelMatch) -> tuple[Layout, ...]:
    second = text[found.end + 1 : found.end + 2]
    if second == "[" and text.startswith("*", found.end + 2):
        return ()  # a mask, which is starred out while secrets are looked for
    if text[found.start - 1 : found.start] in _ELEMENT and "<" in text[max(0, found.start - 20) : found.start]:
        return (_in_markup,)
    if second == "<" and text[found.end + 2 : found.end + 3] != "/":
        closed = text.find(">", found.end + 2, found.end + _LONGEST_PLACEHOLDER)
        return () if closed > 0 and text.startswith("\n", closed + 1) else (_in_prose,)
    if not second.isalnum():
        return _BEHIND_BLANK_BY_SIGN.get(second, _SENTENCE)
    if (plain := _PLAIN.match(text, found.end)) and plain.group(1) not in _LEADING:
        return (_behind_target,)
    return _BEHIND_NUMBER if second.isdigit() else _BEHIND_R if second == "R" else _SENTENCE


def _assigned(text: str, found: LabelMatch) -> Value | None:
    if simple := _SIMPLY_ASSIGNED.match(text, found.end):
        if found.is_unqualified and simple.end() - found.end < ENTROPY_LENGTH:
            return None
        value: Value | None = values.bare(text, *simple.span(1))
    else:
        link = _ASSIGNED.match(text, found.end)
        if not link:
            return None
        value = values.read(text, link.end())
        if value is None:
            return on_next_line(text, found, link.end())
        if text[value.start] in "|>" and text[value.start : value.end] in _BLOCKS:
            return on_next_line(text, found, value.end)
    return _judged(text, found, value) if value else None


def _judged(text: str, found: LabelMatch, value: Value) -> Value | None:
    if found.is_unqualified:
        return value if is_random(text[value.start : value.end]) else None
    is_strong = found.label.strength is STRONG
    app = _APP_PASSWORD.match(text, value.start) if is_strong and text.startswith(" ", value.start + 4) else None
    if app and STATES.isdisjoint(app.group().split()):
        return Value(app.start(), app.end(), BARE, app.end())
    if found.label.strength is PHRASE and (words := phrase(text, value)):
        return words
    if text.startswith(" / ", value.end) and (second := secret_of_pair(text, value, found)):
        return second
    return value if is_announced(text, value, found) else None


def _attributed(text: str, found: LabelMatch) -> Value | None:
    return _linked(text, found, _ATTRIBUTE.match(text, found.end))


def _registered(text: str, found: LabelMatch) -> Value | None:
    return _linked(text, found, _REGISTRY.match(text, found.end))


def _linked(text: str, found: LabelMatch, link: re.Match[str] | None) -> Value | None:
    value = values.read(text, link.end()) if link else None
    return value if value and is_announced(text, value, found) else None


def _in_markup(text: str, found: LabelMatch) -> Value | None:
    if text[found.end : found.end + 1] not in "<>\"'" and text[found.start - 1 : found.start] not in ("<", ":"):
        return None
    link = _MARKUP.match(text, found.end)
    if not link or (text[found.end] == ">" and "<" not in text[max(0, found.start - 30) : found.start]):
        return None
    enclosed = _in_element(text, link.end())
    if not enclosed:
        return None
    is_secret = text[found.end] == ">" or looks_secret(text[enclosed.start : enclosed.end])
    return enclosed if is_secret and is_announced(text, enclosed, found) else None


def _in_element(text: str, at: int) -> Value | None:
    """Return what stands from `at` up to the next tag."""
    if _is_tag(text, at):
        return None
    end = text.find("<", at, at + values.LONGEST_QUOTED)
    if end < 0 or not text[at].isalnum():
        value = values.read(text, at)
        if not value:
            return None
        at = value.start
        end = text.find("<", at, at + values.LONGEST_QUOTED)
        end = end if end >= 0 else value.end
    stop = at + len(text[at:end].removesuffix("]]>").rstrip())
    return Value(at, stop, ENCLOSED, end) if stop > at else None


def _is_tag(text: str, at: int) -> bool:
    return text.startswith("<", at) and not text.startswith("<!", at)


def _in_cell(text: str, found: LabelMatch) -> Value | None:
    link = _CELL.match(text, found.end)
    value = values.read(text, link.end()) if link else None
    if not value or found.is_unqualified:
        return None
    written = text[value.start : value.end]
    if _ATTRIBUTE_NAME.match(written):
        return None
    if link and link.group()[-2:].strip(" ") in WEAKCELLS and not (has_marks(written) and looks_secret(written)):
        return None
    is_number = found.label.strength is NUMBER and written.isdigit() and len(written) > 3
    return value if (looks_secret(written) or is_number) and not is_evidence(written) else None


def _behind_flag(text: str, found: LabelMatch) -> Value | None:
    back = max(0, found.start - _LONGEST_FLAG)
    word = max(text.rfind(" ", back, found.start), text.rfind("\n", back, found.start)) + 1
    if text[word or back] not in "-/" or found.is_unqualified:
        return None
    link = _FLAG.match(text, found.end)
    value = values.read(text, link.end()) if link and text[link.end() : link.end() + 1] not in _NO_VALUES else None
    if not value or text[value.start] in _NO_VALUES:
        return None
    return value if is_announced(text, value, found, is_flag=True) else None


def _behind_target(text: str, found: LabelMatch) -> Value | None:
    at = found.end
    if text.find(":", at, at + _FAR_REACH) < 0 and text.find("=", at, at + _FAR_REACH) < 0:
        return None
    link = _FAR.match(text, at)
    value = values.read(text, link.end()) if link else None
    if not link or not value or not PROPERTIES.isdisjoint(link.group().lower().strip(" :=*\"'").split()):
        return None
    written = text[value.start : value.end]
    is_name = not has_marks(written) and is_numbered(written)
    return value if looks_secret(written) and not is_name and not is_evidence(written) else None


def _in_prose(text: str, found: LabelMatch) -> Value | None:
    return None if found.is_unqualified else in_sentence(text, found)


_ELEMENT_ONLY: tuple[Layout, ...] = (_in_markup,)
_BEHIND_ANGLE: tuple[Layout, ...] = (_in_markup, _in_cell)
_ASSIGNED_ONLY: tuple[Layout, ...] = (_assigned,)
_FLAG_ASSIGNED: tuple[Layout, ...] = (_assigned, _behind_flag)
_BEHIND_NUMBER: tuple[Layout, ...] = (_assigned, _behind_target, _in_prose)
_SENTENCE: tuple[Layout, ...] = (_behind_target, _in_prose)
_ANYWHERE: tuple[Layout, ...] = (_assigned, _registered, _in_cell, _behind_target, _in_prose, in_heading)
_BEHIND_BLANK_BY_SIGN: dict[str, tuple[Layout, ...]] = {
    **dict.fromkeys(" \t<", _ANYWHERE),
    **dict.fromkeys("([#", (_assigned, _in_cell, _in_prose)),
    **dict.fromkeys(":=→·~", (_assigned,)),
    **dict.fromkeys("-.", (_assigned, _in_cell, _behind_target, _in_prose)),
    "|": (_in_cell, _in_prose),
    "/": (_registered, _behind_target, _in_prose),
    "\n": (in_heading,),
    "&": (_in_prose,),
}
"""By the sign behind a label and a blank, the layouts that may begin so."""
_BEHIND_R: tuple[Layout, ...] = (_registered, *_SENTENCE)
_QUOTED: tuple[Layout, ...] = (_assigned, _attributed, _in_markup, _in_cell)
_BY_SIGN: dict[str, tuple[Layout, ...]] = {
    **dict.fromkeys("\"'`\\*_&])~", (*_QUOTED, in_heading)),
    **dict.fromkeys("-→.·#", (_assigned,)),
    **dict.fromkeys(";,", (_in_cell,)),
    "\t": (_assigned, _registered, _in_cell, _in_prose),
    "|": (_in_cell,),
    "(": (_assigned, _in_cell),
    "[": (_assigned, _in_cell),
    "<": (_assigned, _in_markup, _in_cell, in_heading),
    "\n": (in_heading,),
}
