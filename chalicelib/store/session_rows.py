"""Between a session and its two items: the row that changes of holder write, and the texts beside it."""

from collections.abc import Iterable
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.session import Session
from chalicelib.domain.titles import summary_start
from chalicelib.store.keys import engineer_key, session_detail
from chalicelib.store.mapping import plain, to_attributes, to_document
from chalicelib.store.rows.row import Image
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow

_IN_DETAIL = {
    "problem_summary",
    "problem_domain",
    "integration_id",
    "resolution",
    "root_cause",
    "created_at",
    "resolved_at",
    "reopened_at",
    "ticket_reopened_at",
    "is_ticket_assumed_closed",
    "ticket",
    "ticket_owner_changed_at",
}


def new_rows(session: Session, request_sha256: str | None) -> tuple[SessionRow, SessionDetailRow]:
    """Return the items of a new session."""
    attributes = to_attributes(session, id="session_id")
    held_by = set(attributes.pop("held_by")) or None
    attributes["revision"] = session.revision or None
    detail = {name: attributes.pop(name) for name in _IN_DETAIL & attributes.keys()}
    row = SessionRow(
        **attributes,
        held_by=held_by,
        owner_key=engineer_key(session.account_id, session.owner.id),
        summary_start=summary_start(session.problem_summary),
    )
    return row, SessionDetailRow(
        session.account_id, session_detail(session.id), **detail, request_sha256=request_sha256
    )


def detail_of(session: Session) -> SessionDetailRow:
    """Return the key of the session's second item, as a row to update."""
    return SessionDetailRow(session.account_id, session_detail(session.id))


def has_ticket_as_loaded(session: Session) -> Condition:
    """The condition that the second item is there, and that the ticket was not read since `session` was loaded."""
    ticket = SessionDetailRow.ticket
    if session.ticket is None:
        return SessionDetailRow.session_id.exists() & ticket.does_not_exist()
    return ticket["read_at"] == to_document(session.ticket)["read_at"]


def to_session(row: SessionRow, detail: SessionDetailRow) -> Session:
    """Read a session from its two items."""
    fields: dict[str, Any] = {
        name: plain(getattr(detail if name in _IN_DETAIL else row, name))
        for name in Session.model_fields
        if name != "id"
    }
    return Session.model_validate(
        fields | {"id": row.session_id, "held_by": frozenset(row.held_by or ()), "revision": row.revision or 0}
    )


def session_in(images: Iterable[Image], session_id: str) -> tuple[Session, SessionDetailRow] | None:
    """Read a session from what one query found, None when one of the two items is missing."""
    by_id = {image["session_id"]["S"]: image for image in images}
    row, detail = by_id.get(session_id), by_id.get(session_detail(session_id))
    if row is None or detail is None:
        return None
    texts = SessionDetailRow.from_raw_data(detail)
    return to_session(SessionRow.from_raw_data(row), texts), texts
