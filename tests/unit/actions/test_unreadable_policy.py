"""A policy that cannot be read: nothing is sent to the model, as the AI may be off."""

import pytest
from pynamodb.exceptions import GetError

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.sessions.send_message import send_message
from chalicelib.contracts.requests import MessageRequest
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.clock.plan import MOST_ATTEMPTS
from chalicelib.domain.errors import Unavailable
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import JANE, minute
from tests.support.dynamodb.faults import refuse
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import assess, escalated, hand_off, now, open_case, stream
from tests.support.scenarios.ai_off import break_policy, repair_policy, save_policy
from tests.support.scenarios.store import everything


def say(session_id: str) -> None:
    send_message(session_id, MessageRequest(text="Anybody?", epoch=1), by=JANE, at=minute(3))


def test_message_is_refused_before_anything_is_written(ai: RehearsalModel) -> None:
    session = open_case()
    break_policy()
    before = everything()

    with pytest.raises(Unavailable):
        say(session.id)

    assert everything() == before
    assert not ai.rehearsal.received


def test_message_is_refused_while_the_policy_cannot_be_had(ai: RehearsalModel, recorder: Recorder) -> None:
    session = open_case()
    recorder.tamper("GetItem", refuse("AccessDeniedException"))

    with pytest.raises(GetError):
        say(session.id)

    assert not ai.rehearsal.received


def test_assessment_stays_pending_until_the_policy_can_be_read(ai: RehearsalModel) -> None:
    handoff = escalated()
    break_policy()

    with pytest.raises(Unavailable):
        assess(stream()[-1])
    assert not ai.rehearsal.received

    repair_policy()
    assert run_clock(at=minute(16)).done["assessment"] == 1
    assess(stream()[-1], at_minute=17)
    assert now(handoff).assessment is not None


def test_assessment_is_given_up_when_the_policy_stays_unreadable(ai: RehearsalModel) -> None:
    handoff = escalated()
    break_policy()

    for run in range(MOST_ATTEMPTS):
        with pytest.raises(Unavailable):
            assess(stream()[-1], at_minute=11 + 6 * run)
        run_clock(at=minute(16 + 6 * run))

    assert now(handoff).assessment_error is AssessmentError.GAVE_UP
    assert not ai.rehearsal.received


def test_asking_again_is_refused_where_it_was_off(ai: RehearsalModel) -> None:
    save_policy(ai="off")
    handoff = hand_off(open_case().id)
    assess(stream()[-1])
    break_policy()

    with pytest.raises(Unavailable):
        request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))

    assert now(handoff).assessment_error is AssessmentError.OFF
