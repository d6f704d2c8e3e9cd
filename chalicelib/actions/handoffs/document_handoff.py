"""Document a handoff for the ticket, or for later readers."""

from chalicelib.domain.documentation import Record, record_of
from chalicelib.domain.people import Caller
from chalicelib.store import handoffs


def document_handoff(session_id: str, handoff_id: str, *, by: Caller) -> Record:
    """Return the record of the handoff as it may leave the account: secrets in it are masked. Raises NotFound."""
    return record_of(handoffs.load_detail(by.account_id, session_id, handoff_id)).masked()
