"""The rules of undoing a claim: for ten seconds, by the claimer, before they have written anything."""

from collections.abc import Iterable
from datetime import timedelta

from chalicelib.domain.errors import Forbidden, InvalidState, StaleEpoch
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.turn import Turn

UNDO_WINDOW = timedelta(seconds=10)
INSTEAD = "Return it to the queue instead."


def was_undone_by(handoff: Handoff, person: Person, epoch: int | None) -> bool:
    """Whether `person` has undone the claim that led to `epoch` (None: any), and nobody has claimed since."""
    undone = handoff.undone_claim
    if handoff.status is not HandoffStatus.UNCLAIMED or undone is None or undone.by_id != person.id:
        return False
    return undone.claim_epoch == handoff.claim_epoch and epoch in (None, undone.claim_epoch - 1)


def require_claim_of(handoff: Handoff, person: Person, epoch: int | None) -> None:
    """Raise unless `person` holds the session by the claim that led to `epoch` (None: by any).

    Raises Forbidden when somebody else does, StaleEpoch for another claim, and InvalidState when nobody does.
    """
    if handoff.status is HandoffStatus.CLAIMED and not handoff.is_claimed_by(person):
        raise Forbidden("Only the engineer who picked the session up can undo that.")
    if epoch not in (None, handoff.claim_epoch):
        raise StaleEpoch(handoff.claim_epoch)
    if handoff.status is not HandoffStatus.CLAIMED:
        raise InvalidState(f"The handoff is {handoff.status}; there is no claim to undo.", status=handoff.status)


def require_undo_in_time(handoff: Handoff, now: Instant) -> None:
    """Raise InvalidState when the claim is older than ten seconds."""
    if handoff.claimed_at is None or now - handoff.claimed_at > UNDO_WINDOW:
        detail = f"A claim can be undone for {UNDO_WINDOW.seconds} seconds. {INSTEAD}"
        raise InvalidState(detail, status=handoff.status)


def require_nothing_written(
    handoff: Handoff, person: Person, turns: Iterable[Turn], *, has_corrected: bool = False
) -> None:
    """Raise InvalidState when `person` has worked on it since their claim: by a turn, correction, keep or wait."""
    is_kept = bool(handoff.kept_at and handoff.claimed_at and handoff.kept_at >= handoff.claimed_at)
    has_written = any(turn.author.id == person.id and turn.epoch == handoff.claim_epoch for turn in turns)
    if has_written or has_corrected or is_kept or handoff.waiting:
        detail = f"You have written to the session since you picked it up. {INSTEAD}"
        raise InvalidState(detail, status=handoff.status)
