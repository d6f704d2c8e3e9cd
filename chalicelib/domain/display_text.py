"""Text that people, PSAs and models wrote, made fit to show. Stored text stays as it was sent."""

import unicodedata
from collections.abc import Iterator
from itertools import takewhile

_BLANKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u115f\u1160\u2800\u3164\uffa0")
"""What becomes a space: controls that separate words, Hangul fillers and the empty Braille pattern."""

_INVISIBLE = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065")
"""Characters without a glyph that have another category than Cf."""

_VISIBLE_FORMAT = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""The characters of category Cf that have a glyph: signs of Arabic, Syriac and Kaithi."""

_JOINERS = frozenset("\u200c\u200d")
_TEXT_OR_EMOJI = frozenset("\ufe0e\ufe0f")
_KEYCAP = "\u20e3"
_KEYCAP_BASES = frozenset("0123456789#*")
_OTHER_SELECTORS = [range(0xFE00, 0xFE0E), range(0xE0100, 0xE01F0)]
_BEFORE_JOINER = frozenset(("Lo", "Mn", "Mc", "So", "Sk"))
_AFTER_JOINER = frozenset(("Lo", "Mn", "Mc", "So", "Sm"))

_WORD_SEARCH = 40
"""How far back from the cut a word boundary is looked for, in characters."""


def readable(text: str) -> str:
    """Return `text` without what no screen shows and what changes the direction of the text around it.

    Line breaks and tabs stay. Removed are control characters, the format characters of Unicode that have no glyph
    (marks and overrides of direction, zero width spaces, byte order marks, tag characters, soft hyphens), surrogates,
    noncharacters and stray variation selectors. Kept are joiners (ZWJ, ZWNJ) between letters of scripts without upper
    and lower case, which Persian and Indic spelling needs, and inside emoji; a text or emoji selector stays behind a
    symbol and in a keycap. Flags of regions, which are spelled in tag characters, lose the region. Applying it twice
    changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    found = "".join(" " if char in _BLANKS else char for char in text if char in _BLANKS or _may_stay(char))
    kept: list[str] = []
    for place, char in enumerate(found):
        before, after = kept[-1] if kept else "", found[place + 1 : place + 2]
        if char in _JOINERS and not _joins(before, after):
            continue
        if char in _TEXT_OR_EMOJI and not _selects(before, after):
            continue
        kept.append(char)
    return "".join(kept)


def one_line(text: str) -> str:
    """Return `text` as one readable line: `readable`, and each run of white space folded to one space."""
    return " ".join(readable(text).split())


def as_written(text: str) -> str:
    """Return what somebody did, readable: the output of a command keeps its lines and columns, else one line."""
    lines = readable(text).expandtabs().rstrip().splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") if len(lines) > 1 else one_line(text)


def tidy(text: str, limit: int) -> str:
    """Return `text` readable, in at most `limit` characters.

    Line breaks and tabs stay. A longer text is cut, at a word boundary where one is near, and ends in `…`.
    Raises ValueError when nothing readable is left.
    """
    found = readable(text).strip()
    if not found:
        raise ValueError("the text is empty")
    if len(found) <= limit:
        return found
    boundary = found.rfind(" ", max(limit - _WORD_SEARCH, 0), limit - 1)
    return found[: boundary if boundary > 0 else between_characters(found, limit - 1)].rstrip() + "…"


def tidy_line(text: str, limit: int) -> str:
    """Return `text` as one readable line of at most `limit` characters, cut as by `tidy`. Raises ValueError as that."""
    return tidy(one_line(text), limit)


def cut_in_middle(text: str, limit: int) -> str:
    """Return `text`, or its beginning and end with a mark between that says how many characters are left out.

    About `limit` characters of the text stay: the mark comes on top.
    """
    if len(text) <= limit:
        return text
    head = between_characters(text, limit // 2)
    tail = between_characters(text, len(text) - limit // 2)
    return f"{text[:head]}\n[… {tail - head:,} characters left out …]\n{text[tail:]}"


def between_characters(text: str, near: int) -> int:
    """Return the place at or before `near` where the text can be cut without splitting a user-perceived character.

    That is a letter with its accents, or an emoji with its skin tone, family or flag. A text that has no such place,
    which no language writes, is cut at `near`.
    """
    return next((place for place in range(near, 0, -1) if not _is_within_one(text, place)), near)


def _may_stay(char: str) -> bool:
    if char in "\n\r\t" or char in _JOINERS or char in _VISIBLE_FORMAT:
        return True
    code = ord(char)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:  # noncharacters
        return False
    is_selector = any(code in selectors for selectors in _OTHER_SELECTORS)
    return not is_selector and char not in _INVISIBLE and unicodedata.category(char) not in ("Cc", "Cf", "Cs")


def _joins(before: str, after: str) -> bool:
    if not before or not after or after in _TEXT_OR_EMOJI:
        return False
    return unicodedata.category(before) in _BEFORE_JOINER and unicodedata.category(after) in _AFTER_JOINER


def _selects(before: str, after: str) -> bool:
    if before in _KEYCAP_BASES:
        return after == _KEYCAP
    return bool(before) and not before.isascii() and unicodedata.category(before) in ("So", "Sm", "Po")


def _is_within_one(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _is_half_a_flag(before) and _is_half_a_flag(after):
        return sum(1 for _ in _halves_before(text, place)) % 2 == 1
    is_skin = 0x1F3FB <= ord(after) <= 0x1F3FF
    is_joined = before in _JOINERS or after in _JOINERS
    return is_skin or is_joined or unicodedata.category(after) in ("Mn", "Me", "Mc")


def _halves_before(text: str, place: int) -> Iterator[str]:
    return takewhile(_is_half_a_flag, reversed(text[:place]))


def _is_half_a_flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF
