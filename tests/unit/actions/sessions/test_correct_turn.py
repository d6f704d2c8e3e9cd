from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.contracts.corrections import TurnCorrectionRequest
from chalicelib.domain.errors import DomainError, Forbidden, InvalidRequest, InvalidState, NotFound
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Step, StepResult, Struck, Turn
from chalicelib.store import turns
from tests.support.builders import ACME, GINA, JANE, JOE, OLGA, SAM, a_reply, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    now,
    open_case,
    resolve,
    session_of,
    try_step,
)
from tests.support.scenarios.store import everything

WITHDRAWN: dict[str, Any] = {"struck": {"reason": "That was another laptop."}}


def correct(session_id: str, by: Caller = JANE, seq: int = 1, at: datetime | None = None, **changes: object) -> Turn:
    body = TurnCorrectionRequest.model_validate(changes)
    return correct_turn(session_id, seq, body, by=by, at=at or minute(5))


@pytest.fixture
def session(tables: None) -> Session:
    """Jane's case with one step, of minute 2."""
    session = open_case()
    try_step(session.id)
    return session


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """The same case, handed off in minute 10 and claimed by Sam."""
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def stored(session_id: str, seq: int = 1) -> Turn | None:
    return turns.find(ACME, session_id, seq)


def test_author_changes_a_step_within_ten_minutes(session: Session) -> None:
    changed = correct(session.id, action="Restarted Teams", result="narrowed", finding="Mail came", at=minute(12))

    assert isinstance(changed, Step)
    assert (changed.action, changed.result, changed.finding) == ("Restarted Teams", StepResult.NARROWED, "Mail came")
    assert (changed.edited_at, changed.created_at, changed.struck) == (minute(12), minute(2), None)
    assert stored(session.id) == changed


def test_correction_raises_the_revision_and_changes_neither_epoch_nor_holder(session: Session) -> None:
    before = turns_and_epoch(session)

    correct(session.id, action="Restarted Teams")
    correct(session.id, **WITHDRAWN)

    after = turns_and_epoch(session)
    assert after == before | {"revision": 2}


def turns_and_epoch(session: Session) -> dict[str, object]:
    from chalicelib.store import sessions

    found = sessions.load(ACME, session.id)
    return {name: getattr(found, name) for name in ("revision", "epoch", "holder", "turn_count", "step_count")}


def test_author_strikes_a_turn_out_much_later_and_its_text_stays(session: Session) -> None:
    struck = correct(session.id, at=minute(600), **WITHDRAWN)

    assert isinstance(struck, Step)
    assert struck.struck == Struck(by=JANE.person, reason="That was another laptop.", at=minute(600))
    assert struck.action == "Restarted Outlook"
    assert stored(session.id) == struck


def test_what_was_handed_over_keeps_the_earlier_text_beside_the_correction(handoff: HandoffDetail) -> None:
    correct(handoff.session_id, action="Restarted Teams", at=minute(11))
    correct(handoff.session_id, at=minute(30), **WITHDRAWN)

    after = now(handoff)
    [correction] = after.since.corrections
    assert [step.action for step in after.snapshot.steps] == ["Restarted Outlook"]
    assert (correction.seq, correction.by, correction.at) == (1, JANE.person, minute(30))
    assert correction.turn == stored(handoff.session_id)
    assert after.as_it_stands.steps == (correction.turn,)


def test_correction_is_an_event_of_the_open_handoff(handoff: HandoffDetail) -> None:
    before = now(handoff)

    correct(handoff.session_id, at=minute(11), action="Restarted Teams")

    after = now(handoff)
    assert (after.change, after.actor, after.version) == ("corrected", JANE.person, before.version + 1)
    assert (after.claim_epoch, after.claimed_by) == (before.claim_epoch, before.claimed_by)


def test_hand_off_reads_again_what_was_corrected_between_its_read_and_its_write(
    session: Session, recorder: Recorder
) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: correct(session.id, action="Restarted Teams")))

    handed_off = hand_off(session.id)

    assert [step.action for step in handed_off.snapshot.steps] == ["Restarted Teams"]
    assert handed_off.since.corrections == ()


