"""The feed: what happened in the account, for a page that was away."""

from typing import NamedTuple

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import Event
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import feed


class Feed(NamedTuple):
    """Events in order, the cursor of the next part, and the cursor to come back with later."""

    events: list[Event]
    next_cursor: str | None
    resume_after: str | None


def read_feed(after: str | None, page: PageRequest, *, by: Caller) -> Feed:
    """Return the account's events since `after`, or the newest ones without it.

    The part right before `after` is repeated, as an event may enter the feed a moment late. Raises InvalidRequest.
    """
    audience = Audience(account_id=by.account_id, kind=AudienceKind.ACCOUNT)
    events, next_cursor = feed.list_since(audience, after, page)
    return Feed(events, next_cursor, feed.cursor_at(events[-1]) if events else after)
