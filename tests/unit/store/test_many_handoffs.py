"""Reading more handoffs than one request brings."""

from chalicelib.domain.handoff import HandoffStatus
from chalicelib.store import handoff_transitions, handoffs
from tests.support.builders import ACME, HANDOFF_ID, SAM, SESSION_ID, minute
from tests.support.dynamodb.faults import as_sent, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import handed_off


def test_claim_between_two_requests_is_seen_of_the_handoffs_named_first(recorder: Recorder) -> None:
    handed_off()
    ids = [HANDOFF_ID, *(f"absent-{number}" for number in range(100))]
    claim = meanwhile(lambda: handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20)))
    recorder.tamper("BatchGetItem", as_sent, claim)

    found = handoffs.find_many(ACME, ids, consistent=True)

    assert found[HANDOFF_ID].status is HandoffStatus.CLAIMED
