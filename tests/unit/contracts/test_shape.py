import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chalicelib.contracts.pasted_text import as_pasted
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

DROPPED = {
    "NUL": "\x00",
    "bell": "\x07",
    "backspace": "\x08",
    "color": "\x1b[1;31m",
    "cursor": "\x1b[2K\x1b[12;4H",
    "8-bit color": "\x9b31m",
    "color cut off": "\x1b[3",
    "window title": "\x1b]0;C:\\Windows\\system32\x07",
    "device string": "\x1bP1$r0m\x1b\\",
    "character set": "\x1b(B",
    "saved cursor": "\x1b7",
    "lone escape": "\x1b",
    "delete": "\x7f",
    "C1": "\x86",
}

LINE_ENDS = {"VT": "\x0b", "FF": "\x0c", "CR": "\r", "CR LF": "\r\n", "NEL": "\x85", "LF": "\n"}

NOT_TEXT = {
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
def test_texts_are_accepted_unchanged(kind: str, text: str) -> None:
    assert TEXTS[kind].validate_python(text) == text


@pytest.mark.parametrize("text", NOT_TEXT.values(), ids=NOT_TEXT)
@pytest.mark.parametrize("kind", TEXTS)
def test_character_that_is_not_text_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(f"{CANARY}{text}")


@pytest.mark.parametrize("control", DROPPED.values(), ids=DROPPED)
@pytest.mark.parametrize("kind", TEXTS)
def test_control_is_dropped_from_what_is_pasted(kind: str, control: str) -> None:
    assert TEXTS[kind].validate_python(f"FAIL {CANARY}{control}") == f"FAIL {CANARY}"


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("kind", ["paragraph", "long text", "notes"])
def test_line_end_of_any_kind_is_written_one_way(kind: str, end: str) -> None:
    assert TEXTS[kind].validate_python(f"a{end}\tb") == "a\n\tb"


def test_colored_output_of_a_terminal_is_taken_without_its_colors() -> None:
    pasted = "\x1b[31mFAIL \x1b[0m dns\r\n\x1b]8;;https://status.example\x1b\\details\x1b]8;;\x1b\\\x0b10%\r20%\x0c"

    assert PARAGRAPH.validate_python(pasted) == "FAIL  dns\ndetails\n10%\n20%"


def test_text_behind_a_title_that_never_ends_is_kept() -> None:
    assert PARAGRAPH.validate_python("\x1b]0;title\nping: no answer") == "]0;title\nping: no answer"


def test_length_is_counted_without_what_is_dropped() -> None:
    assert PARAGRAPH.validate_python("\x1b[31m" + "x" * 2_000 + "\x1b[0m") == "x" * 2_000


@pytest.mark.parametrize("kind", ["line", "paragraph", "long text"])
def test_controls_alone_are_no_text(kind: str) -> None:
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python("\x1b[0m\x07")


def test_character_and_its_place_are_named_and_nothing_is_repeated() -> None:
    with pytest.raises(ValidationError) as refusal:
        Case.model_validate({"summary": f"{CANARY}\uffff{CANARY}"})

    assert "Character 7 (U+FFFF) is not text. Remove it and send again." in str(refusal.value)
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize("text", ["\x1b]0;" * 30_000, "\x1bPx" * 40_000, "\x1b[" + "1" * 120_000 + "\n"])
def test_beginnings_of_sequences_that_never_end_are_kept_as_text(text: str) -> None:
    assert as_pasted(text) == text.replace("\x1b", "")


@pytest.mark.parametrize("kind", TEXTS)
def test_longest_text_is_taken_and_no_longer_one(kind: str) -> None:
    longest = "🔥" * LIMITS[kind]

    assert TEXTS[kind].validate_python(f"  {longest}\n") == longest
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(longest + "x")


@pytest.mark.parametrize("blank", ["", "  ", "\n\t ", "\u00a0\u3000"])
@pytest.mark.parametrize("kind", ["line", "paragraph", "long text"])
def test_blank_is_no_text(kind: str, blank: str) -> None:
    with pytest.raises(ValidationError):
        TEXTS[kind].validate_python(blank)


@pytest.mark.parametrize("blank", ["", "  ", "\n\t "])
def test_notes_may_be_empty(blank: str) -> None:
    assert TEXTS["notes"].validate_python(blank) == ""


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\u2028"])
def test_line_has_no_breaks(break_: str) -> None:
    with pytest.raises(ValidationError, match="more than one line"):
        TEXTS["line"].validate_python(f"a{break_}b")


@given(st.text(min_size=1, max_size=50))
def test_accepted_text_is_stored_and_read_unchanged(text: str) -> None:
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


@pytest.mark.parametrize("pasted", ["\u202a48213\u202c", " 48213\n", "\u00a048213\u200b", "\ufeff48213\x00", "48213\t"])
def test_ticket_id_is_taken_without_what_was_pasted_around_it(pasted: str) -> None:
    assert TypeAdapter(TicketId).validate_python(pasted) == "48213"


@pytest.mark.parametrize("ticket", ["", " ", "a b", "a" * 65, "<1>", "1\n2", "1;2", "1'", "🔥", "a?b", "a&b"])
def test_malformed_ticket_id_is_refused(ticket: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(TicketId).validate_python(ticket)


def test_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({"summary": "x", "account_id": "globex"})


def test_shape_does_not_change() -> None:
    case = Case(summary="x")

    with pytest.raises(ValidationError):
        case.summary = "y"  # type: ignore[misc]
