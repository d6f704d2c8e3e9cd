"""Remove people from the directory, with their devices, number and settings."""

from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Departure, Engineer
from chalicelib.store import devices, phones
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import Transaction, delete_alone


def remove(account_id: str, engineer: Engineer, at: Instant) -> bool:
    """Remove somebody from the directory, and with that their settings, number, devices and code: all or nothing.

    Returns False, with nothing written, when their entry is not as it was read.
    """
    kept = to_document(Departure(name=engineer.name, removed_at=at))
    transaction = Transaction()
    transaction.delete(devices.row_of(account_id, engineer.id), None)
    transaction.delete(phones.code_row_of(account_id, engineer.id), None)
    transaction.put(EngineerRow(account_id, engineer.id, removed=kept), EngineerRow.name == engineer.name)
    return transaction.commits()


def forget_late_devices(account_id: str, engineer_id: str) -> None:
    """Delete the devices and the code that requests in flight at the removal have written after it."""
    for row in (devices.row_of(account_id, engineer_id), phones.code_row_of(account_id, engineer_id)):
        delete_alone(row, type(row).item.exists())
