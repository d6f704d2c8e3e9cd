"""Text as people paste it: what a terminal or a page mixes into it is dropped, what is no text at all is refused."""

import re
from typing import Any, NamedTuple

from chalicelib.domain.display_text import one_line
from chalicelib.domain.ticket_ids import TICKET_ID_PATTERN

_SEQUENCES = re.compile(
    r"""
    (?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|\Z)                       # colors, cursor moves (ECMA-48, 5.4), also cut off
    | \x1b\][^\x07\x1b\x9c\r\n]{0,2000}(?:\x07|\x1b\\|\x9c)       # titles, links (OSC)
    | \x1b[PX^_][^\x07\x1b\x9c]{0,2000}(?:\x1b\\|\x9c)            # device strings
    | \x1b[ -/]{1,2}[0-~]                                         # character sets
    | \x1b[78=>cDEHMNOZ]                                          # saved cursor, keypad, reset
    """,
    re.VERBOSE,
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85]")
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), None)
del _CONTROLS[ord("\n")], _CONTROLS[ord("\t")]
_OTHER_CONTROLS = re.compile(f"[{re.escape(''.join(map(chr, _CONTROLS)))}]+")
_BLANK_ENDS = re.compile(r"\A\s+|(?<!\s)\s+\Z")


def as_pasted(value: Any) -> Any:
    """Return a text without color and cursor sequences and other controls; anything else as it is, to be refused.

    Line breaks and tabs stay; carriage returns, vertical tabs and form feeds become line ends. Formatting characters of
    Unicode stay: text is stored as it was sent.
    """
    if not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return value
    return _LINE_ENDS.sub("\n", _SEQUENCES.sub("", value)).translate(_CONTROLS)


class StoredText(NamedTuple):
    """A text as it is stored, and where each of its characters stands in the text that was sent."""

    text: str
    offsets: list[int] | None
    """None where nothing was dropped."""

    def sent(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` up to `end` stand in the text that was sent."""
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end - 1] + 1)


def as_stored(sent: str) -> StoredText:
    """Return a text as `as_pasted` and the stripping of blanks leave it, with the places of its characters."""
    text, offsets = sent, list(range(len(sent)))
    for dropped, replacement in ((_SEQUENCES, ""), (_LINE_ENDS, "\n"), (_OTHER_CONTROLS, ""), (_BLANK_ENDS, "")):
        text, offsets = _substituted(dropped, replacement, text, offsets)
    return StoredText(text, offsets if len(text) < len(sent) else None)


def _substituted(pattern: re.Pattern[str], replacement: str, text: str, offsets: list[int]) -> tuple[str, list[int]]:
    parts, places, last = [], list[int](), 0
    for match in pattern.finditer(text):
        start, end = match.span()
        parts += [text[last:start], replacement]
        places += [*offsets[last:start], *offsets[start : start + len(replacement)]]
        last = end
    return "".join([*parts, text[last:]]), places + offsets[last:]


def as_pasted_lines(value: Any) -> Any:
    """Return all texts in a JSON value, names included, as one readable line each.

    For names, numbers and keys, which are pasted with blanks and marks of direction around them (U+202A, U+202C). Lists
    become tuples: behind a validator pydantic reads strictly as Python, where a tuple takes no list.
    """
    match value:
        case str():
            return one_line(as_pasted(value))
        case dict():
            return {as_pasted_lines(name): as_pasted_lines(item) for name, item in value.items()}
        case list():
            return tuple(as_pasted_lines(item) for item in value)
        case _:
            return value


def require_text(text: str) -> str:
    """Refuse surrogates and noncharacters, which no text has; every emoji is accepted, also one of a newer Unicode."""
    for position, char in enumerate(text, 1):
        code = ord(char)
        if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0xD800 <= code <= 0xDFFF:
            raise ValueError(f"Character {position} (U+{code:04X}) is not text. Remove it and send again.")
    return text


SPELLINGS = {
    TICKET_ID_PATTERN: "A ticket's id has letters, digits and the signs . / # - _ only, without blanks between them.",
    r"^[0-9]+$": "This is a number: digits only.",
    r"^[!-~](?:[ -~]*[!-~])?$": "This has letters without accents, digits and common signs only.",
    r"^[A-Za-z0-9_.-]+$": "This has letters without accents, digits and the signs . _ - only.",
    r"^[A-Za-z0-9_+/-]+$": "This is the name of a time zone, like Europe/Brussels.",
    r"^[^@\s]+@[^@\s]+$": "This is an e-mail address, like jane@acme.example.",
    r"^[a-z][a-z0-9-]*$": "This is the name of a header in small letters, like authorization.",
    r"^[^:\x00-\x1f]+$": "This has no colon.",
    r"^(on|off)$": "This is on or off.",
    r"^\S{1,128}$": "This has no blanks, and at most 128 characters.",
    r"\w": "This has at least one letter or digit.",
    r"^[a-z_]+$": "This is no name of a secret.",
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$": "This is the id of a session or of a handoff.",
    r"^[a-z_]+(,[a-z_]+)*$": "These are names in small letters, parted by commas.",
}
"""What each pattern of the contracts asks for, in a sentence: nobody is refused with a regular expression."""


def spelling(pattern: str) -> str:
    """Return the sentence for what does not match `pattern`."""
    return SPELLINGS.get(pattern, "This is not written as the field asks for.")
