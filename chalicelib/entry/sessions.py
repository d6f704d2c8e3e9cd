"""Routes of sessions and their turns."""

from typing import Any

from chalicelib.actions.ai_permission import is_ai_on
from chalicelib.actions.handoffs.escalate_session import escalate_session
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.list_sessions import list_handed_off, list_sessions
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.read_session import list_turns, read_own_notes, read_session
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.sessions.send_message import send_message
from chalicelib.actions.ticket_sync.look_up_ticket import same_ticket_as
from chalicelib.contracts.handoff_view import HandoffView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.requests import (
    EscalateRequest,
    HandOffRequest,
    MessageRequest,
    OpenSessionRequest,
    ReopenRequest,
    ResolveRequest,
    SessionsQuery,
    StepRequest,
)
from chalicelib.contracts.ticket_views import OpenedSessionView
from chalicelib.contracts.views import (
    ExchangeView,
    SessionListView,
    SessionSummaryView,
    SessionView,
    TurnListView,
)
from chalicelib.domain.errors import InvalidRequest, InvalidState, StaleEpoch, TooManyRequests
from chalicelib.domain.people import Role
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Step, Turn
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import handoff_view
from chalicelib.entry.requests import Call

sessions = Api("sessions")


@sessions.operation(
    "POST",
    "/sessions",
    takes=OpenSessionRequest,
    answers=OpenedSessionView,
    role=Role.ENGINEER,
    status=201,
    is_keyed=True,
)
def post_session(call: Call[OpenSessionRequest]) -> OpenedSessionView:
    """Open a session; the answer says who has its ticket already."""
    session = open_session(call.body, by=call.caller, at=call.at, request=call.request)
    return OpenedSessionView.opened(shown_session(session), same_ticket_as(session))


@sessions.operation("GET", "/sessions", takes=SessionsQuery, answers=SessionListView)
def get_sessions(call: Call[SessionsQuery]) -> SessionListView:
    """List the sessions that you own or hold, as an admin somebody else's, or those that you handed off."""
    return session_list_view(call)


def session_list_view(call: Call[SessionsQuery]) -> SessionListView:
    """Return a page of the caller's sessions, of those of the engineer named, or of what the caller handed off."""
    if call.body.mine:
        found = list_handed_off(call.body.status, call.page, by=call.caller)
    else:
        found = list_sessions(call.body.status, call.page, by=call.caller, of=call.body.engineer)
    return SessionListView(items=[SessionSummaryView.of(item) for item in found.items], next_cursor=found.next_cursor)


@sessions.operation("GET", "/sessions/{session_id}", answers=SessionView)
def get_session(call: Call[None], session_id: str) -> SessionView:
    """Read a session that you own or hold, or held."""
    return session_view(call, session_id)


def session_view(call: Call[Any], session_id: str) -> SessionView:
    """Return a session that the caller may read."""
    return shown_session(read_session(session_id, by=call.caller))


def shown_session(session: Session) -> SessionView:
    """Show `session` with its escalation package and its own ticket notes, and whether the AI may see it."""
    return SessionView.of(session, read_package(session), read_own_notes(session), is_ai_on=is_ai_on(session))


@sessions.operation("GET", "/sessions/{session_id}/turns", takes=PageQuery, answers=TurnListView)
def get_turns(call: Call[PageQuery], session_id: str) -> TurnListView:
    """List the turns of a session that you own or hold, or held, in order."""
    return turn_list_view(call, session_id)


def turn_list_view(call: Call[PageQuery], session_id: str) -> TurnListView:
    """Return a page of a session's turns."""
    found = list_turns(session_id, call.page, by=call.caller)
    return TurnListView(items=list(found.items), next_cursor=found.next_cursor)


@sessions.operation(
    "POST",
    "/sessions/{session_id}/turns",
    takes=StepRequest,
    answers=Step,
    role=Role.ENGINEER,
    status=201,
    is_keyed=True,
    refuses=(StaleEpoch, InvalidState),
)
def post_turn(call: Call[StepRequest], session_id: str) -> Turn:
    """Add a step to the session you hold."""
    return add_step(session_id, call.body, by=call.caller, at=call.at, request=call.request)


@sessions.operation(
    "POST",
    "/sessions/{session_id}/messages",
    takes=MessageRequest,
    answers=ExchangeView,
    role=Role.ENGINEER,
    status=201,
    is_keyed=True,
    refuses=(StaleEpoch, InvalidState, TooManyRequests),
)
def post_message(call: Call[MessageRequest], session_id: str) -> ExchangeView:
    """Send a message to the assistant in the session you hold."""
    exchange = send_message(session_id, call.body, by=call.caller, at=call.at, request=call.request)
    return ExchangeView.of(exchange.message, exchange.reply, exchange.reply_error)


@sessions.operation(
    "POST",
    "/sessions/{session_id}/handoff",
    takes=HandOffRequest,
    answers=HandoffView,
    role=Role.ENGINEER,
    status=201,
    is_keyed=True,
    refuses=(InvalidRequest, StaleEpoch, InvalidState),
)
def post_handoff(call: Call[HandOffRequest], session_id: str) -> HandoffView:
    """Hand off the session you hold, or as an admin anybody's: escalate it to a senior, or park it."""
    return handoff_view(hand_off_session(session_id, call.body, by=call.caller, at=call.at, request=call.request))


@sessions.operation(
    "POST",
    "/sessions/{session_id}/escalate",
    takes=EscalateRequest,
    answers=SessionView,
    role=Role.ENGINEER,
    is_keyed=True,
    refuses=(InvalidState,),
)
def post_escalate(call: Call[EscalateRequest], session_id: str) -> SessionView:
    """Escalate the session, in the older request format; the answer carries `escalation_package.handoff_id`."""
    session = escalate_session(session_id, call.body, by=call.caller, at=call.at, request=call.request)
    return shown_session(session)


@sessions.operation(
    "POST",
    "/sessions/{session_id}/resolve",
    takes=ResolveRequest,
    answers=SessionView,
    role=Role.ENGINEER,
    refuses=(StaleEpoch, InvalidState),
)
def post_resolve(call: Call[ResolveRequest], session_id: str) -> SessionView:
    """Resolve the session you hold."""
    session = resolve_session(session_id, call.body, by=call.caller, at=call.at)
    return shown_session(session)


@sessions.operation(
    "POST",
    "/sessions/{session_id}/reopen",
    takes=ReopenRequest,
    answers=OpenedSessionView,
    role=Role.ENGINEER,
    refuses=(StaleEpoch, InvalidState),
)
def post_reopen(call: Call[ReopenRequest], session_id: str) -> OpenedSessionView:
    """Reopen a session resolved in the last 30 days, as its owner, its last holder or a senior.

    The answer says who else works on its ticket by now.
    """
    session = reopen_session(session_id, call.body, by=call.caller, at=call.at)
    return OpenedSessionView.opened(shown_session(session), same_ticket_as(session))
