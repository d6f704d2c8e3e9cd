"""Routes of what people do with an open handoff besides claiming it and putting it back."""

from chalicelib.actions.handoffs.change_priority import change_priority
from chalicelib.actions.handoffs.decline_handoff import decline_handoff
from chalicelib.actions.handoffs.keep_handoff import keep_handoff, wait_with_handoff
from chalicelib.actions.handoffs.reassign_handoff import reassign_handoff
from chalicelib.contracts.requests import DeclineRequest, PriorityRequest, ReassignRequest, WaitRequest
from chalicelib.domain.clock.moments import Waiting
from chalicelib.domain.errors import InvalidRequest, InvalidState, StaleEpoch
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF
from chalicelib.entry.requests import Call

handoff_updates = Api("handoffs")


@handoff_updates.operation(
    "POST", HANDOFF + "/decline", takes=DeclineRequest, answers=Receipt, role=Role.SENIOR, refuses=(InvalidState,)
)
def post_decline(call: Call[DeclineRequest], session_id: str, handoff_id: str) -> Receipt:
    """Decline a handoff that is directed to you: it opens to all seniors."""
    return decline_handoff(session_id, handoff_id, call.body.reason, by=call.caller, at=call.at)


@handoff_updates.operation(
    "POST",
    HANDOFF + "/reassign",
    takes=ReassignRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(InvalidRequest, StaleEpoch, InvalidState),
)
def post_reassign(call: Call[ReassignRequest], session_id: str, handoff_id: str) -> Receipt:
    """Direct a handoff that you claimed, or as an admin anybody's, to a senior or an admin."""
    body = call.body
    return reassign_handoff(session_id, handoff_id, body.to, body.note, by=call.caller, at=call.at, epoch=body.epoch)


@handoff_updates.operation("POST", HANDOFF + "/keep", answers=Receipt, role=Role.ENGINEER, refuses=(InvalidState,))
def post_keep(call: Call[None], session_id: str, handoff_id: str) -> Receipt:
    """Keep your claim: you are still working on the handoff."""
    return keep_handoff(session_id, handoff_id, by=call.caller, at=call.at)


@handoff_updates.operation(
    "POST",
    HANDOFF + "/wait",
    takes=WaitRequest,
    answers=Receipt,
    role=Role.ENGINEER,
    refuses=(InvalidRequest, InvalidState),
)
def post_wait(call: Call[WaitRequest], session_id: str, handoff_id: str) -> Receipt:
    """Set what you wait for on a handoff that you claimed, and until when."""
    waiting = Waiting(until=call.body.until, reason=call.body.reason)
    return wait_with_handoff(session_id, handoff_id, waiting, by=call.caller, at=call.at)


@handoff_updates.operation(
    "PATCH", HANDOFF, takes=PriorityRequest, answers=Receipt, role=Role.ENGINEER, refuses=(InvalidState,)
)
def patch_handoff(call: Call[PriorityRequest], session_id: str, handoff_id: str) -> Receipt:
    """Change the priority of a handoff that waits; its ladder counts from the old start."""
    return change_priority(session_id, handoff_id, call.body.priority, by=call.caller, at=call.at)
