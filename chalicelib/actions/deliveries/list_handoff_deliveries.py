"""Show who was told of a handoff."""

from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import delivery_lists, handoffs


def list_handoff_deliveries(
    session_id: str, handoff_id: str, page: PageRequest, *, by: Caller
) -> ListPage[LedgerEntry]:
    """Return what was sent about the handoff to whom, newest first. Raises NotFound and InvalidRequest.

    What only corrects a message that gathered it with others tells nobody anything of this handoff, and is left out: so
    a page may be shorter than asked for.
    """
    found = delivery_lists.list_of_subject(by.account_id, handoff_id, page)  # refuses a forged cursor
    handoffs.load(by.account_id, session_id, handoff_id)
    shown = [entry for entry in found.items if entry.recipient.replaces_round is None]
    return found._replace(items=shown)
