import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.display_text import one_line
from chalicelib.domain.titles import (
    ATTRIBUTE_NAME_BYTES,
    SUMMARY_BYTES,
    about,
    client_start,
    contact_start,
    notification_title,
    snippet,
    summary_start,
)
from tests.support.invisible import hidden_in

WHITE_SPACE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2003\u2028\u2029\u202f\u205f\u3000"
texts = st.text() | st.text(alphabet=st.sampled_from(f"ab é漢😀{WHITE_SPACE}"), max_size=200)
words = st.text(alphabet="aé漢😀", min_size=1, max_size=40)
long_texts = st.lists(words, min_size=40).map(" \n".join)


def folded(text: str) -> str:
    return one_line(text)


@given(texts)
def test_snippet_has_at_most_70_characters(text: str) -> None:
    assert len(snippet(text)) <= 70


@given(texts)
def test_snippet_is_one_line_with_single_spaces(text: str) -> None:
    cut = snippet(text)

    assert cut == folded(cut)


@given(texts)
def test_snippet_of_a_snippet_is_the_same(text: str) -> None:
    assert snippet(snippet(text)) == snippet(text)


@given(texts.filter(lambda text: len(folded(text)) <= 70))
def test_text_that_fits_is_kept_whole(text: str) -> None:
    assert snippet(text) == folded(text)


@given(long_texts)
@example("x" * 71)
@example("x" * 48 + " " + "y" * 30)
@example("x" * 49 + " " + "y" * 30)
@example("x" * 68 + " " + "y" * 30)
@example("x" * 69 + " " + "y" * 30)
def test_longer_text_is_cut_at_the_last_boundary_of_its_last_20_characters_if_there_is_one(text: str) -> None:
    line = folded(text)
    boundaries = [at for at in range(49, 70) if line[at] == " "]

    assert snippet(text) == line[: max(boundaries, default=69)] + "…"


def test_word_that_ends_right_at_the_limit_is_kept() -> None:
    words = "x" * 60 + " " + "y" * 8

    assert snippet(words + " and more") == words + "…"


def test_boundary_too_far_back_is_not_used() -> None:
    assert snippet("x" * 48 + " " + "y" * 30) == "x" * 48 + " " + "y" * 20 + "…"


def test_70_emoji_fit() -> None:
    assert snippet("😀" * 70) == "😀" * 70


def test_every_kind_of_white_space_folds_to_one_space() -> None:
    assert snippet(f"{WHITE_SPACE}printer{WHITE_SPACE}jams{WHITE_SPACE}") == "printer jams"


def test_title_names_sender_ticket_and_problem() -> None:
    assert notification_title("Jane", "4711", "printer\n jams") == "Escalation from Jane · #4711: printer jams"


def test_title_without_ticket_leaves_it_out() -> None:
    assert notification_title("Jane", None, "printer jams") == "Escalation from Jane: printer jams"


def test_empty_ticket_id_is_no_ticket() -> None:
    assert notification_title("Jane", "", "printer jams") == "Escalation from Jane: printer jams"


def test_title_of_an_empty_summary_ends_after_the_ticket() -> None:
    assert notification_title("Jane", "4711", " \u2003\n ") == "Escalation from Jane · #4711"


def test_title_with_neither_is_the_sender_alone() -> None:
    assert notification_title("Jane", None, "") == "Escalation from Jane"


def test_long_name_does_not_shorten_the_snippet() -> None:
    name, summary = "J" * 90, "x" * 80

    assert notification_title(name, "1", summary).removeprefix(f"Escalation from {name} · #1: ") == "x" * 69 + "…"


@given(st.text(), st.none() | st.text(), texts)
def test_title_is_one_readable_line_that_begins_with_its_lead(lead: str, ticket_id: str | None, summary: str) -> None:
    title = about(lead, ticket_id, summary)

    assert title.startswith(one_line(lead))
    assert hidden_in(title) == []


def test_snippet_is_not_cut_inside_an_emoji() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"

    assert snippet("x" * 67 + family) == "x" * 67 + "…"


@pytest.mark.parametrize("hostile", ["\u202ecba gnihton", "\ufeffcba gnihton", "cba\u200b gnih\u2066ton\u2069"])
def test_title_of_a_hostile_summary_shows_its_letters_alone(hostile: str) -> None:
    assert notification_title("Jane", "4711", hostile) == "Escalation from Jane · #4711: cba gnihton"


@pytest.mark.parametrize("letter", ["x", "\u03b1", "\u6c34", "\U0001f4a5"])
def test_summary_client_and_contact_share_what_a_row_has_room_for(letter: str) -> None:
    client, contact = client_start(letter * 200), contact_start(letter * 200)

    shown = (client or "") + (contact or "") + summary_start(letter * 200, client, contact)

    assert len(shown.encode()) <= SUMMARY_BYTES - 2 * ATTRIBUTE_NAME_BYTES


def test_short_names_leave_the_summary_its_length() -> None:
    assert summary_start("x" * 150, "Northwind", None) == "x" * 150
