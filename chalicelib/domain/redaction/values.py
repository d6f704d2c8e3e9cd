"""How a value is written: in quotes, in markup, in a table cell, or as one word."""

import re
from typing import NamedTuple

LONGEST_QUOTED = 4_096
_LONGEST_JUDGED = 257

_WORD = re.compile(r"\S{1,257}")
_NEXT_WORD = re.compile(r"[ \t]{0,8}+(\S{1,60})")
_REST_OF_WORD = re.compile(r"\S*+")
SIMPLE = r"[^\W_][\w.!?#$%+=@^~:/-]{0,200}+"
_SIMPLE = re.compile(rf"[ \t]{{0,8}}+({SIMPLE})(?=[ \n]|$)")
_QUOTE = re.compile(r"\\{0,15}[\"'`]|&quot;|&#34;|&#39;|\*\*(?=\S)|__(?=\w)")
_TAGS = re.compile(r"(?:</?[A-Za-z][^<>\n]{0,120}+>\s{0,40}+){1,4}+")
_CUT = re.compile(
    r"[;&,](?=[ ]?[A-Za-z_][\w.-]{0,30}+[=:])|</|<br|&quot;|"
    r"\\{1,15}[\"']|[\"'`](?=[,;)}\]>|]|\s|$)|\]\]>|(?:\*\*|__|~~)(?=[\s.,;]|$)|&(?=[A-Za-z_]{1,30}+=)"
)
_CUTTERS = frozenset(";&,<\\\"'`]*_~")
_OPENERS = frozenset("<\\\"'`&*_")
_TRAILING = ".,;:)]}>\"'`"


class Value(NamedTuple):
    """A value as it stands: its place, whether quotes or markup surround it, and where reading may go on.

    Of a word longer than anything that is judged it is the beginning; `whole_end` says where the word ends.
    """

    start: int
    end: int
    is_enclosed: bool
    after: int


ENCLOSED, BARE = True, False


def read(text: str, at: int) -> Value | None:
    """Read the value that begins at `at`, behind blanks, quotes and opening tags; None where a line ends instead."""
    if simple := _SIMPLE.match(text, at):
        start, end = simple.span(1)
        return bare(text, start, end) if text[end - 1] in _TRAILING else Value(start, end, BARE, end)
    at, in_markup, quote = _open(text, at)
    if at >= len(text) or text[at] == "\n":
        return None
    if quote:
        end = _closing(text, at, quote)
        if end > at:
            return Value(at, end, ENCLOSED, end + len(quote))
    if in_markup:
        end = text.find("<", at, at + LONGEST_QUOTED)
        end = end if end >= 0 else _word_end(text, at)
        stop = at + len(text[at:end].removesuffix("]]>").rstrip())
        return Value(at, stop, ENCLOSED, end) if stop > at else None
    end = _word_end(text, at)
    return Value(at, end, BARE, end) if end > at else None


def bare(text: str, start: int, end: int) -> Value:
    """Return the word from `start` to `end` as a value, without what ends a clause."""
    while text[end - 1] in _TRAILING and end > start + 1:
        end -= 1
    return Value(start, end, BARE, end)


def _open(text: str, at: int) -> tuple[int, bool, str]:
    in_markup = False
    for _ in range(3):
        while at < len(text) and text[at] in " \t":
            at += 1
        if text[at : at + 1] not in _OPENERS:
            break
        if text.startswith("<", at) and (tags := _TAGS.match(text, at)):
            in_markup = True
            at = tags.end()
        elif text.startswith("<![CDATA[", at):
            in_markup = True
            at += 9
        elif quote := _QUOTE.match(text, at):
            return quote.end(), in_markup, quote.group()
        else:
            break
    return at, in_markup, ""


def _closing(text: str, at: int, quote: str) -> int:
    """Return where the quote that opened before `at` closes on the same line, -1 where it does not."""
    stop = text.find("\n", at, at + LONGEST_QUOTED)
    stop = stop if stop >= 0 else min(len(text), at + LONGEST_QUOTED)
    found = text.find(quote, at, stop)
    while found > 0 and len(quote) == 1 and quote != "`" and text[found - 1] == "\\" and found - 1 >= at:
        backslashes = found - len(text[at:found].rstrip("\\")) - at
        if backslashes % 2 == 0:
            break
        found = text.find(quote, found + 1, stop)
    return found


def _word_end(text: str, at: int) -> int:
    word = _WORD.match(text, at)
    if word is None:
        return at
    cut = None if _CUTTERS.isdisjoint(word.group()) else _CUT.search(text, at + 1, word.end())
    if cut is None and word.end() - at >= _LONGEST_JUDGED:
        return word.end()
    end = cut.start() if cut else word.end()
    stripped = text[at:end].rstrip(_TRAILING)
    return at + len(stripped)


def whole_end(text: str, value: Value) -> int:
    """Return where a value ends of which `read` has returned the beginning, being longer than anything judged."""
    if value.is_enclosed or value.end - value.start < _LONGEST_JUDGED:
        return value.end
    rest = _REST_OF_WORD.match(text, value.end)
    return rest.end() if rest else value.end


def next_word(text: str, at: int) -> re.Match[str] | None:
    """Return the next word of the line from `at` on, as the group of a match; None where the line ends."""
    return _NEXT_WORD.match(text, at)
