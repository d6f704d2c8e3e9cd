"""The layouts in which a label and its value are written, each a function that reads one of them."""

import re
from collections.abc import Callable

from chalicelib.domain.redaction import values
from chalicelib.domain.redaction.announced import is_announced, phrase
from chalicelib.domain.redaction.evidence import has_marks, is_evidence, is_numbered, is_random, looks_secret
from chalicelib.domain.redaction.labels import LabelMatch
from chalicelib.domain.redaction.sentences import in_sentence
from chalicelib.domain.redaction.values import Value
from chalicelib.domain.redaction.vocabulary.labels import Strength
from chalicelib.domain.redaction.vocabulary.prose import CARRIERS, PROPERTIES, STATES, TARGETS

Layout = Callable[[str, LabelMatch], Value | None]

_BEFORE_ASSIGNMENT = " :=\"'`*_\\])<"
_SIGNS = frozenset(" \t-:=|([\"'`*_→.·/\\<\n#&")
_WEAK_CELLS = frozenset(("", ";", ",", ">", "]", "*", "`", '"', "'", "~", ")"))
_ELEMENT = frozenset("<:")
_FLAGS = frozenset("-/_")
_LEADING = CARRIERS | TARGETS
_PLAIN = re.compile(r"[ ]([a-z]{1,30}+)(?![\w!#$%&+?@^~'/\\])")
_QUALIFIERS = r"(?:[ ]?#?\d{1,2}(?![\w.]))?+(?:[ ]?[(\[](?!masked)[^()\[\]\n]{1,40}[)\]])?+"
_EMPHASIS = r"(?:\*\*|__|~~|[\"'](?=[ \t])|[ ]?</[A-Za-z0-9:]{1,20}>)*+"
_CLOSERS = r"(?:~~|\\{0,15}[\"'`]|&quot;|\*\*|__|_(?!\w)|\*|[\])]|[ ]?</[A-Za-z0-9:]{1,20}>)*+"
_ASSIGN = r"(?::=|=>|==?|->|→|:(?!//))"
_ASSIGNED = re.compile(rf"{_QUALIFIERS}{_CLOSERS}{_QUALIFIERS}[ \t.·]*+{_ASSIGN}{_EMPHASIS}(?:[ \t]*+{_ASSIGN})?+")
_FAR = re.compile(rf"{_CLOSERS}(?:[ ][\w.'/@-]{{1,30}}+){{1,5}}+{_CLOSERS}[ ]?+(?<!\d)[:=](?!//)")
_LONG = re.compile(r"[ \t]{0,8}+\S{20}")
_FAR_REACH = 170
_CELL = re.compile(
    rf"{_QUALIFIERS}{_CLOSERS}(?:[ ]*+[|\t]|[ ]++-{{1,2}}[ ]|[ ]{{3,}}+|[ ]?[(]|[;,>][ ]?|(?<=[\])*`\"'~])[ ])[ \t]*+"
)
_MARKUP = re.compile(
    r"[^<>\n]{0,80}+>(?:\s{0,40}+<[A-Za-z][^<>\n]{0,120}+>){0,5}+|(?:</?[A-Za-z][^<>\n]{0,80}+>\s{0,40}+){2,8}+"
)
_ATTRIBUTE = re.compile(r"[\"'][ \t]++(?:value|val|content|data)[ \t]?=[ \t]?(?=[\"'])")
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z-]{1,40}+=[\"'A-Za-z]")
_REGISTRY = re.compile(r"(?:[ \t]++/t)?[ \t]++REG_[A-Z_]{2,20}(?:[ \t]++/d)?[ \t]++")
_NEXT_LINE = re.compile(
    r"(?:\\{0,7}[\"'`]|\*\*|__|</[a-z]{1,10}>)*+[ \t]*+\n(?:[ \t>]*+[-=_]{3,80}+[ \t]*+\n)?(?:[ \t>]*+\n)?[ \t>]*+"
)
_APP_PASSWORD = re.compile(r"[a-z]{4}(?: [a-z]{4}){3}(?![\w ])")
_BEHIND_NAME = re.compile(r"[ ]/[ ]")
_FLAG = re.compile(r"[ \t]++|[ \t]?[:=][ \t]?")
_LINE = re.compile(r"[^\n]{0,300}")


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
    if following != " ":
        return _BY_SIGN.get(following, ())
    return (_behind_flag, *_BEHIND_BLANK) if is_flag else _layouts_behind_blank(text, found)


def _layouts_behind_blank(text: str, found: LabelMatch) -> tuple[Layout, ...]:
    if text.startswith("[*", found.end + 1):
        return ()  # a mask, which is starred out while secrets are looked for
    second = text[found.end + 1 : found.end + 2]
    if text[found.start - 1 : found.start] in _ELEMENT and "<" in text[max(0, found.start - 20) : found.start]:
        return (_in_markup,)
    if not second.isalnum():
        return _BEHIND_BLANK if second in _SIGNS else _SENTENCE
    if (plain := _PLAIN.match(text, found.end)) and plain.group(1) not in _LEADING:
        return (_behind_target,)
    if second.isdigit():
        return _BEHIND_NUMBER
    return (_attributed, *_SENTENCE) if second == "R" else _SENTENCE


