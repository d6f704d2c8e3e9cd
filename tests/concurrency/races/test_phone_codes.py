"""Many at once guess a code, or have one sent: five guesses count, one right guess confirms, one SMS leaves."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from chalicelib.actions.people.confirm_phone import confirm_phone, send_phone_code
from chalicelib.adapters.aws import sms
from chalicelib.domain.deliveries.phone import MOST_GUESSES
from chalicelib.domain.errors import DomainError, InvalidRequest, InvalidState
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.people import Caller, Role
from infra.local.post_office.mailbox import Mailbox
from infra.local.post_office.sms_service import SmsService
from tests.support.builders import a_caller
from tests.support.environment import configure
from tests.support.phones import CODE, NUMBER, send_code
from tests.support.ways_to_reach import phone_of

AT_ONCE = 16


@pytest.fixture
def sms_url(own_tables: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The SMS service of the emulator."""
    configure(monkeypatch, SENDS_SMS="true", AWS_ENDPOINT_URL_SNS=own_tables)
    sms._client.cache_clear()
    yield own_tables
    sms._client.cache_clear()


def at_once(act: Callable[[], object]) -> Counter[type]:
    """Do the same as many times at once; return how often which error came of it, `NoneType` for none."""

    def run(_: int) -> type:
        try:
            act()
        except DomainError as refused:
            return type(refused)
        return type(None)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, range(AT_ONCE)))


def guesses(by: Caller, code: str) -> Counter[type]:
    now = to_milliseconds(datetime.now(UTC))
    return at_once(lambda: confirm_phone(code, by=by, at=now))


def test_wrong_guesses_at_once_are_five(sms_url: str) -> None:
    by = a_caller("Guesser", Role.VIEWER, "races")
    send_code(by)

    ended = guesses(by, "000000")

    assert ended == {InvalidRequest: MOST_GUESSES, InvalidState: AT_ONCE - MOST_GUESSES}
    assert guesses(by, CODE) == {InvalidState: AT_ONCE}


def test_right_guesses_at_once_confirm_once(sms_url: str) -> None:
    by = a_caller("Owner", Role.VIEWER, "races")
    send_code(by)

    ended = guesses(by, CODE)

    phone = phone_of(by.account_id, by.id)
    assert ended == {type(None): 1, InvalidState: AT_ONCE - 1}
    assert phone
    assert phone.number == NUMBER


def test_code_that_is_asked_for_many_times_at_once_is_sent_once(sms_url: str) -> None:
    by, mailbox = a_caller("Clicker", Role.VIEWER, "races"), Mailbox()
    service, now = SmsService(sms_url, mailbox), to_milliseconds(datetime.now(UTC))

    ended = at_once(lambda: send_phone_code(NUMBER, by=by, at=now))

    service.collect()
    assert len(mailbox.messages) == 1
    assert ended[type(None)] >= 1
