"""The harness detects claims that are written wrongly; otherwise a clean result would mean nothing."""

from chalicelib.domain.claim_refusal import refused_claim
from chalicelib.domain.handoff import HandoffStatus, Receipt
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoffs
from chalicelib.store.rows.handoffs import HandoffRow
from tests.concurrency.races.racers import JANE, escalated_by, seniors
from tests.concurrency.races.races import HEADING, race, summary, unexplained_in
from tests.support.reporting import Report


def claim_by_looking_first(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> Receipt:
    """Read whether it is free, then write, trusting that it still is."""
    handoff = handoffs.load_detail(by.account_id, session_id, handoff_id)
    if handoff.is_own_escalation(by) or handoff.status is not HandoffStatus.UNCLAIMED:
        raise refused_claim(handoff, by, at=at)
    HandoffRow(by.account_id, handoff_id).update(
        [
            HandoffRow.status.set(HandoffStatus.CLAIMED.value),
            HandoffRow.claimed_by.set(by.person.model_dump()),
            HandoffRow.claimed_at.set(format_instant(at)),
            HandoffRow.claim_epoch.set(handoff.claim_epoch + 1),
        ]
    )
    return Receipt(
        handoff_id=handoff_id, session_id=session_id, status=HandoffStatus.CLAIMED, claimed_by=by.person, claimed_at=at
    )


def test_read_then_write_claim_is_reported_with_two_winners(own_tables: str, report: Report) -> None:
    races = [race(escalated_by(JANE), seniors(16, claim_by_looking_first), JANE) for _ in range(3)]

    report(HEADING, summary("16 seniors whose claim reads, then writes", races))
    assert max(len(race.tenures) for race in races) > 1
    assert unexplained_in(races) != []
