"""Routes of notifications and of the account's feed."""

from chalicelib.actions.notifications.list_notifications import list_notifications
from chalicelib.actions.notifications.mark_read import mark_handoff_read, mark_notifications_read, mark_session_read
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.contracts.notification_views import FeedView, NotificationListView, NotificationView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.requests import FeedQuery, ReadNotificationsRequest
from chalicelib.domain.errors import NotFound
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

notifications = Api("notifications")


@notifications.operation("GET", "/notifications", takes=PageQuery, answers=NotificationListView)
def get_notifications(call: Call[PageQuery]) -> NotificationListView:
    """List your notifications, the last changed first."""
    return notification_list_view(call)


def notification_list_view(call: Call[PageQuery]) -> NotificationListView:
    """Return a page of the caller's notifications."""
    found = list_notifications(call.page, by=call.caller)
    items = [NotificationView.of(item) for item in found.items]
    return NotificationListView(items=items, next_cursor=found.next_cursor, unread=found.unread)


@notifications.operation(
    "POST", "/notifications/read", takes=ReadNotificationsRequest, answers=None, status=204, refuses=(NotFound,)
)
def post_notifications_read(call: Call[ReadNotificationsRequest]) -> None:
    """Mark notifications read: yours up to a time (one in the future counts as now), or a handoff you opened."""
    if call.body.handoff_id:
        mark_handoff_read(call.body.handoff_id, by=call.caller, at=call.at)
    elif call.body.session_id:
        mark_session_read(call.body.session_id, by=call.caller, at=call.at)
    elif call.body.up_to:
        mark_notifications_read(call.body.up_to, by=call.caller, at=call.at)


@notifications.operation("GET", "/feed", takes=FeedQuery, answers=FeedView)
def get_feed(call: Call[FeedQuery]) -> FeedView:
    """List the events of your account since a position in the feed."""
    feed = read_feed(call.body.after, call.page, by=call.caller)
    return FeedView(items=feed.events, next_cursor=feed.next_cursor, resume_after=feed.resume_after)
