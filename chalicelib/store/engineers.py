"""The directory of an account, and how far each engineer has read the bell."""

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant, format_instant, parse_instant
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller, Engineer
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.mapping import to_value
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import update_alone

FILTERED_READ = 100
"""Rows read in one request of the directory, whatever the filter leaves of them."""


def enter(caller: Caller) -> Engineer:
    """Write the caller into the directory as the token describes them, where that is news; skills stay."""
    known = _row(caller.account_id, caller.id)
    if known and (known.name, known.email, known.role) == (caller.name, caller.email, caller.role.value):
        return to_value(Engineer, known, id="engineer_id")
    row = EngineerRow(caller.account_id, caller.id)
    actions: list[Action] = [
        EngineerRow.name.set(caller.name),
        EngineerRow.email.set(caller.email),
        EngineerRow.role.set(caller.role.value),
        EngineerRow.skills.set(EngineerRow.skills | []),
        EngineerRow.layout.set(EngineerRow.LAYOUT),
    ]
    row.update(actions)
    return to_value(Engineer, row, id="engineer_id")


def find(account_id: str, engineer_id: str) -> Engineer | None:
    """Return somebody in the directory, None when nobody there has that id."""
    row = _row(account_id, engineer_id)
    return to_value(Engineer, row, id="engineer_id") if row and row.name else None


def _row(account_id: str, engineer_id: str) -> EngineerRow | None:
    try:
        return EngineerRow.get(account_id, engineer_id, consistent_read=True)
    except DoesNotExist:
        return None


def set_skills(account_id: str, engineer_id: str, skills: list[str]) -> Engineer:
    """Replace the skills of somebody in the directory. Raises NotFound for an id that is not in it."""
    row = EngineerRow(account_id, engineer_id)
    if not update_alone(row, [EngineerRow.skills.set(skills)], EngineerRow.name.exists()):
        raise NotFound("engineer")
    return to_value(Engineer, row, id="engineer_id")


def list_all(account_id: str, page: PageRequest) -> ListPage[Engineer]:
    """Return the account's directory by id."""
    after = str(decode_cursor(page.cursor, str)[0]) if page.cursor else None
    rows = EngineerRow.query(
        account_id,
        EngineerRow.engineer_id > after if after else None,
        filter_condition=EngineerRow.name.exists(),
        limit=page.limit,
        page_size=FILTERED_READ,
    )
    engineers = [to_value(Engineer, row, id="engineer_id") for row in rows]
    return ListPage(engineers, encode_cursor(engineers[-1].id) if rows.last_evaluated_key and engineers else None)


def notifications_read_up_to(caller: Caller) -> Instant | None:
    """Return the time up to which the caller has read the bell, None when they never have."""
    row = _row(caller.account_id, caller.id)
    return parse_instant(row.notifications_read_up_to) if row and row.notifications_read_up_to else None


def mark_notifications_read(caller: Caller, up_to: Instant) -> None:
    """Remember that the caller has read the bell up to a time; a time before the one remembered changes nothing."""
    is_later = EngineerRow.notifications_read_up_to.does_not_exist() | (
        EngineerRow.notifications_read_up_to < format_instant(up_to)
    )
    row = EngineerRow(caller.account_id, caller.id)
    read = [
        EngineerRow.notifications_read_up_to.set(format_instant(up_to)),
        EngineerRow.layout.set(EngineerRow.LAYOUT),
    ]
    update_alone(row, read, is_later)
