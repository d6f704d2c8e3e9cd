"""The ledger of a handoff's notes, kept on its row: who writes notes now, and what came of it.

A run takes its turn by a conditional write that names how long it may last. Turns are numbered, and what a run writes
in the end counts only while its turn is the last one: a run that was given up on can no longer change the ledger.
"""

from typing import NamedTuple

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import Handoff, TicketNotesStatus
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store.mapping import plain, to_document, to_handoff
from chalicelib.store.rows import HandoffRow
from chalicelib.store.session_updates import signed
from chalicelib.store.transactions import update_alone


class Push(NamedTuple):
    """A handoff with its ledger, as of the turn of that number."""

    handoff: Handoff
    ledger: TicketNoteLedger
    turn: int


def find(account_id: str, handoff_id: str) -> Push | None:
    """Return the account's handoff of that id with its ledger, None when there is none."""
    try:
        return _push(HandoffRow.get(account_id, handoff_id, consistent_read=True))
    except DoesNotExist:
        return None


def take_turn(push: Push, ledger: TicketNoteLedger, now: Instant, until: Instant) -> Push | None:
    """Let one run write notes until `until`, with `ledger` in place of the one loaded; None when another run does."""
    row = HandoffRow(push.handoff.account_id, push.handoff.id)
    actions = [*_kept(ledger, push.turn + 1, until), *_dated(now)]
    return _push(row) if update_alone(row, actions, _is_at(push.turn) & _is_free(now)) else None


def end_turn(push: Push, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write what came of the run; return False, with nothing written, when it was given up on."""
    row = HandoffRow(push.handoff.account_id, push.handoff.id)
    return update_alone(row, [*_kept(ledger, push.turn), *_dated(now)], _is_at(push.turn))


def give_up(push: Push, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write `ledger` in place of the one loaded; return False, with nothing written, when a run writes notes, or did.

    It counts as a turn, so that no run before it can change the ledger any more.
    """
    row = HandoffRow(push.handoff.account_id, push.handoff.id)
    return update_alone(row, [*_kept(ledger, push.turn + 1), *_dated(now)], _is_at(push.turn) & _is_free(now))


def ask_again(push: Push, by: Person, at: Instant) -> Push | None:
    """Have the notes that were given up written after all; None when something has changed since, or a run is on."""
    row = HandoffRow(push.handoff.account_id, push.handoff.id)
    actions = [*_kept(push.ledger.asked_again(at), push.turn + 1), *signed(by, at)]
    is_failed = HandoffRow.ticket_notes["status"] == TicketNotesStatus.FAILED.value
    return _push(row) if update_alone(row, actions, is_failed & _is_at(push.turn) & _is_free(at)) else None


def _kept(ledger: TicketNoteLedger, turn: int, until: Instant | None = None) -> list[Action]:
    whose = {"turn": turn, "until": format_instant(until)} if until else {"turn": turn}
    return [
        HandoffRow.psa_ledger.set({**to_document(ledger), **whose}),
        HandoffRow.ticket_notes.set(to_document(ledger.summary)),
    ]


def _dated(at: Instant) -> list[Action]:
    return [HandoffRow.version.set(HandoffRow.version + 1), HandoffRow.updated_at.set(format_instant(at))]


def _is_at(turn: int) -> Condition:
    is_there = HandoffRow.handoff_id.exists()
    return is_there & (HandoffRow.psa_ledger["turn"] == turn if turn else HandoffRow.psa_ledger.does_not_exist())


def _is_free(now: Instant) -> Condition:
    until = HandoffRow.psa_ledger["until"]
    return until.does_not_exist() | (until <= format_instant(now))


def _push(row: HandoffRow) -> Push:
    kept = plain(row.psa_ledger) or {}
    return Push(to_handoff(row), TicketNoteLedger(notes=kept.get("notes", ())), int(kept.get("turn", 0)))
