"""The directory of an account, and how far each engineer has read their notifications."""

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.availability import Availability
from chalicelib.domain.errors import NotFound, RemovedFromDirectory, Unavailable
from chalicelib.domain.instants import Instant, format_instant, parse_instant
from chalicelib.domain.notification import ReadMarks
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller, Departure, Engineer, TicketSearch
from chalicelib.store import accounts
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.departures import departure_in
from chalicelib.store.mapping import plain, to_attributes, to_document
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import BUSY, CONFLICT_ATTEMPTS, update_alone

FILTERED_READ = 100
"""Rows read in one request of the directory, whatever the filter leaves of them."""


MOST_OPENED = 200
"""How many openings are remembered of each engineer since they last read everything."""


def enter(caller: Caller) -> Engineer:
    """Write the caller into the directory as the token describes them, where that is news; skills stay.

    Before that their account is put on the list of all accounts, also for who was in the directory before that list.
    Raises RemovedFromDirectory when they were removed and have not authenticated since, and Unavailable.
    """
    for _ in range(CONFLICT_ATTEMPTS):
        if entered := _enter(caller):
            return entered
    raise Unavailable(BUSY, retry_after_s=1)


def _enter(caller: Caller) -> Engineer | None:
    """Do as `enter`; return None, with nothing written, when somebody was removed or came back since it was read."""
    known = _row(caller.account_id, caller.id)
    gone = departure_in(known) if known else None
    if gone:
        _readmit(gone, caller)
    is_listed = bool(known and known.is_listed)
    same = known and (known.name, known.email, known.role) == (caller.name, caller.email, caller.role.value)
    if known and same and is_listed:
        return engineer_in(known)
    if not is_listed:
        accounts.note_account(caller.account_id)
    row = EngineerRow(caller.account_id, caller.id)
    actions: list[Action] = [
        EngineerRow.name.set(caller.name),
        EngineerRow.email.set(caller.email),
        EngineerRow.role.set(caller.role.value),
        EngineerRow.skills.set(EngineerRow.skills | []),
        EngineerRow.is_listed.set(True),
        EngineerRow.removed.remove(),
        EngineerRow.layout.set(EngineerRow.LAYOUT),
    ]
    removed = EngineerRow.removed
    is_as_read: Condition = (
        removed["removed_at"] == format_instant(gone.removed_at) if gone else removed.does_not_exist()
    )
    return engineer_in(row) if update_alone(row, actions, is_as_read) else None


def _readmit(gone: Departure, caller: Caller) -> None:
    """Delete what was written for the caller since their removal, as they begin with the defaults and no device.

    Raises RemovedFromDirectory for a sign-in from before the removal.
    """
    from chalicelib.store.engineer_removal import forget_late_devices  # lazy: cold start (ADR 0015)

    if not gone.is_over_for(caller):
        raise RemovedFromDirectory
    forget_late_devices(caller.account_id, caller.id)


def find(account_id: str, engineer_id: str) -> Engineer | None:
    """Return somebody in the directory, None when nobody there has that id."""
    row = _row(account_id, engineer_id)
    return engineer_in(row) if row and row.name else None


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
    return engineer_in(row)


def set_availability(account_id: str, engineer_id: str, availability: Availability) -> Engineer:
    """Replace the availability of a person in the directory. Raises NotFound for an id that is not in it."""
    row, kept = EngineerRow(account_id, engineer_id), EngineerRow.availability
    said = kept.remove() if availability == Availability() else kept.set(to_attributes(availability))
    if not update_alone(row, [said], EngineerRow.name.exists()):
        raise NotFound("engineer")
    return engineer_in(row)


def keep_ticket_search(account_id: str, engineer_id: str, search: TicketSearch) -> None:
    """Remember that somebody's tickets are looked for."""
    row = EngineerRow(account_id, engineer_id)
    update_alone(row, [EngineerRow.ticket_search.set(to_document(search))], EngineerRow.name.exists())


def end_ticket_search(account_id: str, engineer_id: str, email: str) -> None:
    """Remember that all tickets under an address were found; a search under another one goes on."""
    search = EngineerRow.ticket_search
    update_alone(EngineerRow(account_id, engineer_id), [search["is_done"].set(True)], search["email"] == email)


def read_all(account_id: str) -> list[Engineer]:
    """Return the whole directory by id: as many queries as it has megabytes."""
    rows = EngineerRow.query(account_id, filter_condition=EngineerRow.name.exists())
    return [engineer_in(row) for row in rows]


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
    engineers = [engineer_in(row) for row in rows]
    return ListPage(engineers, encode_cursor(engineers[-1].id) if rows.last_evaluated_key and engineers else None)


def engineer_in(row: EngineerRow) -> Engineer:
    """Read an engineer from a row of the directory."""
    fields = {name: getattr(row, name) for name in ("name", "email", "role", "skills")}
    kept = {"availability": plain(row.availability) or {}, "ticket_search": plain(row.ticket_search)}
    return Engineer.model_validate({**fields, **kept, "id": row.engineer_id})


def read_marks(caller: Caller) -> ReadMarks:
    """Return what the caller has read of their notifications."""
    return _marks_in(_row(caller.account_id, caller.id))


def _marks_in(row: EngineerRow | None) -> ReadMarks:
    if row is None:
        return ReadMarks()
    up_to = row.notifications_read_up_to
    opened = (entry.partition("#") for entry in row.opened_since or ())
    return ReadMarks(
        parse_instant(up_to) if up_to else None, {subject: parse_instant(time) for time, _, subject in opened}
    )


def mark_notifications_read(caller: Caller, up_to: Instant) -> None:
    """Remember that the caller has read their notifications up to a time; an earlier time changes nothing."""
    is_later = EngineerRow.notifications_read_up_to.does_not_exist() | (
        EngineerRow.notifications_read_up_to < format_instant(up_to)
    )
    row = EngineerRow(caller.account_id, caller.id)
    read = [
        EngineerRow.notifications_read_up_to.set(format_instant(up_to)),
        EngineerRow.layout.set(EngineerRow.LAYOUT),
    ]
    update_alone(row, read, is_later)


def mark_opened(caller: Caller, subject: str, at: Instant) -> None:
    """Remember that the caller has opened a handoff, or a session, at a time; of many, the last 200.

    Written as long as nobody else has written the list since it was read. Raises Unavailable when that does not end.
    """
    opened = EngineerRow.opened_since
    for _ in range(CONFLICT_ATTEMPTS):
        row = _row(caller.account_id, caller.id)
        known, marks = list(row.opened_since or ()) if row else [], _marks_in(row)
        if marks.cover(subject, at):
            return
        kept = [f"{format_instant(time)}#{each}" for each, time in marks.opened.items() if not _is_covered(each, marks)]
        entries = [entry for entry in kept if not entry.endswith(f"#{subject}")] + [f"{format_instant(at)}#{subject}"]
        writes = [opened.set(entries[-MOST_OPENED:]), EngineerRow.layout.set(EngineerRow.LAYOUT)]
        is_as_read = (opened == known) if known else opened.does_not_exist()
        if update_alone(EngineerRow(caller.account_id, caller.id), writes, is_as_read):
            return
    raise Unavailable(BUSY, retry_after_s=1)


def _is_covered(subject: str, marks: ReadMarks) -> bool:
    """Whether an opening says nothing any more, as everything up to it has been read since."""
    return marks.up_to is not None and marks.opened[subject] <= marks.up_to
