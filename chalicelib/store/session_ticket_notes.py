"""The ledger of the ticket notes of a session without a handoff: who writes notes now, and what came of it.

It is leased as that of a handoff is (`ticket_notes`): a run takes its turn by a conditional write, and what it writes
in the end counts only while its turn is the last one.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import log
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.session_ticket_notes import SessionNotesChange, SignedChange
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store.keys import session_ticket_notes_key
from chalicelib.store.mapping import plain, set_or_remove, to_document
from chalicelib.store.rows.turns import SessionTicketNotesRow
from chalicelib.store.transactions import Transaction, update_alone

KIND = "ticket_notes"
"""What the row is in the table's stream, beside turns."""

_OUTCOMES = {
    TicketNotesStatus.SENT: SessionNotesChange.SENT,
    TicketNotesStatus.FAILED: SessionNotesChange.FAILED,
}


class SessionPush(NamedTuple):
    """A session with its own ledger, as of the turn of that number."""

    session: Session
    ledger: TicketNoteLedger
    turn: int


def find(session: Session) -> SessionPush:
    """Return the session with its ledger, an empty one where nothing was noted yet; one read."""
    try:
        row = SessionTicketNotesRow.get(*_row(session).key_values, consistent_read=True)
    except DoesNotExist:
        return SessionPush(session, TicketNoteLedger(), 0)
    ledger = TicketNoteLedger.model_validate(plain(row.ledger)) if row.ledger else TicketNoteLedger()
    return SessionPush(session, ledger, int(row.turn or 0))


def sign_resolved(transaction: Transaction, session: Session, by: Person, at: Instant) -> None:
    """Say that a session that was reopened, and never handed off, is resolved again, so that its ticket is told.

    The session's own condition guards it.
    """
    if session.has_ticket_notes:
        _sign(transaction, session, SessionNotesChange.SESSION_RESOLVED, by, at)


def sign_corrected(transaction: Transaction, session: Session, by: Person, at: Instant) -> None:
    """Say that a session that was reopened, and never handed off, names another ticket than it did as loaded.

    The session's own condition guards it.
    """
    if session.writes_own_ticket_notes:
        _sign(transaction, session, SessionNotesChange.SESSION_CORRECTED, by, at)


def _sign(transaction: Transaction, session: Session, change: SessionNotesChange, by: Person, at: Instant) -> None:
    transaction.update(_row(session), [*_laid_out(), *_signed(change, by, at)], None)


def take_turn(push: SessionPush, ledger: TicketNoteLedger, now: Instant, until: Instant) -> SessionPush | None:
    """Let one run write notes until `until`, with `ledger` in place of the one loaded; None when another run does."""
    turn = push.turn + 1
    is_kept = _keep(push, ledger, turn, _outcome(push, ledger, now), _is_free(now), until=until)
    return SessionPush(push.session, ledger, turn) if is_kept else None


def end_turn(push: SessionPush, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write what came of the run; return False, with nothing written, when it was given up on.

    The number rises, so that who has read the ledger during the run cannot take a turn with what it read.
    """
    return _keep(push, ledger, push.turn + 1, _outcome(push, ledger, now))


def give_up(push: SessionPush, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write `ledger` in place of the one loaded; return False, with nothing written, when a run writes, or wrote."""
    return _keep(push, ledger, push.turn + 1, _outcome(push, ledger, now), _is_free(now))


def ask_again(push: SessionPush, by: Person, at: Instant) -> SessionPush | None:
    """Have the notes that were given up written after all; None when something has changed since, or a run is on."""
    asked, turn = push.ledger.asked_again(at), push.turn + 1
    is_kept = _keep(push, asked, turn, _signed(SessionNotesChange.ASKED_AGAIN, by, at), _is_free(at))
    return SessionPush(push.session, asked, turn) if is_kept else None


def is_in(image: Mapping[str, Any]) -> bool:
    """Whether an image of the table's stream is of such a row, and not of a turn."""
    return bool(image["kind"]["S"] == KIND)


def change_in(image: Mapping[str, Any]) -> tuple[str, str, SignedChange]:
    """Return account, session and the change to announce, read from an image of the stream."""
    row = SessionTicketNotesRow.from_raw_data(dict(image))
    account_id, session_id, _ = row.session_key.rsplit("#", 2)
    signed = SignedChange.model_validate(
        {"change": row.change, "version": row.version, "actor": plain(row.actor), "at": row.changed_at}
    )
    return account_id, session_id, signed


def _row(session: Session) -> SessionTicketNotesRow:
    return SessionTicketNotesRow(session_ticket_notes_key(session.account_id, session.id), 0)


def _keep(
    push: SessionPush,
    ledger: TicketNoteLedger,
    turn: int,
    change: list[Action],
    more: Condition | None = None,
    *,
    until: Instant | None = None,
) -> bool:
    """Write the ledger if its turn is the one loaded."""
    row = SessionTicketNotesRow
    is_at = row.turn == push.turn if push.turn else row.turn.does_not_exist()
    actions = [
        *_laid_out(),
        *change,
        row.ledger.set(to_document(ledger)),
        row.turn.set(turn),
        set_or_remove(row.until, until and format_instant(until)),
    ]
    return update_alone(_row(push.session), actions, is_at & more if more is not None else is_at)


def _laid_out() -> list[Action]:
    row = SessionTicketNotesRow
    return [row.layout.set(row.LAYOUT), row.kind.set(KIND)]


def _outcome(push: SessionPush, ledger: TicketNoteLedger, at: Instant) -> list[Action]:
    """What the row says of the change: that the notes are there or were given up, where that is news."""
    status = ledger.summary.status
    told = _OUTCOMES.get(status) if status is not push.ledger.summary.status else None
    return _signed(told, None, at) if told else [SessionTicketNotesRow.change.set(SessionNotesChange.LEASED.value)]


def _signed(change: SessionNotesChange, by: Person | None, at: Instant) -> list[Action]:
    row = SessionTicketNotesRow
    return [
        row.change.set(change.value),
        row.version.set((row.version | 0) + 1),
        set_or_remove(row.actor, by and by.model_dump()),
        row.changed_at.set(format_instant(at)),
        row.correlation_id.set(log.correlation_id()),
    ]


def _is_free(now: Instant) -> Condition:
    until = SessionTicketNotesRow.until
    return until.does_not_exist() | (until <= format_instant(now))
