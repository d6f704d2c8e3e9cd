"""The AI limits of an account, and the counters of what was spent: items of the table `accounts`.

Counters are items `spent#<engineer>#<hour>` and `spent#<day>`, so a new hour or day starts at zero by itself; DynamoDB
deletes old ones some time after `expires_at`.
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
    by_hour, by_day = _hour_of(caller, at), _day_of(caller.account_id, at)
    return _spend_both(by_hour, limits.messages_per_hour, by_day, limits.ai_calls_per_day)


def spend_call(account_id: str, limits: Limits, at: datetime) -> bool:
    """Count a call that no engineer waits for; return False, with nothing counted, when the day's limit is used up."""
    row = _day_of(account_id, at)
    return bool(limits.ai_calls_per_day) and update_alone(row, _one_more(row), _is_below(limits.ai_calls_per_day))


def spend_page(caller: Caller, most: int, at: datetime) -> bool:
    """Count a test message that the caller asks for; return False, with nothing counted, after `most` of this hour."""
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
    row = _counter(caller.account_id, f"paged#{caller.id}#{hour}", end_of_hour(at))
    return update_alone(row, _one_more(row), _is_below(most))


def spend_phone_code(caller: Caller, at: datetime) -> Spent | None:
    """Count a code for a number of the caller's; return which limit is used up, where nothing is counted."""
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
    own = _counter(caller.account_id, f"phone-codes#{caller.id}#{hour}", end_of_hour(at))
    all_of_them = _counter(caller.account_id, f"phone-codes#{at.astimezone(UTC):%Y-%m-%d}", end_of_day(at))
    return _spend_both(own, MOST_CODES_PER_HOUR, all_of_them, MOST_CODES_PER_DAY)


def spend_sms(account_id: str, engineer_id: str, at: datetime) -> bool:
    """Count an SMS about cases; return False, with nothing counted, when the person's or the account's day is full."""
    day = f"{at.astimezone(UTC):%Y-%m-%d}"
    own = _counter(account_id, f"sms#{engineer_id}#{day}", end_of_day(at))
    all_of_them = _counter(account_id, f"sms#{day}", end_of_day(at))
    return _spend_both(own, MOST_SMS_PER_PERSON, all_of_them, MOST_SMS_PER_ACCOUNT) is None


def give_back_sms(account_id: str, engineer_id: str, at: datetime) -> None:
    """Count an SMS less, which was not sent after all; a run that dies before leaves it counted."""
    day = f"{at.astimezone(UTC):%Y-%m-%d}"
    for item in (f"sms#{engineer_id}#{day}", f"sms#{day}"):
        update_alone(SpentRow(account_id, item), [SpentRow.calls.add(-1)], SpentRow.calls > 0)


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


def _hour_of(caller: Caller, at: datetime) -> SpentRow:
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
    return _counter(caller.account_id, f"spent#{caller.id}#{hour}", end_of_hour(at))


def _day_of(account_id: str, at: datetime) -> SpentRow:
    return _counter(account_id, f"spent#{at.astimezone(UTC):%Y-%m-%d}", end_of_day(at))


def _counter(account_id: str, item: str, end: datetime) -> SpentRow:
    return SpentRow(account_id, item, expires_at=int((end + KEPT_FOR).timestamp()))


def _one_more(row: SpentRow) -> list[Any]:
    return [SpentRow.calls.add(1), SpentRow.expires_at.set(row.expires_at)]


def _is_below(limit: int) -> Condition:
    return SpentRow.calls.does_not_exist() | (SpentRow.calls < limit)
