"""Record a step that was tried."""

from chalicelib.actions.sessions.append_turn import append_turn
from chalicelib.contracts.requests import StepRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Author, Step, Turn


def add_step(
    session_id: str, body: StepRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> Turn:
    """Append a step to the session the caller holds. Raises what `append_turn` raises."""

    def make(session: Session) -> Step:
        return Step(
            seq=session.turn_count + 1,
            author=Author.engineer(by.person),
            action=body.action,
            result=body.result,
            finding=body.finding,
            evidence=body.evidence,
            created_at=at,
            epoch=session.epoch,
        )

    return append_turn(session_id, make, by=by, epoch=body.epoch, request=request)
