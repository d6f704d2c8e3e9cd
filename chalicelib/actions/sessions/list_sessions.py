"""Show an engineer their sessions, and those that they handed off."""

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.list_items import SessionSummary
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.session import SessionStatus
from chalicelib.store import handoff_readers, handoffs, sessions


def list_sessions(
    status: SessionStatus | None, page: PageRequest, *, by: Caller, of: str | None = None
) -> ListPage[SessionSummary]:
    """Return the sessions the caller owns or holds, newest change first; of one status where one is given.

    With `of` an admin gets those of the engineer with that id. Raises Forbidden, and InvalidRequest for a cursor that
    is not this list's.
    """
    if of not in (None, by.id) and by.role is not Role.ADMIN:
        raise Forbidden.for_role(by.role, Role.ADMIN)
    found = sessions.list_mine(by.account_id, of or by.id, status, page)
    newest = handoffs.find_many(
        by.account_id, [line.newest_handoff_id for line in found.items if line.newest_handoff_id]
    )
    return ListPage([line.joined(newest.get(line.newest_handoff_id or "")) for line in found.items], found.next_cursor)


def list_handed_off(status: SessionStatus | None, page: PageRequest, *, by: Caller) -> ListPage[SessionSummary]:
    """Return the sessions the caller handed off, the last hand off first; of one status where one is given.

    A session that they handed off several times comes once in a page, which then is shorter than asked for; only a
    missing cursor ends the list. Raises InvalidRequest for a cursor that is not this list's.
    """
    sent = handoffs.list_sent(by.account_id, by.id, page)
    lines = sessions.find_summaries(by.account_id, [handoff.session_id for handoff in sent.items])
    known = {handoff.id: handoff for handoff in sent.items}
    later = {line.newest_handoff_id for line in lines.values() if line.newest_handoff_id} - known.keys()
    known |= handoffs.find_many(by.account_id, later)  # which others made of those sessions since
    opened = handoff_readers.find_many(by.account_id, [one.id for one in known.values() if one.is_queued])
    return ListPage(
        [
            line.joined(known.get(newest := line.newest_handoff_id or ""), opened.get(newest, ()))
            for line in (lines[session_id] for session_id in dict.fromkeys(one.session_id for one in sent.items))
            if status in (None, line.status)
        ],
        sent.next_cursor,
    )
