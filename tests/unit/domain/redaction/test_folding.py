"""Folded text: what it looks like, and where its characters stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.redaction.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("plain", "plain"),
        ("ｐｗ：ｘ", "pw:x"),
        ("Schlüssel", "Schlussel"),
        ("Schlu\u0308ssel", "Schlussel"),
        ("clé\u00a0d’accès", "cle d'acces"),
        ("“x” – y", '"x" - y'),
        ("a\u200bb\u00adc\U000e0041d", "abcd"),
        ("Straße 漢字", "Straße 漢字"),
        ("İ", "I"),
    ],
)
def test_folding_makes_text_plain(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(max_size=200))
def test_each_folded_character_stands_where_it_came_from(text: str) -> None:
    folded = fold(text)

    places = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert [fold(text[start:end]).text for start, end in places] == list(folded.text)
    assert places == sorted(places)


@given(st.text(max_size=200))
def test_folding_keeps_its_length_in_lower_case(text: str) -> None:
    folded = fold(text).text

    assert len(folded.lower()) == len(folded)
