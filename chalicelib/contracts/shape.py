"""What every shape at the border is made of: strict objects, and text that can be stored and shown."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints


class Shape(BaseModel):
    """A JSON object of a known form. Unknown fields are refused; errors never repeat what was sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _require_printable(text: str) -> str:
    """Refuse what no keyboard makes and no screen shows; line breaks and tabs are fine, as is every emoji."""
    for position, char in enumerate(text):
        if char not in "\n\r\t" and unicodedata.category(char) in ("Cc", "Cs", "Cn"):
            raise ValueError(f"the character U+{ord(char):04X} at position {position} is not text")
    return text.replace("\r\n", "\n")


Printable = AfterValidator(_require_printable)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Printable]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Printable]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), Printable]
Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Printable]
TicketId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=r"^[\w./#-]+$")]
