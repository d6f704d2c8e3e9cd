"""Routes of people: the caller, the directory, the bell and the feed."""

from chalicelib.actions.notifications.list_notifications import list_notifications, mark_notifications_read
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.actions.people.list_engineers import list_engineers
from chalicelib.actions.people.read_profile import read_profile
from chalicelib.actions.people.set_skills import set_skills
from chalicelib.contracts.requests import FeedQuery, PageQuery, ReadNotificationsRequest, SkillsRequest
from chalicelib.contracts.views import EngineerListView, FeedView, MeView, NotificationListView, NotificationView
from chalicelib.domain.people import Engineer, Role
from chalicelib.entry.api import Api, Call

people = Api(__name__)


@people.operation("GET", "/me", answers=MeView)
def get_me(call: Call[None]) -> MeView:
    """Read your profile; this also enters you into the directory."""
    return MeView.of(call.caller.account_id, read_profile(call.caller))


@people.operation("GET", "/engineers", takes=PageQuery, answers=EngineerListView)
def get_engineers(call: Call[PageQuery]) -> EngineerListView:
    """List the directory of your account."""
    found = list_engineers(call.page, by=call.caller)
    return EngineerListView(items=found.items, next_cursor=found.next_cursor)


@people.operation("PUT", "/engineers/{engineer_id}", takes=SkillsRequest, answers=Engineer, role=Role.ADMIN)
def put_engineer(call: Call[SkillsRequest], engineer_id: str) -> Engineer:
    """Say what somebody in the directory is good at."""
    return set_skills(engineer_id, call.body.skills, by=call.caller)


@people.operation("GET", "/notifications", takes=PageQuery, answers=NotificationListView)
def get_notifications(call: Call[PageQuery]) -> NotificationListView:
    """Read your bell, newest first."""
    notifications = list_notifications(call.page, by=call.caller)
    items = [NotificationView.of(event, notifications.read_up_to) for event in notifications.events]
    return NotificationListView(items=items, next_cursor=notifications.next_cursor, unread=notifications.unread)


@people.operation("POST", "/notifications/read", takes=ReadNotificationsRequest, answers=None, status=204)
def post_notifications_read(call: Call[ReadNotificationsRequest]) -> None:
    """Mark your bell read up to a time; one that has not come yet counts as now."""
    mark_notifications_read(call.body.up_to, by=call.caller, at=call.at)


@people.operation("GET", "/feed", takes=FeedQuery, answers=FeedView)
def get_feed(call: Call[FeedQuery]) -> FeedView:
    """Read what happened in your account since you last looked."""
    feed = read_feed(call.body.after, call.page, by=call.caller)
    return FeedView(items=feed.events, next_cursor=feed.next_cursor, resume_after=feed.resume_after)
