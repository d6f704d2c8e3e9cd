import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.display_text import one_line, tidy


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_what_is_kept_is_short_and_readable(text: str, limit: int) -> None:
    try:
        kept = tidy(text, limit)
    except ValueError:
        return

    assert 0 < len(kept) <= limit
    assert tidy(kept, limit) == kept


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "\u202e\u2066"])
def test_nothing_readable_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        tidy(text, 10)


def test_control_characters_and_direction_marks_go() -> None:
    assert tidy("a\x00b\x1b[31mc\u202ed\x9fe", 100) == "ab[31mcde"


def test_lines_tabs_and_emoji_stay() -> None:
    assert tidy("Check:\n\t👩‍💻 ä", 100) == "Check:\n\t👩‍💻 ä"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert tidy("Check the Autodiscover record", 20) == "Check the…"


def test_a_long_word_is_cut_anywhere() -> None:
    assert tidy("x" * 100, 20) == "x" * 19 + "…"


def test_one_line_has_no_line_breaks() -> None:
    assert one_line(" Check\n the\t record ", 100) == "Check the record"
