import pytest

from chalicelib.actions.sessions.add_note import add_note
from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.contracts.corrections import SessionCorrectionRequest, TurnCorrectionRequest
from chalicelib.contracts.requests import NoteRequest
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from tests.support.builders import JANE, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, release, session_of, undo

STRUCK = TurnCorrectionRequest.model_validate({"struck": {"reason": "Another laptop."}})


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """Jane's escalation, which Sam has claimed in minute 20."""
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def test_turn_that_the_claimer_struck_out_refuses_the_undo(handoff: HandoffDetail) -> None:
    note = add_note(handoff.session_id, NoteRequest(text="On it"), by=SAM, at=minute(21))
    release(handoff, SAM, note="", at_minute=22)
    claim(handoff, SAM, at_minute=23)

    correct_turn(handoff.session_id, note.seq, STRUCK, by=SAM, at=minute(23))

    with pytest.raises(InvalidState):
        undo(handoff, SAM, since_minute=23)


def test_case_that_the_claimer_corrected_refuses_the_undo(handoff: HandoffDetail) -> None:
    body = SessionCorrectionRequest(problem_domain="Teams", epoch=3)

    correct_session(handoff.session_id, body, by=SAM, at=minute(20))

    with pytest.raises(InvalidState):
        undo(handoff, SAM)


def test_correction_by_somebody_else_does_not_refuse_the_undo(handoff: HandoffDetail, recorder: Recorder) -> None:
    corrects = meanwhile(lambda: correct_turn(handoff.session_id, 1, STRUCK, by=JANE, at=minute(20)))
    recorder.tamper("TransactWriteItems", corrects)

    receipt = undo(handoff, SAM)

    assert receipt.status is HandoffStatus.UNCLAIMED
    assert session_of(handoff).revision == 1


def test_correction_before_the_claim_does_not_refuse_the_undo(tables: None) -> None:
    handoff = escalated()
    correct_turn(handoff.session_id, 1, STRUCK, by=JANE, at=minute(19))
    claim(handoff, SAM)

    assert undo(handoff, SAM).status is HandoffStatus.UNCLAIMED


def test_correction_that_comes_in_between_refuses_the_undo(tables: None, recorder: Recorder) -> None:
    handoff = escalated()
    claim(handoff, SAM)
    note = add_note(handoff.session_id, NoteRequest(text="On it"), by=SAM, at=minute(21))
    release(handoff, SAM, note="", at_minute=22)
    claim(handoff, SAM, at_minute=23)
    corrects = meanwhile(lambda: correct_turn(handoff.session_id, note.seq, STRUCK, by=SAM, at=minute(23)))
    recorder.tamper("TransactWriteItems", corrects)

    with pytest.raises(InvalidState):
        undo(handoff, SAM, since_minute=23)
