"""The phone number that a person gets SMS on, and the code by which they confirm that it is theirs."""

from datetime import datetime, timedelta
from hashlib import pbkdf2_hmac
from hmac import compare_digest
from typing import Self

from pydantic import Field

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.limits import Spent, end_of_day, end_of_hour

CODE_DIGITS = 6

CODE_GOOD_FOR = timedelta(minutes=10)

MOST_GUESSES = 5
"""How often a code may be guessed: five of a million."""

PAUSE_BETWEEN_CODES = timedelta(seconds=30)
"""Within this time the same request again sends no second SMS: a double click, or a repeat after a lost answer."""

MOST_CODES_PER_HOUR = 3
"""Codes per person and clock hour (UTC)."""

MOST_CODES_PER_DAY = 50
"""Codes per account and day (UTC)."""

MOST_SMS_PER_PERSON = 40
"""SMS about cases per person and day (UTC)."""

MOST_SMS_PER_ACCOUNT = 500
"""SMS about cases per account and day (UTC)."""

_ROUNDS = 100_000


class Phone(FrozenModel):
    """A number in E.164 that its person has confirmed."""

    number: str
    confirmed_at: Instant


class PhoneCode(FrozenModel):
    """The latest code sent to a number, as a digest: reading the table does not reveal it while it is valid."""

    number: str
    digest: str
    salt: str
    sent_at: Instant
    ends_at: Instant
    guesses: int = Field(default=0)

    @classmethod
    def of(cls, code: str, number: str, salt: str, at: Instant) -> Self:
        """Return what is kept of `code`, which is sent to `number` at `at`."""
        ends_at = at + CODE_GOOD_FOR
        return cls(number=number, digest=_digest(code, salt), salt=salt, sent_at=at, ends_at=ends_at)

    @property
    def guesses_left(self) -> int:
        """How often it may still be guessed."""
        return max(MOST_GUESSES - self.guesses, 0)

    def is_good_at(self, at: Instant) -> bool:
        """Whether a guess at `at` may be right."""
        return at < self.ends_at and self.guesses_left > 0

    def was_just_sent(self, number: str, at: Instant) -> bool:
        """Whether `number` has got it so short a time ago that it gets no other."""
        return self.number == number and self.is_good_at(at) and at < self.sent_at + PAUSE_BETWEEN_CODES

    def is_opened_by(self, guess: str) -> bool:
        """Whether `guess` is the code; blanks in it do not count."""
        return compare_digest(self.digest, _digest("".join(guess.split()), self.salt))


def refused_code(spent: Spent, at: datetime) -> TooManyRequests:
    """Return the error for a code over a limit: which it is, and until when."""
    if spent is Spent.HOUR:
        detail = f"You have had {MOST_CODES_PER_HOUR} codes sent this hour, the most allowed."
        return TooManyRequests.until(end_of_hour(at), detail, at=at)
    detail = f"Your account has had {MOST_CODES_PER_DAY} codes sent today, the most allowed."
    return TooManyRequests.until(end_of_day(at), detail, at=at)


def _digest(code: str, salt: str) -> str:
    """Slow, as six digits are few: to try them all takes far longer than the code is good for."""
    return pbkdf2_hmac("sha256", code.encode(), salt.encode(), _ROUNDS).hex()
