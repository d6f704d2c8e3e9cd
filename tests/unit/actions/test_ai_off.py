"""A client for which the account has the AI off: nothing of its cases is sent to the model, on no path."""

import pytest

from chalicelib.actions.ai_permission import MessagePermission
from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.sessions.send_message import Exchange, send_message
from chalicelib.contracts.requests import MessageRequest
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import sessions, turns
from chalicelib.store.rows.accounts import SpentRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, JANE, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    assess,
    claim,
    hand_off,
    keyed,
    now,
    open_case,
    release,
    stream,
    try_step,
)
from tests.support.scenarios.ai_off import (
    learn_client,
    save_policy,
    switch_off_elsewhere,
    switch_off_for_acorn,
    switch_on,
)
from tests.support.scenarios.store import everything
from tests.support.servers.rehearsal_model import a_fault

CANARY = "canary-of-acorn"
PENDING, UNAVAILABLE, READY = AssessmentStatus.PENDING, AssessmentStatus.UNAVAILABLE, AssessmentStatus.READY


@pytest.fixture
def session(ai: RehearsalModel) -> Session:
    """A case whose ticket turns out to be Acorn's after it was opened, with canaries in its texts."""
    switch_off_for_acorn()
    session = open_case(summary=f"{CANARY} keeps asking for the password")
    learn_client(session.id)
    try_step(session.id, f"Restarted {CANARY}")
    return sessions.load(ACME, session.id)


@pytest.fixture
def handoff(session: Session) -> HandoffDetail:
    return hand_off(session.id, engineer_notes=f"Out of ideas about {CANARY}.")


def say(session_id: str, request: object = None) -> Exchange:
    body = MessageRequest(text=f"What about {CANARY}?", epoch=1)
    return send_message(session_id, body, by=JANE, at=minute(3), request=request)  # type: ignore[arg-type]  # one key


def stored(session: Session) -> list[Turn]:
    return turns.list_in_order(ACME, session.id, PageRequest(100)).items


def why(handoff: HandoffDetail) -> tuple[AssessmentStatus, AssessmentError | None]:
    return now(handoff).assessment_status, now(handoff).assessment_error


OFF = (UNAVAILABLE, AssessmentError.OFF)


def test_message_is_kept_without_a_reply_and_not_counted(session: Session, ai: RehearsalModel) -> None:
    exchange = say(session.id)

    assert (exchange.reply, exchange.reply_error) == (None, "off")
    assert stored(session)[-1] == exchange.message
    assert not ai.rehearsal.received
    assert list(SpentRow.query(ACME, SpentRow.item.startswith("spent#"))) == []


def test_repeated_message_stays_without_a_reply(session: Session, ai: RehearsalModel) -> None:
    first = say(session.id, keyed())

    assert say(session.id, keyed()) == first
    assert not ai.rehearsal.received


def test_message_goes_to_the_model_until_the_client_is_known(ai: RehearsalModel) -> None:
    switch_off_for_acorn()
    session = open_case()
    before = say(session.id)
    learn_client(session.id)

    after = say(session.id)

    assert (before.reply_error, after.reply_error) == (None, "off")
    assert len(ai.rehearsal.received) == 1


def test_client_learned_while_the_message_is_written_is_off_already(ai: RehearsalModel, recorder: Recorder) -> None:
    switch_off_for_acorn()
    session = open_case()
    recorder.tamper("TransactWriteItems", meanwhile(lambda: learn_client(session.id)))

    assert say(session.id).reply_error == "off"
    assert not ai.rehearsal.received


def test_message_that_was_not_counted_is_not_sent(session: Session, ai: RehearsalModel) -> None:
    permission = MessagePermission(JANE, minute(3))
    permission.count(session)

    assert not permission.may_reply(session.model_copy(update={"ticket": None}))


def test_account_that_is_off_sends_nothing_of_a_case_without_a_ticket(ai: RehearsalModel) -> None:
    save_policy(ai="off")
    session = open_case(ticket_id=None)

    assert say(session.id).reply_error == "off"
    assert assess_of(hand_off(session.id)) == OFF
    assert not ai.rehearsal.received


