"""The code that a number is confirmed by: kept as a slow digest, good for a while and a few guesses."""

from datetime import timedelta

import pytest

from chalicelib.domain.deliveries.phone import CODE_GOOD_FOR, MOST_GUESSES, PhoneCode
from chalicelib.domain.deliveries.reach_marks import phone_place
from tests.support.builders import minute

NUMBER = "+12025550123"
CODE = PhoneCode.of("123456", NUMBER, "salt", minute(0))


@pytest.mark.parametrize("guess", ["123456", "123 456", " 123456\n"])
def test_code_opens(guess: str) -> None:
    assert CODE.is_opened_by(guess)


@pytest.mark.parametrize("guess", ["", "123457", "12345", "1234567", "१२३४५६"])
def test_no_other_opens(guess: str) -> None:
    assert not CODE.is_opened_by(guess)


def test_nothing_of_the_code_is_kept_and_the_same_code_is_kept_otherwise_each_time() -> None:
    assert "123456" not in CODE.model_dump_json()
    assert CODE.digest != PhoneCode.of("123456", NUMBER, "other", minute(0)).digest


def test_code_ends_with_its_time_and_with_its_guesses() -> None:
    last = minute(0) + CODE_GOOD_FOR

    assert CODE.is_good_at(last - timedelta(seconds=1))
    assert not CODE.is_good_at(last)
    assert not CODE.model_copy(update={"guesses": MOST_GUESSES}).is_good_at(minute(0))


def test_same_number_gets_no_second_code_within_half_a_minute() -> None:
    soon = minute(0) + timedelta(seconds=29)

    assert CODE.was_just_sent(NUMBER, soon)
    assert not CODE.was_just_sent("+12025550124", soon)
    assert not CODE.was_just_sent(NUMBER, minute(0) + timedelta(seconds=30))


def test_place_says_nothing_of_the_number() -> None:
    assert "2025550123" not in phone_place(NUMBER)
    assert phone_place(NUMBER) != phone_place("+12025550124")
