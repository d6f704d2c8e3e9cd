"""What the API answers about notifications, and about the feed they come from."""

from typing import Annotated

from pydantic import Field

from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.notification import Notification


class NotificationView(StrictModel):
    """What the caller is told of one handoff; of a session, where no handoff is concerned; or of an integration.

    `type` and `title` are of the newest event, at `updated_at`; `state`, `priority` and `client` are the handoff's, as
    it stands now. `settled`: it asks nothing of the caller any more.
    """

    id: str
    type: EventType
    title: OneLine
    session_id: str | None
    handoff_id: str | None
    integration_id: str | None
    state: HandoffStatus | None
    priority: Priority | None
    client: OneLine | None
    created_at: Instant
    updated_at: Instant
    read: bool
    settled: bool

    @classmethod
    def of(cls, item: Notification) -> "NotificationView":
        """Show `item`."""
        shown = {name: value for name, value in item if not name.startswith("is_")}
        return cls(**shown, read=item.is_read, settled=item.is_settled)


class NotificationListView(ListView):
    """The caller's notifications, folded from the newest hundred events of each of their feeds.

    `unread` counts those that are neither read nor settled: up to 100, so that more than 99 are "99+".
    """

    items: list[NotificationView]
    unread: Annotated[int, Field(ge=0, le=100)]


class FeedView(ListView):
    """Events in order. Pass `resume_after` as `after` next time, and drop the ids you have seen: some come again."""

    items: list[Event]
    resume_after: str | None
