"""People of the directory with what they have chosen to be told outside the page."""

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.store.email_trouble import trouble_in
from chalicelib.store.engineers import engineer_in
from chalicelib.store.mapping import plain
from chalicelib.store.notification_settings import settings_in
from chalicelib.store.phones import phone_in
from chalicelib.store.rows.engineers import EngineerRow


def find(account_id: str, engineer_id: str) -> Addressee | None:
    """Return somebody of the directory, None when nobody there has that id."""
    try:
        row = EngineerRow.get(account_id, engineer_id, consistent_read=True)
    except DoesNotExist:
        return None
    return _addressee_in(row) if row.name else None


def read_all(account_id: str) -> list[Addressee]:
    """Return the whole directory by id: as many queries as it has megabytes."""
    rows = EngineerRow.query(account_id, filter_condition=EngineerRow.name.exists())
    return [_addressee_in(row) for row in rows]


def _addressee_in(row: EngineerRow) -> Addressee:
    return Addressee(
        engineer=engineer_in(row),
        settings=settings_in(row),
        email_trouble=trouble_in(row),
        phone=phone_in(row),
        reached=plain(row.reached) or {},
    )
