"""Routes of handoffs and the escalation queue."""

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import list_handoffs, read_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.actions.ticket_notes.retry_notes import retry_notes
from chalicelib.contracts.handoff_view import HandoffListView, HandoffView
from chalicelib.contracts.requests import PageQuery, ReleaseRequest
from chalicelib.contracts.views import QueueItemView, QueueView
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api, Call

handoffs = Api(__name__)

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"


@handoffs.operation("GET", "/escalations", takes=PageQuery, answers=QueueView)
def get_escalations(call: Call[PageQuery]) -> QueueView:
    """List the escalations waiting for a senior, most urgent first, without your own."""
    found = list_escalations(call.page, by=call.caller)
    return QueueView(items=[QueueItemView.of(line) for line in found.items], next_cursor=found.next_cursor)


@handoffs.operation("GET", "/sessions/{session_id}/handoffs", takes=PageQuery, answers=HandoffListView)
def get_handoffs(call: Call[PageQuery], session_id: str) -> HandoffListView:
    """List the handoffs of a session of your account, newest first."""
    found = list_handoffs(session_id, call.page, by=call.caller)
    return HandoffListView(items=[HandoffView.of(handoff) for handoff in found.items], next_cursor=found.next_cursor)


@handoffs.operation("GET", HANDOFF, answers=HandoffView)
def get_handoff(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Read a handoff of your account; no claim is needed."""
    return HandoffView.of(read_handoff(session_id, handoff_id, by=call.caller))


@handoffs.operation("POST", HANDOFF + "/claim", answers=Receipt, role=Role.ENGINEER)
def post_claim(call: Call[None], session_id: str, handoff_id: str) -> Receipt:
    """Pick the session up: exactly one of all who try gets it."""
    return claim_handoff(session_id, handoff_id, by=call.caller, at=call.at)


@handoffs.operation("POST", HANDOFF + "/release", takes=ReleaseRequest, answers=Receipt, role=Role.ENGINEER)
def post_release(call: Call[ReleaseRequest], session_id: str, handoff_id: str) -> Receipt:
    """Put the session you picked up back for others."""
    return release_handoff(session_id, handoff_id, call.body.note, by=call.caller, at=call.at)


@handoffs.operation("POST", HANDOFF + "/withdraw", answers=Receipt, role=Role.ENGINEER)
def post_withdraw(call: Call[None], session_id: str, handoff_id: str) -> Receipt:
    """Take back a handoff of yours that nobody has picked up."""
    return withdraw_handoff(session_id, handoff_id, by=call.caller, at=call.at)


@handoffs.operation("POST", HANDOFF + "/assessment", answers=HandoffView, role=Role.ENGINEER, status=202)
def post_assessment(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Ask once more for an assessment that is unavailable."""
    return HandoffView.of(request_assessment(session_id, handoff_id, by=call.caller, at=call.at))


@handoffs.operation("POST", HANDOFF + "/ticket-notes/retry", answers=HandoffView, role=Role.ENGINEER, status=202)
def post_ticket_notes_retry(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Ask once more for ticket notes that have failed."""
    return HandoffView.of(retry_notes(session_id, handoff_id, by=call.caller, at=call.at))
