"""Phones for tests: numbers set aside for fiction, the code that they were sent, and the SMS that left."""

import re
from datetime import UTC, datetime

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.domain.deliveries.phone import Phone, PhoneCode
from chalicelib.domain.deliveries.reach_marks import phone_place
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, phones, reach_marks

NUMBER = "+12025550123"
OTHER_NUMBER = "+12025550124"
OPTED_OUT = "+12025550199"
"""A number that has answered STOP: of moto's those that end in 99."""

CODE = "482913"


def send_code(by: Caller, number: str = NUMBER) -> PhoneCode:
    """Have `CODE` be what was sent to a number of theirs just now."""
    engineers.enter(by)
    code = PhoneCode.of(CODE, number, "salt", to_milliseconds(datetime.now(UTC)))
    assert phones.add_code(by.account_id, by.id, code, phones.find_code(by.account_id, by.id))
    return code


def confirm_number(by: Caller, number: str = NUMBER, *, at: Instant | None = None) -> None:
    """Have them confirm a number, as its code does."""
    confirmed_at = at or to_milliseconds(datetime.now(UTC))
    phone = Phone(number=number, confirmed_at=confirmed_at)
    assert phones.confirm(by.account_id, by.id, send_code(by, number), phone)
    reach_marks.note(by.account_id, by.id, phone_place(number), confirmed_at)


def sms_sent() -> list[tuple[str, str]]:
    """The number and the text of each SMS that SNS took."""
    taken = get_backend("sns")[DEFAULT_ACCOUNT_ID]["us-east-1"].sms_messages
    return [(number, text) for number, text in taken.values()]


def code_in(text: str) -> str:
    """The code that an SMS tells."""
    found = re.search(r"\b[0-9]{6}\b", text)
    assert found, text
    return found.group()
