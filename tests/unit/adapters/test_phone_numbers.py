"""Which numbers get SMS. The numbers for people are those set aside for fiction, or examples of libphonenumber."""

import pytest

from chalicelib.adapters.phone_numbers import mobile_number
from chalicelib.domain.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+12025550123", "+12025550123"),
        (" +1 (202) 555-0123 ", "+12025550123"),
        ("+32 470/12.34.56", "+32470123456"),
        ("+44 (0)7400 123456", "+447400123456"),
        ("+４４７４００１２３４５６", "+447400123456"),
        ("+39 320 1234567", "+393201234567"),
    ],
)
def test_mobile_number_is_written_in_e164(text: str, number: str) -> None:
    assert mobile_number(text) == number


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Begin with +"),
        ("0470 12 34 56", "Begin with +"),
        ("0032470123456", "Begin with +"),
        ("2025550123", "Begin with +"),
        ("+", "no phone number"),
        ("+12", "no phone number"),
        ("+999 123 456 789", "no phone number"),
        ("+1 202 555 0123 ext 5", "without an extension"),
        ("+1 800 FLOWERS", "without an extension"),
        ("+1 202 555 0123;5", "no phone number|no such number"),
        ("+31 6123456789", "no such number"),
        ("+32 2 234 56 78", "landline"),
        ("+39 06 1234 5678", "landline"),
        ("+1 900 555 0123", "rate of its own"),
        ("+1 800 555 0123", "rate of its own"),
        ("+44 9012 345678", "rate of its own"),
        ("+44 70 1123 4567", "mobile phone"),
        ("+870 773 111 632", "satellite"),
        ("+883 510012345678", "satellite|no such number"),
    ],
)
def test_other_number_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(InvalidRequest, match=why) as refused:
        mobile_number(text)

    assert refused.value.pointer == "/number"
