"""What the API answers to a page that starts."""

from chalicelib.contracts.handoff_view import HandoffListView, HistoryView
from chalicelib.contracts.notification_views import NotificationListView
from chalicelib.contracts.problem import Problem
from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.contracts.views import LiveTokenView, MeView, QueueView, SessionListView, SessionView, TurnListView


class RolelessMeView(StrictModel):
    """A caller who is signed in and has none of the roles."""

    id: str
    account_id: str
    name: OneLine
    email: OneLine
    role: None = None


class FeedPositionView(StrictModel):
    """The end of the account's feed: pass `resume_after` as `after` to get what happens from here on."""

    resume_after: str | None


class StartView(StrictModel):
    """The first screen in one answer. A part that failed is null, and `problems` says under its name why."""

    me: MeView | RolelessMeView | None
    feed: FeedPositionView | None
    escalations: QueueView | None
    handed_off: SessionListView | None
    sessions: SessionListView | None
    notifications: NotificationListView | None
    live: LiveTokenView | None
    problems: dict[str, Problem]


class RefreshView(StrictModel):
    """The parts of the screen that were asked for, in one answer.

    Others are null; of one that failed, which is null too, `problems` says under its name why. Lists are first pages.
    """

    escalations: QueueView | None = None
    handed_off: SessionListView | None = None
    sessions: SessionListView | None = None
    notifications: NotificationListView | None = None
    session: SessionView | None = None
    turns: TurnListView | None = None
    handoffs: HandoffListView | None = None
    history: HistoryView | None = None
    problems: dict[str, Problem]
