import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidRequest
from chalicelib.store.cursors import decode_cursor, encode_cursor

PLACES = st.text(st.characters(max_codepoint=127), min_size=1, max_size=200)
NUMBERS = st.integers(0, 10**15 - 1)

NO_CURSORS = [
    "x",
    "%%%",
    "=",
    "ü",
    "\0",
    "WzEyLA",  # cut off
    "[" * 1000,
    base64.urlsafe_b64encode(b"[" * 700).decode(),
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    encode_cursor("one"),
    encode_cursor("one", "two", "three"),
]

NOT_OF_TWO_WORDS = [["a", 1], ["a", None], ["a", ""], ["a", "x" * 201], ["a", "ü"], ["a", ["b"]], ["a", {}], {"a": 1}]


def forged(content: object) -> str:
    """A cursor that no list gave out."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@given(PLACES, NUMBERS, PLACES | st.none())
def test_cursor_leads_back_to_its_place(word: str, number: int, maybe: str | None) -> None:
    cursor = encode_cursor(word, number, maybe)

    assert decode_cursor(cursor, str, int, str | None) == [word, number, maybe]


@given(st.lists(PLACES | NUMBERS, max_size=4))
def test_cursor_can_stand_in_an_address_as_it_is(place: list[str | int]) -> None:
    cursor = encode_cursor(*place)

    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("cursor", NO_CURSORS)
def test_cursor_that_is_not_of_this_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        decode_cursor(cursor, str, str)

    assert refusal.value.pointer == "/cursor"


@pytest.mark.parametrize("content", NOT_OF_TWO_WORDS, ids=str)
def test_forged_place_is_refused(content: object) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(forged(content), str, str)


@pytest.mark.parametrize("number", [-1, 10**15, 1.5, True, "1", None])
def test_forged_number_is_refused(number: object) -> None:
    with pytest.raises(InvalidRequest):
        decode_cursor(forged([number]), int)


@given(st.text(max_size=300))
def test_any_text_is_a_place_or_refused(text: str) -> None:
    try:
        place = decode_cursor(text, str)
    except InvalidRequest:
        return
    assert isinstance(place[0], str)
