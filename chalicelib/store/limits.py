"""The AI limits of an account, and the counters of what was spent: items of the table `accounts`.

Counters are items `spent#<engineer>#<hour>` and `spent#<day>`, and alike those of test messages, codes and SMS. So a
new hour or day starts at zero by itself; DynamoDB deletes old ones some time after `expires_at`.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError
from pynamodb.exceptions import AttributeDeserializationError, DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib import log
from chalicelib.domain.deliveries.phone import (
    MOST_CODES_PER_DAY,
    MOST_CODES_PER_HOUR,
    MOST_SMS_PER_ACCOUNT,
    MOST_SMS_PER_PERSON,
)
from chalicelib.domain.limits import Limits, Spent, end_of_day, end_of_hour
from chalicelib.domain.people import Caller
from chalicelib.store.rows.accounts import AccountItemRow, SpentRow
from chalicelib.store.rows.row import UnknownLayout
from chalicelib.store.transactions import ConditionFailed, Transaction, update_alone

REMEMBERED_S = 60.0
"""How long a process uses limits that it has read: a change counts after a minute, and a message costs no read."""

KEPT_FOR = timedelta(days=2)
"""How long a counter is kept after its hour or day has ended."""


_UNREADABLE = (
    AttributeDeserializationError,
    AttributeError,
    KeyError,
    TypeError,
    UnknownLayout,
    ValidationError,
    ValueError,
)
"""What reading an item of another shape, or of a newer layout, raises."""

_remembered: dict[str, tuple[float, Limits]] = {}


def forget() -> None:
    """Forget the limits that this process remembers."""
    _remembered.clear()


def find(account_id: str) -> Limits:
    """Return the account's limits, as read at most a minute ago; the defaults where the account has no others.

    An item of an unknown shape or a newer layout is logged as an error and the defaults apply: neither does one bad
    item stop everybody's work, nor does it lift the limit on what the AI may cost.
    """
    read_at, limits = _remembered.get(account_id, (0.0, None))
    if limits is None or time.monotonic() - read_at > REMEMBERED_S:
        limits = _read(account_id)
        _remembered[account_id] = (time.monotonic(), limits)
    return limits


def spend_message(caller: Caller, limits: Limits, at: datetime) -> Spent | None:
    """Count a message of the caller's and its call; return which limit is used up, where nothing is counted.

    One transaction: either both counters rise or none. A message that is sent again counts again.
    """
    if not limits.messages_per_hour or not limits.ai_calls_per_day:
        return Spent.DAY if limits.messages_per_hour else Spent.HOUR
    by_hour = _hourly(caller.account_id, f"spent#{caller.id}", at)
    by_day = _daily(caller.account_id, "spent", at)
    return _spend_both(by_hour, limits.messages_per_hour, by_day, limits.ai_calls_per_day)


def spend_call(account_id: str, limits: Limits, at: datetime) -> bool:
    """Count a call that no engineer waits for; return False, with nothing counted, when the day's limit is used up."""
    row = _daily(account_id, "spent", at)
    return bool(limits.ai_calls_per_day) and update_alone(row, _one_more(row), _is_below(limits.ai_calls_per_day))


def spend_page(caller: Caller, most: int, at: datetime) -> bool:
    """Count a test message that the caller asks for; return False, with nothing counted, after `most` of this hour."""
    row = _hourly(caller.account_id, f"paged#{caller.id}", at)
    return update_alone(row, _one_more(row), _is_below(most))


def spend_phone_code(caller: Caller, at: datetime) -> Spent | None:
    """Count a code for a number of the caller's; return which limit is used up, where nothing is counted."""
    own = _hourly(caller.account_id, f"phone-codes#{caller.id}", at)
    all_of_them = _daily(caller.account_id, "phone-codes", at)
    return _spend_both(own, MOST_CODES_PER_HOUR, all_of_them, MOST_CODES_PER_DAY)


def spend_sms(account_id: str, engineer_id: str, at: datetime) -> bool:
    """Count an SMS about cases; return False, with nothing counted, when the person's or the account's day is full."""
    own, all_of_them = _of_sms(account_id, engineer_id, at)
    return _spend_both(own, MOST_SMS_PER_PERSON, all_of_them, MOST_SMS_PER_ACCOUNT) is None


def give_back_sms(account_id: str, engineer_id: str, at: datetime) -> None:
    """Count an SMS less, which was not sent after all; a run that dies before leaves it counted."""
    for row in _of_sms(account_id, engineer_id, at):
        update_alone(row, [SpentRow.calls.add(-1)], SpentRow.calls > 0)


def _of_sms(account_id: str, engineer_id: str, at: datetime) -> tuple[SpentRow, SpentRow]:
    """Return the counters of the day: the person's own, and the account's."""
    return _daily(account_id, f"sms#{engineer_id}", at), _daily(account_id, "sms", at)


def _spend_both(own: SpentRow, own_limit: int, all_of_them: SpentRow, limit: int) -> Spent | None:
    """Raise both counters or none; return which is full: HOUR is the person's own, DAY the account's."""
    transaction = Transaction()
    for row, most in ((own, own_limit), (all_of_them, limit)):
        transaction.update(row, _one_more(row), _is_below(most))
    try:
        transaction.commit()
    except ConditionFailed as refused:
        return Spent.DAY if refused.failed(all_of_them) else Spent.HOUR
    return None


def _read(account_id: str) -> Limits:
    try:
        row = AccountItemRow.get(account_id, "limits")
        return Limits.model_validate(row.content.as_dict(), strict=True)
    except DoesNotExist:
        return Limits()
    except _UNREADABLE as failure:
        log.error("limits refused, defaults apply", failure, account_id=account_id)
        return Limits()


def _hourly(account_id: str, name: str, at: datetime) -> SpentRow:
    return _counter(account_id, f"{name}#{at.astimezone(UTC):%Y-%m-%dT%H}", end_of_hour(at))


def _daily(account_id: str, name: str, at: datetime) -> SpentRow:
    return _counter(account_id, f"{name}#{at.astimezone(UTC):%Y-%m-%d}", end_of_day(at))


def _counter(account_id: str, item: str, end: datetime) -> SpentRow:
    return SpentRow(account_id, item, expires_at=int((end + KEPT_FOR).timestamp()))


def _one_more(row: SpentRow) -> list[Any]:
    return [SpentRow.calls.add(1), SpentRow.expires_at.set(row.expires_at)]


def _is_below(limit: int) -> Condition:
    return SpentRow.calls.does_not_exist() | (SpentRow.calls < limit)
