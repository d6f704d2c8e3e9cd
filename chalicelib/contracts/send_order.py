"""An order in the queue of notifications: send the message of one entry of the ledger."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.deliveries.ledger import LedgerEntry


class SendOrder(StrictModel):
    """Where the entry is. What it says, and whether it is still to be sent, is read when the order's turn comes."""

    account_id: str
    subject: str
    position: str

    @classmethod
    def of(cls, entry: LedgerEntry) -> "SendOrder":
        """Return the order to send `entry`."""
        return cls(account_id=entry.account_id, subject=entry.subject, position=entry.position)
