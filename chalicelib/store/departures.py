"""The marks of people who were removed from the directory, kept in place of their entries until they come back."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.people import Departure
from chalicelib.store.mapping import plain
from chalicelib.store.rows.engineers import EngineerRow


def departure_in(row: EngineerRow) -> Departure | None:
    """Read the mark from a row of the directory, None when its person was not removed."""
    kept = plain(row.removed)
    return Departure.model_validate(kept) if kept else None


def find(account_id: str, engineer_id: str) -> Departure | None:
    """Return the mark of somebody who was removed; None without one, and once they have come back."""
    try:
        return departure_in(EngineerRow.get(account_id, engineer_id, consistent_read=True))
    except DoesNotExist:
        return None


def read_all(account_id: str) -> dict[str, Departure]:
    """Return the marks of all whom the account has removed, by id: as many queries as its directory has megabytes."""
    rows = EngineerRow.query(account_id, filter_condition=EngineerRow.removed.exists())
    return {row.engineer_id: gone for row in rows if (gone := departure_in(row))}


def read_names(account_id: str) -> dict[str, str]:
    """Return the names of the people in the directory, and of those who were removed as "Sam (removed)", by id.

    As many queries as the directory has megabytes.
    """
    found = ((row.engineer_id, row.name, departure_in(row)) for row in EngineerRow.query(account_id))
    return {each: f"{gone.name} (removed)" if gone else name for each, name, gone in found if gone or name}
