"""The text that is stored, and where its characters stand in what was sent."""

from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chalicelib.contracts.pasted_text import as_stored
from chalicelib.contracts.shape import Notes

PIECES = [
    "\x1b[31m",
    "\x1b[0m",
    "\x1b",
    "[3",
    "\x9b1m",
    "\x1b]0;t\x07",
    "\r",
    "\n",
    "\r\n",
    "\x00",
    " ",
    "\u3000",
    "é",
    "👍",
]
pasted = st.lists(st.sampled_from(PIECES) | st.text("ab \t", max_size=3), max_size=12).map("".join)
stored = TypeAdapter[str](Notes)


@given(pasted)
@example("\r\x1b[0m\n")
@example(" \x1b[0m \x00 ")
def test_stored_text_is_what_a_request_makes_of_the_sent_one(sent: str) -> None:
    assert as_stored(sent).text == stored.validate_python(sent)


@given(pasted)
def test_each_stored_character_stands_where_its_offset_says(sent: str) -> None:
    kept = as_stored(sent)

    for at, char in enumerate(kept.text):
        start, end = kept.sent(at, at + 1)
        assert end == start + 1
        assert sent[start] == char or (char == "\n" and sent[start] in "\r\x0b\x0c\x85")
