"""Routes of handoffs and the escalation queue."""

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import find_cover, find_step, list_handoffs, read_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.undo_claim import undo_claim
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.contracts.handoff_view import HandoffListView, HandoffView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.requests import ClaimRequest, ReleaseRequest, UndoRequest, WithdrawRequest
from chalicelib.contracts.views import QueueItemView, QueueView
from chalicelib.domain.errors import AlreadyClaimed, DirectedElsewhere, InvalidState, OwnHandoff, StaleEpoch
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.wall_clock import current_instant

handoffs = Api("handoffs")

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"


@handoffs.operation("GET", "/escalations", takes=PageQuery, answers=QueueView)
def get_escalations(call: Call[PageQuery]) -> QueueView:
    """List the escalations waiting for a senior, most urgent first, with your own apart."""
    return queue_view(call)


def queue_view(call: Call[PageQuery]) -> QueueView:
    """Return a page of the queue."""
    found = list_escalations(call.page, by=call.caller)
    return QueueView(
        items=[QueueItemView.of(item) for item in found.items],
        next_cursor=found.next_cursor,
        total=found.total,
        own=[QueueItemView.of(item) for item in found.own],
        has_history=found.has_history,
    )


@handoffs.operation("GET", "/sessions/{session_id}/handoffs", takes=PageQuery, answers=HandoffListView)
def get_handoffs(call: Call[PageQuery], session_id: str) -> HandoffListView:
    """List the handoffs of a session of your account, newest first."""
    return handoff_list_view(call, session_id)


def handoff_list_view(call: Call[PageQuery], session_id: str) -> HandoffListView:
    """Return a page of a session's handoffs."""
    found = list_handoffs(session_id, call.page, by=call.caller)
    return HandoffListView(items=[handoff_view(handoff) for handoff in found.items], next_cursor=found.next_cursor)


def handoff_view(handoff: HandoffDetail) -> HandoffView:
    """Return what is answered about a handoff."""
    return HandoffView.of(handoff, find_step(handoff), find_cover(handoff))


@handoffs.operation("GET", HANDOFF, answers=HandoffView)
def get_handoff(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Read a handoff of your account; no claim is needed."""
    return handoff_view(read_handoff(session_id, handoff_id, by=call.caller))


@handoffs.operation(
    "POST",
    HANDOFF + "/claim",
    takes=ClaimRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(OwnHandoff, AlreadyClaimed, DirectedElsewhere, StaleEpoch, InvalidState),
)
def post_claim(call: Call[ClaimRequest], session_id: str, handoff_id: str) -> Receipt:
    """Claim a handoff. Exactly one of all concurrent callers succeeds."""
    return claim_handoff(session_id, handoff_id, by=call.caller, at=call.at, epoch=call.body.epoch)


@handoffs.operation(
    "POST",
    HANDOFF + "/undo",
    takes=UndoRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(StaleEpoch, InvalidState),
)
def post_undo(call: Call[UndoRequest], session_id: str, handoff_id: str) -> Receipt:
    """Undo your claim of the last ten seconds, if you have written nothing since."""
    return undo_claim(session_id, handoff_id, by=call.caller, epoch=call.body.epoch, clock=current_instant)


@handoffs.operation(
    "POST",
    HANDOFF + "/release",
    takes=ReleaseRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(StaleEpoch, InvalidState),
)
def post_release(call: Call[ReleaseRequest], session_id: str, handoff_id: str) -> Receipt:
    """Put a handoff that you claimed, or as an admin anybody's, back into the queue."""
    body = call.body
    return release_handoff(session_id, handoff_id, body.note, by=call.caller, at=call.at, epoch=body.epoch)


@handoffs.operation(
    "POST",
    HANDOFF + "/withdraw",
    takes=WithdrawRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(AlreadyClaimed, InvalidState),
)
def post_withdraw(call: Call[WithdrawRequest], session_id: str, handoff_id: str) -> Receipt:
    """Take back a handoff of your own, or of a session of yours, that nobody has claimed."""
    return withdraw_handoff(session_id, handoff_id, call.body.note, by=call.caller, at=call.at)
