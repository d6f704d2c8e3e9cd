"""Routes of handoffs and the escalation queue."""

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import list_handoffs, read_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.contracts.handoff_view import HandoffListView, HandoffView
from chalicelib.contracts.requests import PageQuery, ReleaseRequest
from chalicelib.contracts.views import QueueItemView, QueueView
from chalicelib.domain.errors import AlreadyClaimed, InvalidState, OwnHandoff
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

handoffs = Api(__name__, "handoffs")

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"


@handoffs.operation("GET", "/escalations", takes=PageQuery, answers=QueueView)
def get_escalations(call: Call[PageQuery]) -> QueueView:
    """List the escalations waiting for a senior, most urgent first, without your own."""
    found = list_escalations(call.page, by=call.caller)
    return QueueView(items=[QueueItemView.of(item) for item in found.items], next_cursor=found.next_cursor)


@handoffs.operation("GET", "/sessions/{session_id}/handoffs", takes=PageQuery, answers=HandoffListView)
def get_handoffs(call: Call[PageQuery], session_id: str) -> HandoffListView:
    """List the handoffs of a session of your account, newest first."""
    found = list_handoffs(session_id, call.page, by=call.caller)
    return HandoffListView(items=[HandoffView.of(handoff) for handoff in found.items], next_cursor=found.next_cursor)


@handoffs.operation("GET", HANDOFF, answers=HandoffView)
def get_handoff(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Read a handoff of your account; no claim is needed."""
    return HandoffView.of(read_handoff(session_id, handoff_id, by=call.caller))


@handoffs.operation(
    "POST",
    HANDOFF + "/claim",
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(OwnHandoff, AlreadyClaimed, InvalidState),
)
def post_claim(call: Call[None], session_id: str, handoff_id: str) -> Receipt:
    """Claim a handoff. Exactly one of all concurrent callers succeeds."""
    return claim_handoff(session_id, handoff_id, by=call.caller, at=call.at)


@handoffs.operation(
    "POST", HANDOFF + "/release", takes=ReleaseRequest, answers=Receipt, role=Role.ENGINEER, refuses=(InvalidState,)
)
def post_release(call: Call[ReleaseRequest], session_id: str, handoff_id: str) -> Receipt:
    """Put a handoff that you claimed back into the queue."""
    return release_handoff(session_id, handoff_id, call.body.note, by=call.caller, at=call.at)


@handoffs.operation(
    "POST", HANDOFF + "/withdraw", answers=Receipt, role=Role.ENGINEER, refuses=(AlreadyClaimed, InvalidState)
)
def post_withdraw(call: Call[None], session_id: str, handoff_id: str) -> Receipt:
    """Take back a handoff of yours that nobody has claimed."""
    return withdraw_handoff(session_id, handoff_id, by=call.caller, at=call.at)
