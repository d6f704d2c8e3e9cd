"""The route that a page starts with: the first screen in one answer."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from chalicelib import log
from chalicelib.actions.classify_failure import classify_failure
from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.actions.people.read_profile import read_profile
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.problem import Problem
from chalicelib.contracts.requests import SessionsQuery
from chalicelib.contracts.start_view import FeedPositionView, RolelessMeView, StartView
from chalicelib.contracts.views import LiveTokenView, MeView
from chalicelib.domain.errors import DomainError, NoRole, RemovedFromDirectory
from chalicelib.domain.pagination import PageRequest
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import queue_view
from chalicelib.entry.notifications import notification_list_view
from chalicelib.entry.problems import InternalError, problem_of
from chalicelib.entry.requests import Call
from chalicelib.entry.sessions import session_list_view
from chalicelib.settings import settings

start = Api("people")

Part = Callable[[Call[None]], Any]

HANDED_OFF = 10
"""How many of the sessions that the caller handed off the first screen shows."""

PARTS: dict[str, Part] = {
    "me": lambda call: MeView.of(call.caller.account_id, read_profile(call.caller, at=call.at), call.at),
    # Before the lists: what happens while they are read comes again in the feed.
    "feed": lambda call: FeedPositionView(resume_after=read_feed(None, PageRequest(1), by=call.caller).resume_after),
    "escalations": lambda call: queue_view(Call(call.caller, call.at, PageQuery(), None)),
    "handed_off": lambda call: session_list_view(
        Call(call.caller, call.at, SessionsQuery(mine="handed_off", limit=HANDED_OFF), None)
    ),
    "sessions": lambda call: session_list_view(Call(call.caller, call.at, SessionsQuery(), None)),
    "notifications": lambda call: notification_list_view(Call(call.caller, call.at, PageQuery(), None)),
    "live": lambda call: LiveTokenView.of(issue_live_token(by=call.caller, at=call.at), settings().live_url),
}
"""The parts of the first screen, in the order in which they are read."""


def start_without_role(refusal: NoRole) -> StartView:
    """Return who somebody without a role is, and that nothing else is for them."""
    person = refusal.person
    me = RolelessMeView(id=person.id, account_id=refusal.account_id, name=person.name, email=refusal.email)
    others = [name for name in PARTS if name != "me"]
    return StartView(me=me, **dict.fromkeys(others), problems=dict.fromkeys(others, problem_of(refusal)))


@start.operation("GET", "/start", answers=StartView, without_role=start_without_role, refuses=(RemovedFromDirectory,))
def get_start(call: Call[None]) -> StartView:
    """Read the first screen: you, the queue, your sessions and notifications, and a one-use live address."""
    found, problems = read_parts({name: partial(part, call) for name, part in PARTS.items()})
    return StartView(**found, problems=problems)


def read_parts(parts: Mapping[str, Callable[[], Any]]) -> tuple[dict[str, Any], dict[str, Problem]]:
    """Return every part by name, None where it fails, and by the same names the problems."""
    problems: dict[str, Problem] = {}
    return {name: _part(name, part, problems) for name, part in parts.items()}, problems


def _part(name: str, part: Callable[[], Any], problems: dict[str, Problem]) -> Any:
    """Return one part; None where it fails, whose problem is kept: the others come all the same.

    Raises RemovedFromDirectory, as somebody who was removed gets no other part, nor a live token.
    """
    try:
        return part()
    except RemovedFromDirectory:
        raise
    except DomainError as refusal:
        problems[name] = problem_of(refusal)
    except Exception as failure:  # noqa: BLE001  as at the border of a route: one part must not take the others along
        log.error("part failed", failure, part=name)
        problems[name] = problem_of(classify_failure(failure) or InternalError())
    return None
