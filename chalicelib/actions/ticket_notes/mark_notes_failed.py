"""Give up ticket notes that nothing is left to write."""

from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.domain.events import Event
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import sessions, ticket_notes
from chalicelib.store.ticket_notes import Push

BUSY_S = 20.0
"""How long a run waits that finds another one writing notes of the same handoff."""

IN_VAIN = "FlowPilot did not get to write it in several tries."


def mark_notes_failed(event: Event, *, at: datetime) -> None:
    """Store as failed what the event's message was to write, as that message was parked.

    The reason is what went wrong last, where a run lived to say it. What was asked for again since the event is left
    alone: another message is to write that. Doing it twice changes nothing more. Raises PsaUnavailable while a run
    writes notes of the handoff, NotFound and Unavailable.
    """
    push = ticket_notes.find(event.account_id, event.handoff_id)
    if push is None or push.handoff.psa_ticket_id is None:
        return
    is_linked = find_psa(sessions.load(event.account_id, event.session_id)) is not None
    expected = push.ledger.expecting(event) if is_linked else push.ledger  # no run may have come as far as to expect it
    ledger = expected.abandoned(event, IN_VAIN)
    if ledger != push.ledger:
        store_given_up(push, ledger, at)


def store_given_up(push: Push, ledger: TicketNoteLedger, at: datetime) -> None:
    """Store `ledger`, in which notes were given up. Raises PsaUnavailable while a run writes notes, and Unavailable."""
    if not ticket_notes.give_up(push, ledger, at):
        raise another_run()
    log.info("notes given up", handoff_id=push.handoff.id)
    log.count("PsaPushes", Outcome="given_up")


def another_run() -> PsaUnavailable:
    """Return what it means that another run has its turn."""
    return PsaUnavailable("Another run is writing notes of this handoff.", retry_after_s=BUSY_S)
