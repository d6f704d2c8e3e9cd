import pytest

from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.snapshot import Since
from chalicelib.store import handoff_creation, handoff_transitions, handoffs, sessions, turns
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed
from tests.support.builders import (
    ACME,
    ALEX,
    GLOBEX,
    HANDOFF_ID,
    JANE,
    SAM,
    SESSION_ID,
    a_handoff,
    a_message,
    a_note,
    a_session,
    a_snapshot,
    minute,
)
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import (
    ENDED,
    claimed,
    everything,
    handed_off,
    handoff_now,
    in_work,
    session_now,
    write_session,
)

pytestmark = pytest.mark.usefixtures("tables")

SECOND_ID = "019ab000-0000-7000-8000-00000000000b"
BODY = "a" * 64


def by_sam(**given: object) -> HandoffDetail:
    """Sam's handing on of what Sam holds."""
    snapshot = a_snapshot(last_seq=6, notes=(), taken_at=minute(30))
    made = {"sender": SAM.person, "actor": SAM.person, "created_at": minute(30), "claim_epoch": 4}
    return a_handoff(id=SECOND_ID, snapshot=snapshot, **made, **given)


@pytest.mark.parametrize(
    ("intent", "status"), [(Intent.ESCALATE, SessionStatus.ESCALATED), (Intent.PARK, SessionStatus.PARKED)]
)
def test_session_waits_and_nobody_holds_it(intent: Intent, status: SessionStatus) -> None:
    before = in_work()

    handoff_creation.open_handoff(before, a_handoff(intent=intent), None)

    waiting = {
        "status": status,
        "holder": None,
        "epoch": 2,
        "open_handoff_id": HANDOFF_ID,
        "newest_handoff_id": HANDOFF_ID,
        "turn_count": before.turn_count + 1,
        "updated_at": minute(10),
    }
    assert session_now() == before.model_copy(update=waiting)


def test_note_of_the_sender_is_the_sessions_next_turn() -> None:
    handed_off()

    newest = turns.newest(ACME, SESSION_ID, 1)

    assert (newest, session_now().turn_count) == ([a_note(6)], 6)


def test_hand_off_without_a_word_adds_no_turn() -> None:
    before = in_work()

    handoff_creation.open_handoff(before, a_handoff(engineer_notes=""), None)

    assert session_now().turn_count == before.turn_count
    assert turns.newest(ACME, SESSION_ID, 1) == []


def test_turn_that_came_first_leaves_neither_the_handoff_nor_its_note() -> None:
    before = in_work()
    turns.append(before, a_message(6))

    with pytest.raises(StaleWrite):
        handoff_creation.open_handoff(before, a_handoff(), None)

    assert turns.newest(ACME, SESSION_ID, 2) == [a_message(6)]
    assert handoffs.find(ACME, HANDOFF_ID) is None


def test_handoff_is_there_as_it_was_given() -> None:
    opened = handed_off()

    assert opened == a_handoff() == handoff_now()


def test_hand_off_is_one_request(recorder: Recorder) -> None:
    session = in_work()
    recorder.exchanges.clear()

    handoff_creation.open_handoff(session, a_handoff(), None)

    assert recorder.operations == ["TransactWriteItems"]


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"turn_count": 6},
        {"epoch": 2},
        {"status": "resolved"},
        {"holder": SAM.person.model_dump()},
    ],
    ids=str,
)
def test_hand_off_of_a_changed_session_is_a_stale_write(meanwhile: dict[str, object]) -> None:
    session = in_work()
    write_session(**meanwhile)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        handoff_creation.open_handoff(session, a_handoff(), None)

    assert stale.value.handoff is None
    assert everything() == before


def test_second_handoff_of_the_same_session_is_lost() -> None:
    session = in_work()
    handoff_creation.open_handoff(session, a_handoff(), None)
    before = everything()

    with pytest.raises(StaleWrite):
        handoff_creation.open_handoff(session, a_handoff(id=SECOND_ID), None)

    assert everything() == before


def test_session_that_is_not_there_is_not_created() -> None:
    with pytest.raises(ConditionFailed):
        handoff_creation.open_handoff(a_session(), a_handoff(), None)

    assert everything() == ([], [])


def test_session_of_another_account_is_out_of_reach() -> None:
    theirs = sessions.create(a_session(account_id=GLOBEX), None)

    with pytest.raises(ConditionFailed):
        handoff_creation.open_handoff(a_session(), a_handoff(), None)

    assert sessions.load(GLOBEX, SESSION_ID) == theirs


