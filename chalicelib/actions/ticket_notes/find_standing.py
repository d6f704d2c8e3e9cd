"""Check that the claim in a note still stands, right before the note is written."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.store import handoffs, sessions


def find_standing(note: TicketNote, handoff: Handoff) -> Handoff | None:
    """Return the handoff as it stands now; None when the claim that `note` tells of was undone or released meanwhile.

    Two reads, for notes of a claim alone. Raises NotFound.
    """
    if not note.tells_of_claim:
        return handoff
    now = handoffs.load(handoff.account_id, handoff.session_id, handoff.id)
    session = sessions.load(handoff.account_id, handoff.session_id)
    return now if note.is_still_true(now, session.epoch) else None
