"""The people of an account as the clock sees them."""

from datetime import datetime

from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.staff_at import staff_of
from chalicelib.store import engineers, rotas


def read_staff(account_id: str, at: datetime) -> Staff:
    """Return the account's people, and who is on call at `at`: one query of the directory, one of the rotas."""
    return staff_of(engineers.read_all(account_id), rotas.list_all(account_id), at)