def test_switch_counts_at_once_in_a_process_that_remembers_the_policy(ai: RehearsalModel) -> None:
    session = open_case()
    assert say(session.id).reply is not None
    switch_off_elsewhere()

    assert say(session.id).reply_error == "off"
    assert len(ai.rehearsal.received) == 1


def assess_of(handoff: HandoffDetail) -> tuple[AssessmentStatus, AssessmentError | None]:
    assess(stream()[-1])
    return why(handoff)


def test_handed_off_case_is_not_assessed(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assert assess(stream()[-1]) is Assessing.UNAVAILABLE

    assert why(handoff) == OFF
    assert not ai.rehearsal.received
    assert list(SpentRow.query(ACME, SpentRow.item.startswith("spent#"))) == []


@pytest.mark.parametrize("match", [{"client": "17"}, {"contract": "Gold"}, {"type": "Managed"}], ids=str)
def test_case_is_not_assessed_whatever_the_rule_names(
    match: dict[str, str], handoff: HandoffDetail, ai: RehearsalModel
) -> None:
    save_policy(clients=[{"match": match, "ai": "off"}])
    learn_client(handoff.session_id, contract="Gold", type="Managed", status="Waiting")

    assess(next(image for image in stream() if image[0] is None))

    assert why(handoff) == OFF
    assert not ai.rehearsal.received


def test_client_learned_after_the_hand_off_is_not_assessed(ai: RehearsalModel) -> None:
    switch_off_for_acorn()
    handoff = hand_off(open_case(summary=CANARY).id)
    created = stream()[-1]
    learn_client(handoff.session_id)

    assess(created)

    assert why(handoff) == OFF
    assert not ai.rehearsal.received


def test_policy_that_is_switched_off_before_the_call_counts(ai: RehearsalModel) -> None:
    handoff = hand_off(open_case().id)
    switch_off_elsewhere()

    assert assess_of(handoff) == OFF
    assert not ai.rehearsal.received


def test_asking_again_while_it_is_off_changes_nothing(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assess(stream()[-1])
    before = everything()

    asked = request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))

    assert (asked.assessment_status, asked.assessment_error) == OFF
    assert everything() == before


def test_asking_again_after_another_failure_ends_as_off(session: Session, ai: RehearsalModel) -> None:
    switch_on()
    handoff = hand_off(session.id)
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    assess(stream()[-1])
    switch_off_for_acorn()
    ai.rehearsal.received.clear()

    request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))
    assess(stream()[-1], at_minute=31)

    assert why(handoff) == OFF
    assert not ai.rehearsal.received


def test_asking_again_after_it_was_switched_on_assesses(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assess(stream()[-1])
    switch_on()

    request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))

    assert assess(stream()[-1], at_minute=31) is Assessing.READY


def test_clock_asks_again_once_and_no_more(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assert run_clock(at=minute(16)).done["assessment"] == 1
    assess(stream()[-1], at_minute=17)

    later = [run_clock(at=minute(at)).done.get("assessment", 0) for at in (18, 25, 40)]

    assert (why(handoff), later) == (OFF, [0, 0, 0])
    assert not ai.rehearsal.received


def test_return_begins_no_round_while_it_is_off(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assess(stream()[-1])
    come_back(handoff)

    assert assess(stream()[-1], at_minute=26) is Assessing.NOT_NEEDED
    assert why(handoff) == OFF


def test_round_of_a_client_that_was_switched_off_ends_as_off(session: Session, ai: RehearsalModel) -> None:
    switch_on()
    handoff = hand_off(session.id)
    assess(stream()[-1])
    first = now(handoff).assessment
    ai.rehearsal.received.clear()
    switch_off_for_acorn()
    come_back(handoff)

    assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN
    assert assess(stream()[-1], at_minute=27) is Assessing.UNAVAILABLE

    assert (why(handoff), now(handoff).assessment) == (OFF, first)
    assert not ai.rehearsal.received


def test_return_after_it_was_switched_on_is_assessed(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assess(stream()[-1])
    switch_on()
    come_back(handoff)

    assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN
    assert assess(stream()[-1], at_minute=27) is Assessing.READY


def come_back(handoff: HandoffDetail) -> None:
    """Sam picks it up, tries a step and puts it back."""
    claim(handoff, SAM)
    try_step(handoff.session_id, "Tested from another network", SAM, 3, at_minute=22)
    release(handoff, note="")
