import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chalicelib.contracts.shape import Line, LongText, Notes, Paragraph, StrictModel, TicketId

CANARY = "canary"

PARAGRAPH: TypeAdapter[str] = TypeAdapter(Paragraph)
TEXTS: dict[str, TypeAdapter[Any]] = {
    "line": TypeAdapter(Line),
    "paragraph": PARAGRAPH,
    "long text": TypeAdapter(LongText),
    "notes": TypeAdapter(Notes),
}
LIMITS = {"line": 200, "paragraph": 2_000, "long text": 10_000, "notes": 10_000}

FINE = {
    "umlauts": "Größe",
    "emoji": "🔥",
    "family": "👩‍👩‍👧‍👦",
    "skin": "👍🏽",
    "flag": "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "emoji of Unicode 15": "\U0001fae8",
    "emoji of a Unicode to come": "\U0001faff",
    "marks that combine": "e\u0301",
    "right to left": "שלום \u200fabc",
    "Japanese": "日本語",
    "no-break space inside": "a\u00a0b",
    "markup": "<b>&amp;</b>",
    "of private use": "\ue000",
}

NOT_TEXT = {
    "NUL": "\x00",
    "bell": "\x07",
    "escape": "\x1b[31m",
    "delete": "\x7f",
    "C1": "\x9b",
    "half a pair": "\ud800",
    "noncharacter": "\ufffe",
    "noncharacter of another plane": "\U0001ffff",
    "noncharacter in Arabic": "\ufdd0",
}


class Case(StrictModel):
    """A shape of one field."""

    summary: Paragraph


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
@pytest.mark.parametrize("kind", TEXTS)
def test_what_people_write_is_taken_as_it_is(kind: str, text: str) -> None:
    assert TEXTS[kind].validate_python(text) == text


@pytest.mark.parametrize("text", NOT_TEXT.values(), ids=NOT_TEXT)
@pytest.mark.parametrize("kind", TEXTS)
def test_character_that_is_not_text_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(f"{CANARY}{text}")


def test_the_character_and_its_place_are_named_and_nothing_is_repeated() -> None:
    with pytest.raises(ValidationError) as refusal:
        Case.model_validate({"summary": f"{CANARY}\x07{CANARY}"})

    assert "U+0007 at position 6" in str(refusal.value)
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize("kind", TEXTS)
def test_the_longest_text_is_taken_and_no_longer_one(kind: str) -> None:
    longest = "🔥" * LIMITS[kind]

    assert TEXTS[kind].validate_python(f"  {longest}\n") == longest
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(longest + "x")


@pytest.mark.parametrize("blank", ["", "  ", "\n\t ", "\u00a0\u3000"])
@pytest.mark.parametrize("kind", ["line", "paragraph", "long text"])
def test_a_blank_is_no_text(kind: str, blank: str) -> None:
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(blank)


@pytest.mark.parametrize("blank", ["", "  ", "\n\t "])
def test_notes_may_be_empty(blank: str) -> None:
    assert TEXTS["notes"].validate_python(blank) == ""


@pytest.mark.parametrize("kind", ["paragraph", "long text", "notes"])
def test_line_breaks_and_tabs_stay_and_are_written_one_way(kind: str) -> None:
    assert TEXTS[kind].validate_python("a\r\n\tb\nc") == "a\n\tb\nc"


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\u2028"])
def test_a_line_has_no_breaks(break_: str) -> None:
    with pytest.raises(ValidationError, match="more than one line"):
        TEXTS["line"].validate_python(f"a{break_}b")


@given(st.text(min_size=1, max_size=50))
def test_whatever_is_taken_can_be_stored_and_comes_back(text: str) -> None:
    try:
        taken = PARAGRAPH.validate_python(text)
    except ValidationError:
        return

    assert json.loads(json.dumps(taken)) == taken
    assert taken.encode("utf-8").decode("utf-8") == taken
    assert PARAGRAPH.validate_python(taken) == taken
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in taken if char not in "\n\r\t")


@pytest.mark.parametrize("ticket", ["4711", "#4711", "INC0012345", "T20261123.0042", "PROJ-1/2", "Ticket_7", "a" * 64])
def test_ticket_ids_of_every_system_are_taken(ticket: str) -> None:
    assert TypeAdapter(TicketId).validate_python(ticket) == ticket


@pytest.mark.parametrize("ticket", ["", " ", "a b", "a" * 65, "<1>", "1\n2", "1;2", "1'", "🔥", "a?b", "a&b"])
def test_malformed_ticket_id_is_refused(ticket: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(TicketId).validate_python(ticket)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({"summary": "x", "account_id": "globex"})


def test_a_shape_does_not_change() -> None:
    case = Case(summary="x")

    with pytest.raises(ValidationError):
        case.summary = "y"  # type: ignore[misc]
