"""Show who waits for a senior."""

from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import handoffs


def list_escalations(page: PageRequest, *, by: Caller) -> ListPage[QueueItem]:
    """Return the account's open escalations, most urgent first, then oldest first, without the caller's own."""
    return handoffs.list_queue(by.account_id, by.person, page)
