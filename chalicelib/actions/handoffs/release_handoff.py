"""Put a claimed handoff back for others."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import cover_for, put_back
from chalicelib.domain.handoff import Handoff, Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_transitions, handoffs, policies, sessions
from chalicelib.store.paired_writes import Written


def release_handoff(
    session_id: str, handoff_id: str, note: str, *, by: Caller, at: Instant, epoch: int | None = None
) -> Receipt:
    """Let go of the session the caller holds by this handoff, leaving `note` for the others, as a turn.

    An admin does so for any holder; `epoch` is the `claim_epoch` that the caller was shown. Releasing what one has just
    released is a success. Raises NotFound, StaleEpoch, Forbidden and InvalidState.
    """

    def release() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if handoff.was_released_by(by.person):
            return handoff.receipt
        handoff.require_releasable(by, epoch)
        waiting = put_back(handoff, cover_for(policies.find(by.account_id), handoff), at)
        written = _written(handoff, note, by, at)
        receipt = handoff_transitions.mark_released(handoff, waiting, by, at, written)
        log.info("released", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(release, what="The handoff")


def _written(handoff: Handoff, note: str, by: Caller, at: Instant) -> Written | None:
    """Return the note as the session's next turn; None, and nothing is read, when it is empty."""
    if not note:
        return None
    session = sessions.load(by.account_id, handoff.session_id)
    about = NoteAbout.RELEASED if handoff.is_claimed_by(by.person) else NoteAbout.PASSED_BY_ADMIN
    return Written(session, session.note(note, about, by=by.person, at=at))