def test_handing_on_what_one_holds_by_claim_passes_that_on() -> None:
    held = claimed(SAM)

    handoff_creation.open_handoff(session_now(), by_sam(), None)

    passed_on = {
        "status": HandoffStatus.PASSED_ON,
        **ENDED,
        "since": Since.of([a_note(7, created_at=minute(30))], is_open=True),
        "change": HandoffChange.PASSED_ON,
        "actor": SAM.person,
        "version": held.version + 1,
        "updated_at": minute(30),
    }
    assert handoff_now() == held.model_copy(update=passed_on)
    assert session_now().open_handoff_id == SECOND_ID


def test_pass_on_of_a_changed_session_changes_nothing() -> None:
    claimed(SAM)
    session = session_now()
    write_session(turn_count=9)

    with pytest.raises(StaleWrite):
        handoff_creation.open_handoff(session, by_sam(), None)

    assert handoff_now().status is HandoffStatus.CLAIMED


def test_handoff_that_somebody_else_claimed_is_not_passed_on() -> None:
    claimed(ALEX)
    write_session(holder=SAM.person.model_dump())
    before = everything()

    with pytest.raises(ConditionFailed):
        handoff_creation.open_handoff(session_now(), by_sam(), None)

    assert everything() == before


def test_same_request_opens_nothing_twice_and_returns_what_it_made() -> None:
    session = in_work()
    handoff_creation.open_handoff(session, a_handoff(), BODY)

    again = handoff_creation.open_handoff(session, a_handoff(engineer_notes="Changed", updated_at=minute(11)), BODY)

    assert again == a_handoff() == handoff_now()


def test_same_request_after_the_session_came_back_returns_what_it_made_and_hands_off_nothing() -> None:
    handoff_creation.open_handoff(in_work(), a_handoff(), BODY)
    handoff_transitions.mark_withdrawn(SESSION_ID, HANDOFF_ID, JANE, minute(15))

    again = handoff_creation.open_handoff(session_now(), a_handoff(claim_epoch=4), BODY)

    assert again.status is HandoffStatus.WITHDRAWN
    assert session_now().status is SessionStatus.ACTIVE


def test_same_request_by_who_holds_what_it_made_returns_that_and_hands_off_nothing() -> None:
    """A transaction may not write one item twice, as it would to pass the handoff on to itself."""
    handoff_creation.open_handoff(in_work(), a_handoff(intent=Intent.PARK), BODY)
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, JANE, minute(20))
    before = everything()

    again = handoff_creation.open_handoff(session_now(), a_handoff(intent=Intent.PARK, claim_epoch=4), BODY)

    assert again.is_claimed_by(JANE.person)
    assert everything() == before


def test_same_key_with_another_body_is_refused() -> None:
    session = in_work()
    handoff_creation.open_handoff(session, a_handoff(), BODY)
    before = everything()

    with pytest.raises(IdempotencyMismatch):
        handoff_creation.open_handoff(session, a_handoff(), "b" * 64)

    assert everything() == before


def test_answer_that_was_lost_is_given_again(recorder: Recorder) -> None:
    """moto knows no tokens, so the second attempt fails its own condition, as a repeat by the client would."""
    session = in_work()
    recorder.tamper("TransactWriteItems", lose_answer)

    opened = handoff_creation.open_handoff(session, a_handoff(), None)

    assert opened == a_handoff()
    assert session_now().epoch == 2


def test_handoff_of_a_keyed_request_is_found_by_that_request_alone() -> None:
    request = KeyedRequest(id=HANDOFF_ID, sha256=BODY)
    handoff_creation.open_handoff(in_work(), a_handoff(), BODY)

    assert handoff_creation.find_made_by(ACME, request) == a_handoff()
    assert handoff_creation.find_made_by(GLOBEX, request) is None
    assert handoff_creation.find_made_by(ACME, KeyedRequest(id=SECOND_ID, sha256=BODY)) is None


def test_looking_for_what_a_key_made_with_another_body_is_refused() -> None:
    handoff_creation.open_handoff(in_work(), a_handoff(), BODY)

    with pytest.raises(IdempotencyMismatch):
        handoff_creation.find_made_by(ACME, KeyedRequest(id=HANDOFF_ID, sha256="b" * 64))
