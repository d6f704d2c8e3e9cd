"""Corrections of a session and of its turns: the thing itself, the session's revision and the open handoff together."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.correction import Correction
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.redaction import redact
from chalicelib.domain.session import Session
from chalicelib.domain.session_corrections import corrections_between, names_another_ticket, note_of
from chalicelib.domain.shown_in_lists import ShownInLists
from chalicelib.domain.titles import domain_start, snippet, summary_start
from chalicelib.domain.turn import Turn
from chalicelib.store import session_ticket_notes, ticket_links
from chalicelib.store.agenda import enter_agenda
from chalicelib.store.handoff_rows import correction_in, is_of_session
from chalicelib.store.handoff_updates import show
from chalicelib.store.keys import CORRECTIONS, correction_part, handoff_key, session_key
from chalicelib.store.mapping import set_or_remove, to_document, turn_row
from chalicelib.store.rows.handoff_parts import CorrectionPartRow, PartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.rows.turns import TurnRow
from chalicelib.store.session_rows import detail_of, has_ticket_as_loaded
from chalicelib.store.session_updates import signed
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import Transaction
from chalicelib.store.turns import add_note


def mark_turn_corrected(session: Session, was: Turn, now: Turn, by: Person, at: Instant) -> None:
    """Write `now` over the turn `was` of the session, both as they were loaded; no epoch changes, nor the holder.

    An open handoff keeps what was handed over, and the correction beside it. Raises StaleWrite.
    """
    transaction = Transaction()
    transaction.put(turn_row(session_key(session.account_id, session.id), now), _is_as_loaded(was))
    transaction.update(
        SessionRow(session.account_id, session.id), [SessionRow.revision.add(1)], stands_as_loaded(session)
    )
    if session.open_handoff_id:
        keep(transaction, session, [Correction.of_turn(now, by=by, at=at)])
        handoff = HandoffRow(session.account_id, session.open_handoff_id)
        transaction.update(
            handoff, signed(HandoffChange.CORRECTED, by, at), is_of_session(session.account_id, session.id)
        )
    if not transaction.commits():
        raise StaleWrite


def mark_corrected(was: Session, now: Session, by: Person, at: Instant) -> Session:
    """Write `now` over the session `was` as it was loaded, and a turn that says what it was; return what was written.

    Ticket link and open handoff change in the same transaction, so that lists, queue and titles follow. Where the
    ticket changes, the newest handoff says so, also when it is closed: the other ticket may hold notes of it. Without
    any handoff the session's own ledger of notes does. Raises StaleWrite, also when the ticket was read again since.
    """
    transaction = Transaction()
    note = note_of(was, now, by=by, at=at)
    is_other_ticket = names_another_ticket(was, now)
    transaction.update(detail_of(was), _texts(now), has_ticket_as_loaded(was))
    transaction.update(
        SessionRow(was.account_id, was.id),
        [
            SessionRow.summary_start.set(summary_start(now.problem_summary)),
            set_or_remove(SessionRow.psa_ticket_id, now.psa_ticket_id),
            SessionRow.revision.add(1),
            SessionRow.updated_at.set(format_instant(at)),
            *add_note(transaction, was, note),
        ],
        stands_as_loaded(was) & (SessionRow.turn_count == was.turn_count),
    )
    if is_other_ticket:
        ticket_links.move(transaction, was, now)
        session_ticket_notes.sign_corrected(transaction, was, by, at)
    if was.open_handoff_id:
        keep(transaction, was, corrections_between(was, now, by=by, at=at))
    if handoff_id := was.open_handoff_id or (was.newest_handoff_id if is_other_ticket else None):
        said = [*_said_of(now), *_new_plan(handoff_id, was, now, at)] if was.open_handoff_id else []
        actions = [*said, *signed(HandoffChange.CORRECTED, by, at)]
        transaction.update(HandoffRow(was.account_id, handoff_id), actions, is_of_session(was.account_id, was.id))
    if not transaction.commits():
        raise StaleWrite
    return now.model_copy(update={"turn_count": note.seq})


def _texts(now: Session) -> list[Action]:
    """Return the attributes of the session's detail item."""
    row = SessionDetailRow
    return [
        row.problem_summary.set(now.problem_summary),
        set_or_remove(row.problem_domain, now.problem_domain),
        set_or_remove(row.integration_id, now.integration_id),
        set_or_remove(row.ticket, now.ticket and to_document(now.ticket)),
        *([] if now.is_ticket_assumed_closed else [row.is_ticket_assumed_closed.remove()]),
        *([] if now.ticket_owner_changed_at else [row.ticket_owner_changed_at.remove()]),
    ]


def _said_of(now: Session) -> list[Action]:
    """Return the attributes that an open handoff's row has of its session."""
    row, domain = HandoffRow, domain_start(now.problem_domain)
    return [
        row.title.set(snippet(redact(now.problem_summary))),
        *show(ShownInLists.of(now.problem_summary, now.ticket)),
        set_or_remove(row.problem_domain, domain),
        set_or_remove(row.psa_ticket_id, now.psa_ticket_id),
    ]


def _new_plan(handoff_id: str, was: Session, now: Session, at: Instant) -> list[Action]:
    """Have the clock make a new plan where client or SLA time are others: a correction does not know the plan."""
    before, after = (ShownInLists.of("", session.ticket) for session in (was, now))
    is_same = (before.sla_due_at, before.client_key) == (after.sla_due_at, after.client_key)
    return [] if is_same else enter_agenda(handoff_id, at)


def keep(transaction: Transaction, session: Session, corrections: list[Correction]) -> None:
    """Put the corrections beside what the session's open handoff handed over; later ones replace those before."""
    key = handoff_key(session.account_id, session.open_handoff_id or "")
    for correction in corrections:
        row = CorrectionPartRow(key, correction_part(correction), correction=to_document(correction))
        transaction.put(row, None)


def is_corrected_by(account_id: str, handoff_id: str, person: Person, since: Instant) -> bool:
    """Whether the last correction of anything that was handed over is one of `person`'s, at `since` or later."""
    rows = PartRow.query(
        handoff_key(account_id, handoff_id), PartRow.part.startswith(CORRECTIONS), consistent_read=True
    )
    found = (correction_in(CorrectionPartRow.from_raw_data(item)) for page in rows.page_iter for item in page["Items"])
    return any(correction.by.id == person.id and correction.at >= since for correction in found)


def stands_as_loaded(session: Session) -> Condition:
    """The condition that the session has the status, the epoch and the open handoff that it was loaded with."""
    open_id = session.open_handoff_id
    is_same_handoff = SessionRow.open_handoff_id == open_id if open_id else SessionRow.open_handoff_id.does_not_exist()
    is_same = (SessionRow.status == session.status.value) & (SessionRow.epoch == session.epoch)
    return is_same & is_same_handoff


def _is_as_loaded(turn: Turn) -> Condition:
    edited_at = TurnRow.edited_at
    is_same = edited_at == format_instant(turn.edited_at) if turn.edited_at else edited_at.does_not_exist()
    return TurnRow.seq.exists() & is_same & TurnRow.struck.does_not_exist()