def _assigned(text: str, found: LabelMatch) -> Value | None:
    link = _ASSIGNED.match(text, found.end)
    if not link or (found.is_unqualified and not _LONG.match(text, link.end())):
        return None
    value = values.read(text, link.end())
    if value is None:
        return _on_next_line(text, found, link.end())
    if found.is_unqualified:
        return value if is_random(text[value.start : value.end]) else None
    app = _APP_PASSWORD.match(text, value.start) if found.label.strength is Strength.STRONG else None
    if app and STATES.isdisjoint(app.group().split()):
        return Value(app.start(), app.end(), is_enclosed=False, after=app.end())
    if found.label.strength is Strength.PHRASE and (words := phrase(text, value)):
        return words
    if (behind := _BEHIND_NAME.match(text, value.end)) and (second := values.read(text, behind.end())):
        value, found = second, found._replace(label=found.label._replace(strength=Strength.WEAK))
    return value if is_announced(text, value, found) else None


def _on_next_line(text: str, found: LabelMatch, at: int) -> Value | None:
    link = _NEXT_LINE.match(text, at)
    value = values.read(text, link.end()) if link else None
    if not link or not value or found.is_unqualified:
        return None
    written = text[value.start : value.end]
    is_number = found.label.strength is Strength.NUMBER and written.isdigit()
    if not (is_number or looks_secret(written)) or is_evidence(written):
        return None
    line = _LINE.match(text, link.end())
    is_alone = line is not None and line.group().strip(" \t\"'`*>") == written.strip(" \t\"'`*")
    return value if is_alone or (not is_number and (value.is_enclosed or has_marks(written))) else None


def _in_heading(text: str, found: LabelMatch) -> Value | None:
    starts_line = text.rfind("\n", max(0, found.start - 30), found.start) + 1
    if text[max(starts_line, found.start - 30) : found.start].strip(" \t#*<>b/stronghd").count(" ") > 2:
        return None
    return _on_next_line(text, found, found.end)


def _attributed(text: str, found: LabelMatch) -> Value | None:
    link = _ATTRIBUTE.match(text, found.end) or _REGISTRY.match(text, found.end)
    value = values.read(text, link.end()) if link else None
    return value if value and is_announced(text, value, found) else None


def _in_markup(text: str, found: LabelMatch) -> Value | None:
    if text[found.end : found.end + 1] not in "<>\"'" and text[found.start - 1 : found.start] not in ("<", ":"):
        return None
    link = _MARKUP.match(text, found.end)
    if not link or (text[found.end] == ">" and "<" not in text[max(0, found.start - 30) : found.start]):
        return None
    value = values.read(text, link.end())
    if not value:
        return None
    end = text.find("<", value.start, value.start + values.LONGEST_QUOTED)
    end = end if end >= 0 else value.end
    stop = value.start + len(text[value.start : end].removesuffix("]]>").rstrip())
    enclosed = Value(value.start, stop, is_enclosed=True, after=end)
    is_element = text[found.end] == ">"
    is_told = is_announced(text, enclosed, found) and (is_element or looks_secret(text[value.start : stop]))
    return enclosed if is_told and stop > value.start else None


def _in_cell(text: str, found: LabelMatch) -> Value | None:
    link = _CELL.match(text, found.end)
    value = values.read(text, link.end()) if link else None
    if not value or found.is_unqualified:
        return None
    written = text[value.start : value.end]
    if _ATTRIBUTE_NAME.match(written):
        return None
    if link and link.group()[-2:].strip(" ") in _WEAK_CELLS and not (has_marks(written) and looks_secret(written)):
        return None
    is_number = found.label.strength is Strength.NUMBER and written.isdigit() and len(written) > 3
    return value if (looks_secret(written) or is_number) and not is_evidence(written) else None


def _behind_flag(text: str, found: LabelMatch) -> Value | None:
    word = max(text.rfind(" ", 0, found.start), text.rfind("\n", max(0, found.start - 40), found.start)) + 1
    if found.start - word > 40 or text[word : word + 1] not in ("-", "/") or found.is_unqualified:
        return None
    link = _FLAG.match(text, found.end)
    value = values.read(text, link.end()) if link else None
    if not value or text[value.start] in "-/$@(%<*[":
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
_BEHIND_BLANK: tuple[Layout, ...] = (_assigned, _attributed, _in_cell, _behind_target, _in_prose, _in_heading)
_BEHIND_NUMBER: tuple[Layout, ...] = (_assigned, _behind_target, _in_prose)
_SENTENCE: tuple[Layout, ...] = (_behind_target, _in_prose)
_QUOTED: tuple[Layout, ...] = (_assigned, _attributed, _in_markup, _in_cell)
_BY_SIGN: dict[str, tuple[Layout, ...]] = {
    **dict.fromkeys("\"'`\\*_&])~", (*_QUOTED, _in_heading)),
    **dict.fromkeys("-→.·#", (_assigned,)),
    **dict.fromkeys(";,", (_in_cell,)),
    **dict.fromkeys("\t|([", (_assigned, _attributed, _in_cell, _in_prose)),
    "<": (_assigned, _in_markup, _in_cell, _in_heading),
    "\n": (_in_heading,),
}
