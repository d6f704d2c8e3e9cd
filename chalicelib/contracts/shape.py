"""What all contracts are made of: strict objects, text that can be stored, and text that is shown on one line."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer, StringConstraints

from chalicelib.contracts.pasted_text import as_pasted, as_pasted_lines, require_text
from chalicelib.domain.display_text import one_line
from chalicelib.domain.ticket_ids import LONGEST_TICKET_ID, TICKET_ID_PATTERN


class StrictModel(BaseModel):
    """A JSON object with known fields. Unknown ones are refused; errors never repeat what was sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


def _require_one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("The text has more than one line.")
    return text


Pasted = BeforeValidator(as_pasted)
PastedLines = BeforeValidator(as_pasted_lines)
"""All texts of a value, as one readable line each."""

Printable = AfterValidator(require_text)

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    Pasted,
    Printable,
    AfterValidator(_require_one_line),
]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), Pasted, Printable]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Pasted, Printable]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000), Pasted, Printable]
Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), Pasted, Printable]
PersonId = Annotated[str, StringConstraints(pattern=r"^\S{1,128}$"), Printable]
TicketId = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TICKET_ID, pattern=TICKET_ID_PATTERN), PastedLines
]
VerbatimText = Annotated[str, StringConstraints(max_length=10_000), Printable]
"""Text that offsets count in: nothing of it is changed, while other texts are stored as `as_stored` returns them."""

OneLine = Annotated[str, PlainSerializer(one_line, return_type=str)]
"""Text of an answer that clients show on one line: sent as one readable line, stored as it was written."""
