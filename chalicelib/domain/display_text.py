"""Text as a model or an identity provider wrote it, made fit to store and to show."""

import unicodedata

_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

TAG_CHARACTERS = range(0xE0000, 0xE0080)
"""Unicode's tag characters: no screen shows them, and a model reads them like letters."""

_WORD_SEARCH = 40
"""How far back from the cut a word boundary is looked for, in characters."""


def tidy(text: str, limit: int) -> str:
    """Return `text` without control and tag characters and direction marks, in at most `limit` characters.

    Line breaks and tabs stay. A longer text is cut, at a word boundary where one is near, and ends in `…`: a wordy
    answer is still worth reading. Raises ValueError when nothing readable is left.
    """
    readable = "".join(char for char in text if _is_readable(char)).strip()
    if not readable:
        raise ValueError("the text is empty")
    if len(readable) <= limit:
        return readable
    head = readable[: limit - 1]
    boundary = head.rfind(" ", limit - _WORD_SEARCH)
    return (head if boundary < 0 else head[:boundary]).rstrip() + "…"


def one_line(text: str, limit: int) -> str:
    """Do as `tidy`, and turn every run of white space into one space."""
    return tidy(" ".join(text.split()), limit)


def _is_readable(char: str) -> bool:
    is_shown = unicodedata.category(char) not in ("Cc", "Cs", "Cn") and ord(char) not in TAG_CHARACTERS
    return char in "\n\t" or (is_shown and char not in _DIRECTION_MARKS)
