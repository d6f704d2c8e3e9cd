"""Show who waits for a senior."""

from typing import NamedTuple

from chalicelib.actions.handoffs.describe_cover import CoverSentences
from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import escalation_queue, handoffs


class Escalations(NamedTuple):
    """A page of the queue, and whether the account ever had a handoff: a new one has first steps to be shown."""

    items: list[QueueItem]
    next_cursor: str | None
    total: int
    own: list[QueueItem]
    has_history: bool


def list_escalations(page: PageRequest, *, by: Caller) -> Escalations:
    """Return the account's open escalations, most urgent first, then oldest first, with the caller's own apart.

    Each says what is special about the cover of its client. Raises InvalidRequest for a cursor that is not this list's.
    """
    found = escalation_queue.list_queue(by.account_id, by.person, page)
    sentences = CoverSentences(by.account_id)
    items, own = (
        [item.model_copy(update={"cover": sentences.of(item.client, item.client_key)}) for item in some]
        for some in (found.items, found.own)
    )
    has_history = found.total > 0 or handoffs.has_any(by.account_id)
    return Escalations(items, found.next_cursor, found.total, own, has_history)
