import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.clock.client_key import ClientKey, digest_of

MAYBE = st.none() | st.text(max_size=200)


@given(id_=MAYBE, name=MAYBE, contract=MAYBE, type_=MAYBE)
def test_key_is_read_back_as_it_was_packed(
    id_: str | None, name: str | None, contract: str | None, type_: str | None
) -> None:
    key = ClientKey.of(id=id_, name=name, contract=contract, type=type_)

    assert (ClientKey.unpacked(key.packed) or ClientKey()) == key
    assert len(key.packed or "") <= 31


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acorn Ltd", "acorn  LTD"), ("Ren\u00e9", "rene\u0301"), ("Acorn", "A\u200bcorn "), ("\uff21corn", "acorn")],
)
def test_texts_that_people_read_alike_have_one_digest(one: str, other: str) -> None:
    assert digest_of(one) == digest_of(other)


@pytest.mark.parametrize("text", [None, "", " ", "\u200b"])
def test_text_without_anything_to_read_has_no_digest(text: str | None) -> None:
    assert digest_of(text) is None


def test_names_that_differ_late_are_two_clients() -> None:
    assert digest_of("x" * 150 + "a") != digest_of("x" * 150 + "b")
