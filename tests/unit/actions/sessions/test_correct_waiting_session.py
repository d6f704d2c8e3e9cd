"""Corrections of a session that waits: by its owner and by who held it, until somebody picks it up (ADR 0056)."""

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.correction import Corrected
from chalicelib.domain.errors import DomainError, Forbidden, NotFound, StaleEpoch
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store.escalation_queue import list_queue
from tests.support.builders import ACME, ALEX, GINA, JANE, JOE, OLGA, SAM, SUMMARY, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, now, open_case, release, session_of
from tests.support.scenarios.store import everything

OTHER = "Teams shows no calendar"


def correct(handoff: HandoffDetail, by: Caller = JANE, epoch: int = 2, **changes: object) -> Session:
    body = SessionCorrectionRequest.model_validate({"epoch": epoch, "problem_summary": OTHER, **changes})
    return correct_session(handoff.session_id, body, by=by, at=minute(15))


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """Jane's escalation, which nobody has claimed; its session is at epoch 2."""
    return escalated()


def test_sender_corrects_what_waits_and_it_keeps_its_place(handoff: HandoffDetail) -> None:
    first, _second = handoff, escalated()

    corrected = correct(first, psa_ticket_id="4812")

    assert (corrected.status, corrected.holder, corrected.epoch) == (SessionStatus.ESCALATED, None, 2)
    [row, _] = list_queue(ACME, ALEX.person, PageRequest(25, None)).items
    assert (row.handoff_id, row.problem_summary, row.psa_ticket_id) == (first.id, OTHER, "4812")
    assert (now(first).due_at, now(first).level, now(first).to) == (first.due_at, first.level, None)


def test_who_picks_it_up_reads_the_correction_beside_what_was_handed_over(handoff: HandoffDetail) -> None:
    correct(handoff)

    claim(handoff, SAM)

    after = now(handoff)
    assert [(one.of, one.was, one.now, one.by) for one in after.since.corrections] == [
        (Corrected.SUMMARY, SUMMARY, OTHER, JANE.person)
    ]
    assert (after.snapshot.problem_summary, session_of(handoff).problem_summary) == (SUMMARY, OTHER)


def test_who_returned_it_may_correct_it_while_it_waits(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff, SAM)

    assert correct(handoff, SAM, epoch=4).problem_summary == OTHER


def test_parked_session_is_corrected_as_well(tables: None) -> None:
    parked = hand_off(open_case().id, intent=Intent.PARK)

    assert correct(parked).status is SessionStatus.PARKED


def test_claim_that_comes_first_leaves_the_correction_to_the_claimer(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, SAM)))

    with pytest.raises(StaleEpoch):
        correct(handoff)

    assert session_of(handoff).problem_summary == SUMMARY


def test_correction_that_comes_first_does_not_disturb_the_claim(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: correct(handoff)))

    claim(handoff, SAM)

    assert (now(handoff).status, session_of(handoff).problem_summary) == (HandoffStatus.CLAIMED, OTHER)


@pytest.mark.parametrize(
    ("by", "epoch", "refusal"),
    [(JOE, 2, NotFound), (SAM, 2, NotFound), (OLGA, 2, NotFound), (GINA, 2, NotFound), (JANE, 1, StaleEpoch)],
    ids=["colleague", "senior", "admin", "other account", "stale epoch"],
)
def test_refused_correction_changes_nothing(
    handoff: HandoffDetail, by: Caller, epoch: int, refusal: type[DomainError]
) -> None:
    before = everything()

    with pytest.raises(refusal):
        correct(handoff, by, epoch, psa_ticket_id="1")

    assert everything() == before


def test_sender_may_not_correct_what_somebody_holds(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)

    with pytest.raises(Forbidden):
        correct(handoff, epoch=3)
