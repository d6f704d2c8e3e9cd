"""What all contracts are made of: strict objects, text that can be stored, and text that is shown on one line."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints

from chalicelib.domain.display_text import one_line


class StrictModel(BaseModel):
    """A JSON object with known fields. Unknown ones are refused; errors never repeat what was sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


def _require_text(text: str) -> str:
    """Refuse control characters, surrogates and noncharacters; line breaks, tabs and every emoji are accepted.

    A character that this Python does not know may be an emoji of a newer Unicode, so unassigned ones are accepted.
    """
    for position, char in enumerate(text):
        if char not in "\n\r\t" and not _is_text(char):
            raise ValueError(f"the character U+{ord(char):04X} at position {position} is not text")
    return text.replace("\r\n", "\n")


def _is_text(char: str) -> bool:
    is_noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return not is_noncharacter and unicodedata.category(char) not in ("Cc", "Cs")


def _require_one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("the text has more than one line")
    return text


def _require_text_as_it_is(text: str) -> str:
    """Refuse what `_require_text` refuses, and change nothing: offsets into the text have to stay right."""
    _require_text(text)
    return text


Printable = AfterValidator(_require_text)

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Printable,
    AfterValidator(_require_one_line),
]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Printable]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), Printable]
Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Printable]
TicketId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[\w./#-]+$")]
VerbatimText = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_require_text_as_it_is)]

OneLine = Annotated[str, PlainSerializer(one_line, return_type=str)]
"""Text of an answer that clients show on one line: sent as one readable line, stored as it was written."""
