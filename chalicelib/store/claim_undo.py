"""Undoing a claim: session and handoff go back together, in one conditional transaction."""

from collections.abc import Callable

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import Handoff, HandoffStatus, Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.undone_claim import UndoneClaim
from chalicelib.store.agenda import enter_agenda
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.session_updates import enqueue, is_claimed_by, signed, wait
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction
from chalicelib.store.turns import is_as_loaded, is_not_corrected


def mark_undone(handoff: Handoff, session: Session, by: Caller, at: Instant, look: Callable[[], None]) -> Receipt:
    """Put the claimed handoff back where it was in the queue, both as they were loaded: no turn was added or
    corrected since.

    The clock is to make a new plan at once, from its old start. `look` comes before each further try and may raise.
    Raises StaleWrite when either has changed meanwhile.
    """
    undone = UndoneClaim(by_id=by.id, claim_epoch=handoff.claim_epoch + 1)
    has_no_more = (SessionRow.turn_count == session.turn_count) & is_not_corrected(session)
    is_same_session = is_as_loaded(session) & has_no_more
    transaction = Transaction()
    transaction.update(
        HandoffRow(handoff.account_id, handoff.id), _put_back(handoff, undone, by, at), _is_same_claim(handoff, by)
    )
    transaction.update(
        SessionRow(session.account_id, session.id),
        wait(handoff.intent, at),
        is_same_session & (SessionRow.open_handoff_id == handoff.id) & (SessionRow.epoch == handoff.claim_epoch),
    )
    try:
        transaction.commit(look)
    except ConditionFailed as failure:
        raise StaleWrite from failure
    return Receipt(
        handoff_id=handoff.id,
        session_id=handoff.session_id,
        status=HandoffStatus.UNCLAIMED,
        claimed_by=None,
        claimed_at=None,
    )


def _put_back(handoff: Handoff, undone: UndoneClaim, by: Caller, at: Instant) -> list[Action]:
    """Return what makes the handoff wait at its former place in the queue."""
    return [
        HandoffRow.status.set(HandoffStatus.UNCLAIMED.value),
        HandoffRow.claimed_by.remove(),
        HandoffRow.claimed_at.remove(),
        HandoffRow.undone_claim.set(undone.model_dump()),
        HandoffRow.claim_epoch.set(undone.claim_epoch),
        *enter_agenda(handoff.id, at),
        *signed(HandoffChange.CLAIM_UNDONE, by.person, at),
        *enqueue(handoff),
    ]


def _is_same_claim(handoff: Handoff, by: Caller) -> Condition:
    """Return the condition that `by` holds the claim as it was loaded, neither kept nor put off since."""
    kept_at = HandoffRow.kept_at
    is_kept_as_loaded = kept_at == format_instant(handoff.kept_at) if handoff.kept_at else kept_at.does_not_exist()
    is_claimed = is_claimed_by(by.person) & (HandoffRow.claim_epoch == handoff.claim_epoch)
    return is_claimed & is_kept_as_loaded & HandoffRow.waiting.does_not_exist()
