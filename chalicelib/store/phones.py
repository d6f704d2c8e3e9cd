"""The numbers that people have confirmed, on their row of the directory, and the codes they are confirmed by."""

from datetime import timedelta

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.deliveries.phone import MOST_GUESSES, Phone, PhoneCode
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.store.mapping import plain, to_attributes, to_document, to_value
from chalicelib.store.rows.accounts import PhoneCodeRow
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import Transaction, delete_alone, put_alone, update_alone

_OF_A_PERSON = "phone-code#"
_KEPT_FOR = timedelta(days=1)


def phone_in(row: EngineerRow) -> Phone | None:
    """Read it from a row of the directory."""
    kept = plain(row.phone)
    return Phone.model_validate(kept) if kept else None


def find_code(account_id: str, engineer_id: str) -> PhoneCode | None:
    """Return the code that was sent to somebody last, None when it was used or there never was one."""
    try:
        return to_value(PhoneCode, PhoneCodeRow.get(account_id, _item(engineer_id), consistent_read=True))
    except DoesNotExist:
        return None


def add_code(account_id: str, engineer_id: str, code: PhoneCode, replaced: PhoneCode | None) -> bool:
    """Keep a code in place of the one that was read; return False when there is another by now.

    A repeat of this very request, after its answer was lost, finds its own.
    """
    expires_at = int((code.ends_at + _KEPT_FOR).timestamp())
    row = PhoneCodeRow(account_id, _item(engineer_id), **to_attributes(code), expires_at=expires_at)
    is_as_read = PhoneCodeRow.digest == replaced.digest if replaced else PhoneCodeRow.item.does_not_exist()
    return put_alone(row, is_as_read | (PhoneCodeRow.digest == code.digest))


def count_guess(account_id: str, engineer_id: str, code: PhoneCode, at: Instant) -> PhoneCode | None:
    """Count a guess before it is looked at, so that of many at once each counts.

    Returns the code with it; None, with nothing counted, when there is another code by now, it has ended, or was
    guessed as often as it may be.
    """
    row = PhoneCodeRow(account_id, _item(engineer_id))
    is_same = PhoneCodeRow.digest == code.digest
    may_be_guessed = (PhoneCodeRow.guesses < MOST_GUESSES) & (PhoneCodeRow.ends_at > format_instant(at))
    counted = update_alone(row, [PhoneCodeRow.guesses.add(1)], is_same & may_be_guessed)
    return to_value(PhoneCode, row) if counted else None


def confirm(account_id: str, engineer_id: str, code: PhoneCode, phone: Phone) -> bool:
    """Write a confirmed number in place of any other, and use its code up: both or neither.

    Returns False when the code is gone, or its person is not in the directory.
    """
    transaction = Transaction()
    used = PhoneCodeRow(account_id, _item(engineer_id))
    transaction.delete(used, PhoneCodeRow.digest == code.digest)
    row = EngineerRow(account_id, engineer_id)
    transaction.update(row, [EngineerRow.phone.set(to_document(phone))], EngineerRow.name.exists())
    return transaction.commits()


def forget_code(account_id: str, engineer_id: str, code: PhoneCode) -> None:
    """Forget a code unless there is another by now."""
    delete_alone(PhoneCodeRow(account_id, _item(engineer_id)), PhoneCodeRow.digest == code.digest)


def remove(account_id: str, engineer_id: str, phone: Phone | None) -> None:
    """Remove somebody's number as it was loaded, and the code for another; one confirmed since stays."""
    delete_alone(PhoneCodeRow(account_id, _item(engineer_id)), PhoneCodeRow.digest.exists())
    if phone:
        is_same = EngineerRow.phone["number"] == phone.number
        update_alone(EngineerRow(account_id, engineer_id), [EngineerRow.phone.remove()], is_same)


def code_row_of(account_id: str, engineer_id: str) -> PhoneCodeRow:
    """Return the key of the code that was sent to somebody last, as a row to delete."""
    return PhoneCodeRow(account_id, _item(engineer_id))


def _item(engineer_id: str) -> str:
    return _OF_A_PERSON + engineer_id
