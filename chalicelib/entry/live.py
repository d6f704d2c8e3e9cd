"""The route that issues tokens of the live channel."""

from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.contracts.views import LiveTokenView
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.settings import settings

live = Api("notifications")


@live.operation("POST", "/live/tokens", answers=LiveTokenView, status=201)
def post_live_token(call: Call[None]) -> LiveTokenView:
    """Issue a one-use address of the live channel, valid for a minute."""
    return LiveTokenView.of(issue_live_token(by=call.caller, at=call.at), settings().live_url)
