"""The phone number that a person gets SMS on, as requests and answers have it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.deliveries.phone import CODE_DIGITS, Phone, PhoneCode
from chalicelib.domain.instants import Instant

Number = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40),
    Field(description="A mobile number with its country, such as `+32 470 12 34 56`."),
]
Guess = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20),
    Field(description=f"{CODE_DIGITS} digits; blanks are ignored."),
]


class PhoneRequest(StrictModel):
    """The number to send a code to."""

    number: Number


class PhoneCodeRequest(StrictModel):
    """The code that came by SMS."""

    code: Guess


class PhoneView(StrictModel):
    """A confirmed number in E.164, and when an SMS last reached it, as far as is known."""

    number: str
    confirmed_at: Instant
    reached_at: Instant | None

    @classmethod
    def of(cls, phone: Phone, reached_at: Instant | None) -> "PhoneView":
        """Show `phone`."""
        return cls(number=phone.number, confirmed_at=phone.confirmed_at, reached_at=reached_at)


class PhoneCodeView(StrictModel):
    """The number that a code was sent to, until when it is good, and how often it may still be guessed."""

    number: str
    ends_at: Instant
    guesses_left: int

    @classmethod
    def of(cls, code: PhoneCode) -> "PhoneCodeView":
        """Show where `code` was sent, and nothing of it."""
        return cls(number=code.number, ends_at=code.ends_at, guesses_left=code.guesses_left)
