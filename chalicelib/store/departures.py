"""People who were removed from the directory: what is kept of them in place of their entry, until they come back."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.people import Departure
from chalicelib.store.mapping import plain
from chalicelib.store.rows.engineers import EngineerRow


def departure_in(row: EngineerRow) -> Departure | None:
    """Read it from a row of the directory, None for that of somebody who was not removed."""
    kept = plain(row.removed)
    return Departure.model_validate(kept) if kept else None


def find(account_id: str, engineer_id: str) -> Departure | None:
    """Return when somebody was removed; None for who never was, or has come back."""
    try:
        return departure_in(EngineerRow.get(account_id, engineer_id, consistent_read=True))
    except DoesNotExist:
        return None


def read_all(account_id: str) -> dict[str, Departure]:
    """Return whom the account has removed, by id: as many queries as its directory has megabytes."""
    rows = EngineerRow.query(account_id, filter_condition=EngineerRow.removed.exists())
    return {row.engineer_id: gone for row in rows if (gone := departure_in(row))}


def read_names(account_id: str) -> dict[str, str]:
    """Return by id the names of those who are in the directory, and of those who were removed, which say so.

    As many queries as the directory has megabytes.
    """
    found = ((row.engineer_id, row.name, departure_in(row)) for row in EngineerRow.query(account_id))
    return {each: f"{gone.name} (removed)" if gone else name for each, name, gone in found if gone or name}
