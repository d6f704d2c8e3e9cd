import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.display_text import one_line, readable, tidy, tidy_line
from tests.support.invisible import hidden_in


@given(st.text(), st.integers(min_value=2, max_value=200))
def test_tidy_text_is_short_and_readable(text: str, limit: int) -> None:
    try:
        kept = tidy(text, limit)
    except ValueError:
        return

    assert 0 < len(kept) <= limit
    assert tidy(kept, limit) == kept


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "\u202e\u2066"])
def test_text_without_readable_characters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        tidy(text, 10)


def test_control_characters_and_direction_marks_go() -> None:
    assert tidy("a\x00b\x1b[31mc\u202ed\x9fe", 100) == "ab[31mcde"


def test_lines_tabs_and_emoji_stay() -> None:
    assert tidy("Check:\n\t👩‍💻 ä", 100) == "Check:\n\t👩‍💻 ä"


def test_long_text_is_cut_at_a_word() -> None:
    assert tidy("Check the Autodiscover record", 20) == "Check the…"


def test_long_word_is_cut_anywhere() -> None:
    assert tidy("x" * 100, 20) == "x" * 19 + "…"


def test_tidy_line_has_no_line_breaks() -> None:
    assert tidy_line(" Check\n the\t record ", 100) == "Check the record"


anything = st.text() | st.text(st.sampled_from("aé \n\u200b\u200c\u200d\u202e\ufe0f\ufeffاक👩1\u20e3❤"), max_size=12)


@given(anything)
def test_one_line_has_nothing_hidden_and_single_spaces(text: str) -> None:
    line = one_line(text)

    assert hidden_in(line) == []
    assert line == " ".join(line.split())


@given(anything)
def test_one_line_of_one_line_is_the_same(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(anything)
def test_readable_text_stays_the_same(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻 🏳️‍🌈 👍🏽 🇧🇪 ❤️ 1️⃣ ☎︎",
        "می‌خواهم",  # Persian: ZWNJ parts the prefix
        "क्‍ष",  # Hindi: ZWJ keeps the half form
        "שלום עולם",
        "naïve café 漢字",
        "\u06dd\u0661",  # end of ayah: a format character with a glyph
    ],
)
def test_one_line_keeps_what_scripts_and_emoji_need(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202ecba gnihton", "cba gnihton"),
        ("\ufeffprinter", "printer"),
        ("pay\u200dload", "payload"),
        ("\u200d👩", "👩"),
        ("a\ufe0fb\U000e0101c", "abc"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u3164\u2800\u115f", ""),
        ("one\u2028two\x85three\x0bfour", "one two three four"),
    ],
)
def test_one_line_removes_what_is_hidden(text: str, shown: str) -> None:
    assert one_line(text) == shown