def test_repeated_correction_changes_nothing_more(session: Session) -> None:
    edits: dict[str, Any] = {"action": "Restarted Teams"}
    for changes in (edits, WITHDRAWN):
        correct(session.id, **changes)
        before = everything()

        correct(session.id, at=minute(700), **changes)

        assert everything() == before


@pytest.mark.parametrize(
    ("by", "changes", "at", "refusal"),
    [
        (JOE, WITHDRAWN, minute(5), NotFound),
        (OLGA, WITHDRAWN, minute(5), NotFound),
        (GINA, WITHDRAWN, minute(5), NotFound),
        (SAM, WITHDRAWN, minute(25), Forbidden),
        (JANE, {"action": "Other"}, minute(12) + timedelta(milliseconds=1), InvalidState),
        (JANE, {"text": "Other"}, minute(5), InvalidRequest),
        (JANE, {"action": None}, minute(5), InvalidRequest),
        (JANE, {"action": "Other", **WITHDRAWN}, minute(5), InvalidRequest),
        (JANE, {"struck": None}, minute(5), InvalidRequest),
    ],
    ids=[
        "colleague",
        "admin",
        "other account",
        "holder",
        "too late",
        "wrong field",
        "nothing left",
        "both",
        "taken back",
    ],
)
def test_refused_correction_changes_nothing(
    handoff: HandoffDetail, by: Caller, changes: dict[str, Any], at: datetime, refusal: type[DomainError]
) -> None:
    before = everything()

    with pytest.raises(refusal):
        correct(handoff.session_id, by, at=at, **changes)

    assert everything() == before


def test_turn_of_the_assistant_is_nobodys_to_correct(session: Session) -> None:
    reply = a_reply(2, created_at=minute(3))
    turns.append(session.model_copy(update={"turn_count": 1}), reply)

    with pytest.raises(Forbidden):
        correct(session.id, seq=2, text="Other")


@pytest.mark.parametrize("seq", [3, 10**9 - 1])
def test_absent_turn_is_not_found(session: Session, seq: int) -> None:
    with pytest.raises(NotFound):
        correct(session.id, seq=seq, **WITHDRAWN)


def test_resolved_session_takes_no_correction(handoff: HandoffDetail) -> None:
    resolve(handoff.session_id)

    with pytest.raises(InvalidState):
        correct(handoff.session_id, at=minute(41), **WITHDRAWN)


def test_struck_out_turn_stays_as_it_is(session: Session) -> None:
    correct(session.id, **WITHDRAWN)

    others: tuple[dict[str, Any], ...] = ({"action": "Other"}, {"struck": {"reason": "Another reason."}})
    for changes in others:
        with pytest.raises(InvalidState):
            correct(session.id, **changes)


@pytest.mark.parametrize(
    "meanwhile_done",
    [
        lambda handoff: correct(handoff.session_id, at=minute(11), finding="First"),
        lambda handoff: try_step(handoff.session_id, by=SAM, epoch=3, at_minute=21),
    ],
    ids=["another correction", "another turn"],
)
def test_correction_holds_whatever_comes_between_its_read_and_its_write(
    handoff: HandoffDetail, recorder: Recorder, meanwhile_done: Callable[[HandoffDetail], object]
) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: meanwhile_done(handoff)))

    changed = correct(handoff.session_id, at=minute(11), action="Restarted Teams")

    assert stored(handoff.session_id) == changed
    assert session_of(handoff).revision >= 1


def test_two_corrections_at_once_are_both_kept(session: Session, recorder: Recorder) -> None:
    first = meanwhile(lambda: correct(session.id, finding="No calendar"))
    recorder.tamper("TransactWriteItems", first)

    changed = correct(session.id, action="Restarted Teams")

    assert isinstance(changed, Step)
    assert (changed.action, changed.finding) == ("Restarted Teams", "No calendar")
    assert stored(session.id) == changed
