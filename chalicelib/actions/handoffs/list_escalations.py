"""Show who waits for a senior."""

from chalicelib.domain.list_items import QueueLine
from chalicelib.domain.pagination import Page, Slice
from chalicelib.domain.people import Caller
from chalicelib.store import handoffs


def list_escalations(page: Page, *, by: Caller) -> Slice[QueueLine]:
    """Return the account's open escalations, most urgent first, then oldest first, without the caller's own."""
    return handoffs.list_queue(by.account_id, by.person, page)
