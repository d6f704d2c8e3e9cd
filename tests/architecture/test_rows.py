"""A matrix that is one test fails with every row that failed."""

import pytest

from tests.support.rows import check_rows


def test_failed_rows_are_all_named() -> None:
    def is_even(number: int) -> None:
        assert number % 2 == 0

    with pytest.raises(ExceptionGroup) as raised:
        check_rows({"one": 1, "two": 2, "three": 3}, is_even)

    assert raised.value.message == "2 of 3 rows"
    assert [failure.__notes__ for failure in raised.value.exceptions] == [["row: one"], ["row: three"]]


def test_sound_rows_raise_nothing() -> None:
    check_rows({"two": 2}, lambda _: None)
