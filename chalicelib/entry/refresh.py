"""The route that reads again what a screen shows: all of it in one answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from chalicelib.actions.handoffs.read_history import read_session_history
from chalicelib.contracts.handoff_view import HistoryView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.refresh_query import RefreshQuery
from chalicelib.contracts.requests import SessionsQuery
from chalicelib.contracts.start_view import RefreshView
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import handoff_list_view, queue_view
from chalicelib.entry.notifications import notification_list_view
from chalicelib.entry.requests import Call
from chalicelib.entry.sessions import session_list_view, session_view, turn_list_view
from chalicelib.entry.start import read_parts

refresh = Api("people")

TURNS = 100
"""How many turns of a session are read again; who shows more of them reads on by the cursor."""


def _history(call: Call[Any], session_id: str) -> HistoryView:
    return HistoryView(items=read_session_history(session_id, by=call.caller), next_cursor=None)


OF_CALLER: dict[str, tuple[Callable[[Call[Any]], Any], PageQuery]] = {
    "escalations": (queue_view, PageQuery()),
    "handed_off": (session_list_view, SessionsQuery(mine="handed_off")),
    "sessions": (session_list_view, SessionsQuery()),
    "notifications": (notification_list_view, PageQuery()),
}
"""The lists of a screen, each with its query."""

OF_SESSION: dict[str, tuple[Callable[[Call[Any], str], Any], int | None]] = {
    "session": (session_view, None),
    "turns": (turn_list_view, TURNS),
    "handoffs": (handoff_list_view, None),
    "history": (_history, None),
}
"""What a screen shows of a session, each with the most items of it, where that is not the usual number."""


@refresh.operation("GET", "/refresh", takes=RefreshQuery, answers=RefreshView)
def get_refresh(call: Call[RefreshQuery]) -> RefreshView:
    """Read again what a screen shows: lists of yours, and a session with its turns, handoffs and history."""
    found, problems = read_parts({name: partial(_read, name, call) for name in call.body.names})
    return RefreshView(**found, problems=problems)


def _read(name: str, call: Call[RefreshQuery]) -> Any:
    asked: Call[Any] = call
    if name in OF_CALLER:
        read, query = OF_CALLER[name]
        return read(asked._replace(body=query.model_copy(update={"limit": call.body.limit})))
    read_of_session, most = OF_SESSION[name]
    page = PageQuery(limit=most) if most else PageQuery()
    return read_of_session(asked._replace(body=page), call.body.session_id or "")
