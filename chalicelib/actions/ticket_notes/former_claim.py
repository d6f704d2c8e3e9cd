"""Check whether the note that ends the previous handoff's claim is still to be written."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.ticket_note import ENDS_OF_A_CLAIM
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import handoffs, ticket_notes


def is_former_claim_open(handoff: Handoff, ledger: TicketNoteLedger) -> bool:
    """Whether `ledger` has a claim's note to write while the end of the previous handoff's claim has none yet.

    Each handoff has a ledger of its own, so the late end would take back what this claim has set on the ticket. Two
    queries, and only where a claim's note is pending.
    """
    if not any(note.tells_of_claim for note in ledger.pending):
        return False
    others = [one for one in handoffs.ids_of_session(handoff.account_id, handoff.session_id) if one != handoff.id]
    if not others:
        return False
    former = ticket_notes.read_ledger(handoff.account_id, others[-1])
    return any(note.type in ENDS_OF_A_CLAIM for note in former.pending)
