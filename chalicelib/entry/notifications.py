"""Routes of notifications and of the account's feed."""

from chalicelib.actions.notifications.list_notifications import list_notifications, mark_notifications_read
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.contracts.requests import FeedQuery, PageQuery, ReadNotificationsRequest
from chalicelib.contracts.views import FeedView, NotificationListView, NotificationView
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

notifications = Api(__name__, "notifications")


@notifications.operation("GET", "/notifications", takes=PageQuery, answers=NotificationListView)
def get_notifications(call: Call[PageQuery]) -> NotificationListView:
    """List your notifications, newest first."""
    found = list_notifications(call.page, by=call.caller)
    items = [NotificationView.of(event, found.read_up_to) for event in found.events]
    return NotificationListView(items=items, next_cursor=found.next_cursor, unread=found.unread)


@notifications.operation("POST", "/notifications/read", takes=ReadNotificationsRequest, answers=None, status=204)
def post_notifications_read(call: Call[ReadNotificationsRequest]) -> None:
    """Mark your notifications read up to a time; a time in the future counts as now."""
    mark_notifications_read(call.body.up_to, by=call.caller, at=call.at)


@notifications.operation("GET", "/feed", takes=FeedQuery, answers=FeedView)
def get_feed(call: Call[FeedQuery]) -> FeedView:
    """List the events of your account since a position in the feed."""
    feed = read_feed(call.body.after, call.page, by=call.caller)
    return FeedView(items=feed.events, next_cursor=feed.next_cursor, resume_after=feed.resume_after)
