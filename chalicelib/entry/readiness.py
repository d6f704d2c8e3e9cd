"""Routes that forecast who would be reached, and that send test messages."""

from chalicelib.contracts.readiness import (
    AbsenteeView,
    ArrivedRequest,
    LadderReadinessView,
    PageMessageStateView,
    PageMessageView,
    PageStateView,
    PageTestView,
    ReadinessView,
)
from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.errors import InvalidState, NotFound, RemovedFromDirectory, TooManyRequests
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

readiness = Api("deliveries")

PAGE = "/me/page"

# What is asked for now and then is imported when it is asked for.  # lazy: cold start (ADR 0015)


@readiness.operation("GET", "/readiness", answers=ReadinessView, role=Role.SENIOR)
def get_readiness(call: Call[None]) -> ReadinessView:
    """Read who would be reached in the next seven days, and how, by ladder and span of time."""
    from chalicelib.actions.deliveries.read_readiness import read_readiness

    found = read_readiness(by=call.caller, at=call.at)
    zone = zone_named(found.time_zone)
    ladders = [LadderReadinessView.of(each, found.people, zone) for each in found.ladders]
    shown = {name: content for name, content in found._asdict().items() if name != "people"}
    absentees = [AbsenteeView.of(each, found.people) for each in found.absentees]
    return ReadinessView.model_validate(shown | {"ladders": ladders, "absentees": absentees})


@readiness.operation(
    "POST",
    PAGE,
    answers=PageTestView,
    status=201,
    refuses=(InvalidState, TooManyRequests, RemovedFromDirectory),
)
def post_page(call: Call[None]) -> PageTestView:
    """Send yourself a test message now, by e-mail, by SMS and to each of your devices; three times an hour at most."""
    from chalicelib.actions.deliveries.page_me import channel_of, page_me

    test = page_me(by=call.caller, at=call.at)
    messages = [PageMessageView.of(channel_of(each), each) for each in test.messages]
    return PageTestView(id=test.id, sent_at=test.sent_at, messages=messages)


@readiness.operation("GET", PAGE + "/{page_id}", answers=PageStateView)
def get_page(call: Call[None], page_id: str) -> PageStateView:
    """Read the state of the test messages that you were sent."""
    from chalicelib.actions.deliveries.page_me import channel_of, read_page

    found = read_page(page_id, by=call.caller)
    messages = [PageMessageStateView.known(channel_of(each.recipient), each, call.at) for each in found]
    return PageStateView(id=page_id, messages=messages)


@readiness.operation(
    "POST", PAGE + "/arrived", takes=ArrivedRequest, answers=None, status=204, refuses=(NotFound, InvalidState)
)
def post_page_arrived(call: Call[ArrivedRequest]) -> None:
    """Confirm that a test message arrived: its channel then counts for 30 days as one that reaches you."""
    from chalicelib.actions.deliveries.page_me import confirm_page

    confirm_page(call.body.page_id, call.body.channel, by=call.caller, at=call.at)
