"""Show who was told of a handoff."""

from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, handoffs


def list_handoff_deliveries(session_id: str, handoff_id: str, *, by: Caller) -> list[LedgerEntry]:
    """Return what was sent about the handoff to whom, oldest first. Raises NotFound.

    What only corrects a message that gathered it with others tells nobody anything of this handoff, and is left out.
    """
    handoffs.load(by.account_id, session_id, handoff_id)
    found = deliveries.list_of_subject(by.account_id, handoff_id)
    return [entry for entry in found if entry.recipient.replaces_round is None]
