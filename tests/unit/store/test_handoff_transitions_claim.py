"""Claiming a handoff."""

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import HandoffStatus, Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.store import handoff_transitions
from chalicelib.store.keys import session_detail
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.stale_write import StaleWrite
from tests.support.builders import (
    ABSENT,
    ALEX,
    GLOBEX,
    HANDOFF_ID,
    HANK,
    JANE,
    JOE,
    OLGA,
    SAM,
    SESSION_ID,
    a_caller,
    minute,
)
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import (
    claimed,
    everything,
    handed_off,
    handoff_now,
    is_held_by,
    parked,
    row_now,
    session_now,
    write_session,
)

pytestmark = pytest.mark.usefixtures("tables")


def claim(by: Caller = SAM, session_id: str = SESSION_ID, handoff_id: str = HANDOFF_ID) -> Receipt:
    return handoff_transitions.mark_claimed(session_id, handoff_id, by, minute(20))


def test_claimer_holds_the_session() -> None:
    handed_off()
    before = session_now()

    claim(SAM)

    after = session_now()
    held = {
        "status": SessionStatus.ACTIVE,
        "holder": SAM.person,
        "held_by": {SAM.id},
        "epoch": 3,
        "updated_at": minute(20),
    }
    assert after == before.model_copy(update=held)
    assert is_held_by(after, SAM)


def test_handoff_says_who_claimed_it_and_when() -> None:
    before = handed_off()

    claim(SAM)

    claimed = {
        "status": HandoffStatus.CLAIMED,
        "claimed_by": SAM.person,
        "claimed_at": minute(20),
        "claim_epoch": 3,
        "due_at": minute(20),
        "change": HandoffChange.CLAIMED,
        "actor": SAM.person,
        "version": 2,
        "updated_at": minute(20),
    }
    assert handoff_now() == before.model_copy(update=claimed)


def test_receipt_equals_that_of_the_handoff() -> None:
    handed_off()

    assert claim(SAM) == handoff_now().receipt


def test_claim_is_one_request(recorder: Recorder) -> None:
    handed_off()
    recorder.exchanges.clear()

    claim(SAM)

    assert recorder.operations == ["TransactWriteItems"]


def test_session_and_handoff_rise_to_the_same_epoch() -> None:
    handed_off()

    claim(SAM)

    assert session_now().epoch == handoff_now().claim_epoch


@pytest.mark.parametrize("by", [ALEX, OLGA])
def test_second_claim_returns_the_handoff_and_changes_nothing(by: Caller) -> None:
    claimed(SAM)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        claim(by)

    assert stale.value.handoff == row_now()
    assert everything() == before


def test_repeat_by_the_winner_changes_nothing() -> None:
    claimed(SAM)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        claim(SAM)

    assert stale.value.handoff is not None
    assert stale.value.handoff.is_claimed_by(SAM.person)
    assert everything() == before


@pytest.mark.parametrize("by", [JANE, JOE, a_caller("Jane", SAM.role)], ids=["sender", "engineer", "sender as senior"])
def test_store_itself_refuses_who_may_not_claim_an_escalation(by: Caller) -> None:
    handed_off()
    before = everything()

    with pytest.raises(StaleWrite):
        claim(by)

    assert everything() == before


@pytest.mark.parametrize("by", [JANE, JOE, SAM, a_caller("Jane", SAM.role)])
def test_parked_session_can_be_resumed_by_any_engineer(by: Caller) -> None:
    parked()

    claim(by)

    assert is_held_by(session_now(), by)


@pytest.mark.parametrize("status", ["claimed", "withdrawn", "passed_on", "resolved"])
def test_closed_or_claimed_handoff_cannot_be_claimed(status: str) -> None:
    handed_off()
    HandoffRow(session_now().account_id, HANDOFF_ID).update([HandoffRow.status.set(status)])
    before = everything()

    with pytest.raises(StaleWrite):
        claim(SAM)

    assert everything() == before


@pytest.mark.parametrize("session_id", [SESSION_ID, ABSENT])
def test_claiming_what_is_not_there_creates_nothing(session_id: str) -> None:
    handed_off()
    before = everything()

    with pytest.raises(NotFound):
        claim(SAM, session_id, ABSENT)

    assert everything() == before


def test_handoff_is_claimed_by_the_name_of_its_own_session_alone() -> None:
    handed_off()
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        claim(SAM, session_id=ABSENT)

    assert stale.value.handoff == row_now()
    assert everything() == before


def test_handoff_of_another_account_is_not_there() -> None:
    handed_off()
    before = everything()

    with pytest.raises(NotFound):
        claim(HANK)

    assert everything() == before
    assert (SessionRow.count(GLOBEX), HandoffRow.count(GLOBEX)) == (0, 0)


@pytest.mark.parametrize(
    "session", [{"open_handoff_id": ABSENT}, {"status": "active"}, {"status": "resolved"}], ids=str
)
def test_session_that_does_not_wait_with_this_handoff_is_not_taken(session: dict[str, object]) -> None:
    handed_off()
    write_session(**session)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        claim(SAM)

    assert stale.value.handoff is None
    assert everything() == before


def test_handoff_whose_session_is_gone_creates_none() -> None:
    handed_off()
    SessionRow.get(session_now().account_id, SESSION_ID).delete()

    with pytest.raises(StaleWrite):
        claim(SAM)

    assert [image["session_id"]["S"] for image in everything()[0]] == [session_detail(SESSION_ID)]
    assert handoff_now().status is HandoffStatus.UNCLAIMED


def test_claim_whose_answer_was_lost_counts_once(recorder: Recorder) -> None:
    """moto knows no tokens, so the second attempt fails its own condition, as a repeat by the client would."""
    handed_off()
    recorder.tamper("TransactWriteItems", lose_answer)

    with pytest.raises(StaleWrite) as stale:
        claim(SAM)

    assert stale.value.handoff is not None
    assert stale.value.handoff.is_claimed_by(SAM.person)
    assert (session_now().epoch, handoff_now().version) == (3, 2)
