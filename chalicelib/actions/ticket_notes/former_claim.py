"""Look whether the ticket knows already how the claim of the handoff before has ended."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.ticket_note_ledger import ENDS_OF_A_CLAIM, TicketNoteLedger
from chalicelib.store import handoffs, ticket_notes


def is_former_claim_open(handoff: Handoff, ledger: TicketNoteLedger) -> bool:
    """Whether `ledger` has a claim to tell while the end of the claim of the handoff before is still to be told.

    What was set for that claim would be taken back under this one, as each handoff has a ledger of its own. Two
    queries, for notes of a claim alone.
    """
    if not any(note.tells_of_claim for note in ledger.pending):
        return False
    others = [one for one in handoffs.ids_of_session(handoff.account_id, handoff.session_id) if one != handoff.id]
    if not others:
        return False
    former = ticket_notes.read_ledger(handoff.account_id, others[-1])
    return any(note.type in ENDS_OF_A_CLAIM for note in former.pending)
