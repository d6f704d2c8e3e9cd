"""The ledger of a handoff's notes, kept in a part of its own: who writes notes now, and what came of it.

A run takes its turn by a conditional write that names how long it may last. Turns are numbered, and what a run writes
in the end counts only while its turn is the last one: a run that was given up on can no longer change the ledger. How
the notes stand is said by the handoff's row too, in the same transaction, whenever that changes.
"""

from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import handoffs
from chalicelib.store.handoff_rows import ledger_in
from chalicelib.store.keys import TICKET_NOTES, handoff_key
from chalicelib.store.mapping import set_or_remove, to_document
from chalicelib.store.rows.handoff_parts import TicketNotesPartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_updates import dated, signed
from chalicelib.store.transactions import Transaction, update_alone


class Push(NamedTuple):
    """A handoff with its ledger, as of the turn of that number."""

    handoff: HandoffDetail
    ledger: TicketNoteLedger
    turn: int

    @property
    def is_without_ticket(self) -> bool:
        """Whether no note can be due: no ticket, no notes, and no reopening after which a ticket may be named."""
        return self.handoff.psa_ticket_id is None and not self.ledger.notes and self.handoff.reopened_at is None


def find(account_id: str, handoff_id: str) -> Push | None:
    """Return the account's handoff of that id with its ledger, None when there is none."""
    found = handoffs.read(account_id, handoff_id)
    if found is None:
        return None
    part = found.parts.ticket_notes
    return Push(found.detail, ledger_in(part), int(part.turn or 0) if part else 0)


def read_ledger(account_id: str, handoff_id: str) -> TicketNoteLedger:
    """Return the ledger of a handoff as it stands, an empty one where nothing was noted; one query."""
    return ledger_in(handoffs.read_parts(account_id, handoff_id).ticket_notes)


def take_turn(push: Push, ledger: TicketNoteLedger, now: Instant, until: Instant) -> Push | None:
    """Let one run write notes until `until`, with `ledger` in place of the one loaded; None when another run does."""
    is_kept = _keep(push, ledger, push.turn + 1, _dated(push, ledger, now), _is_free(now), until=until)
    return find(push.handoff.account_id, push.handoff.id) if is_kept else None


def end_turn(push: Push, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write what came of the run; return False, with nothing written, when it was given up on.

    The number rises, so that who has read the ledger during the run cannot take a turn with what it read.
    """
    return _keep(push, ledger, push.turn + 1, _dated(push, ledger, now))


def give_up(push: Push, ledger: TicketNoteLedger, now: Instant) -> bool:
    """Write `ledger` in place of the one loaded; return False, with nothing written, when a run writes notes, or did.

    It counts as a turn, so that no run before it can change the ledger any more.
    """
    return _keep(push, ledger, push.turn + 1, _dated(push, ledger, now), _is_free(now))


def ask_again(push: Push, by: Person, at: Instant) -> Push | None:
    """Have the notes that were given up written after all; None when something has changed since, or a run is on."""
    asked, turn = push.ledger.asked_again(at), push.turn + 1
    signature = signed(HandoffChange.TICKET_NOTES, by, at)
    is_failed = HandoffRow.ticket_notes_status == TicketNotesStatus.FAILED.value
    if not _keep(push, asked, turn, signature, _is_free(at), of_row=is_failed):
        return None
    return find(push.handoff.account_id, push.handoff.id)


def _keep(
    push: Push,
    ledger: TicketNoteLedger,
    turn: int,
    of_change: list[Action],
    of_part: Condition | None = None,
    *,
    of_row: Condition | None = None,
    until: Instant | None = None,
) -> bool:
    """Write the ledger if its turn is the one loaded, and the row where `of_change` says that it changes as well."""
    handoff, part = push.handoff, TicketNotesPartRow
    actions: list[Action] = [
        part.ledger.set(to_document(ledger)),
        part.turn.set(turn),
        part.layout.set(part.LAYOUT),
        set_or_remove(part.until, until and format_instant(until)),
    ]
    is_at = part.turn == push.turn if push.turn else part.turn.does_not_exist()
    may = is_at & of_part if of_part is not None else is_at
    part_row = part(handoff_key(handoff.account_id, handoff.id), TICKET_NOTES)
    if not of_change:
        return update_alone(part_row, actions, may)
    exists = HandoffRow.handoff_id.exists()
    status = HandoffRow.ticket_notes_status.set(ledger.summary.status.value)
    transaction = Transaction()
    transaction.update(
        HandoffRow(handoff.account_id, handoff.id),
        [status, *of_change],
        exists & of_row if of_row is not None else exists,
    )
    transaction.update(part_row, actions, may)
    return transaction.commits()


def _dated(push: Push, ledger: TicketNoteLedger, at: Instant) -> list[Action]:
    """What the row says of the change: nothing, as long as the notes stand as they did."""
    is_news = ledger.summary.status is not push.handoff.ticket_notes_status
    return dated(HandoffChange.TICKET_NOTES, at) if is_news else []


def _is_free(now: Instant) -> Condition:
    until = TicketNotesPartRow.until
    return until.does_not_exist() | (until <= format_instant(now))
