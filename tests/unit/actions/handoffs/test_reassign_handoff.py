"""A claimed handoff is reassigned: put back and directed at once."""

import pytest

from chalicelib.actions.handoffs.reassign_handoff import reassign_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.domain.errors import DirectedElsewhere, Forbidden, InvalidRequest, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import engineers, policies
from tests.support.builders import ALEX, HANK, JANE, JOE, OLGA, SAM, VIC, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, now, release, resolve, session_of, try_step, undo

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def held(tables: None) -> HandoffDetail:
    """An escalation of Jane's that Sam claimed at minute 20."""
    policies.forget()
    for person in (JANE, JOE, SAM, ALEX, OLGA, VIC, HANK):
        engineers.enter(person)
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def reassign(handoff: HandoffDetail, to: Caller = ALEX, by: Caller = SAM, note: str = "You know their VPN.") -> None:
    reassign_handoff(handoff.session_id, handoff.id, to.id, note, by=by, at=minute(30))


@pytest.mark.parametrize("by", [SAM, OLGA], ids=["holder", "admin"])
def test_reassignment_directs_it_to_the_next_person(held: HandoffDetail, by: Caller) -> None:
    reassign(held, by=by)

    waiting = now(held)
    assert (waiting.status, waiting.to, waiting.directed_until) == (HandoffStatus.UNCLAIMED, ALEX.person, minute(40))
    assert (waiting.claimed_by, waiting.claim_epoch, session_of(held).epoch) == (None, 4, 4)
    assert (waiting.level, waiting.ladder_start) == (None, minute(30))
    assert (waiting.released_by, waiting.actor) == (SAM.person, by.person)
    with pytest.raises(DirectedElsewhere):
        claim(held, SAM, at_minute=31)
    claim(held, ALEX, at_minute=31)


@pytest.mark.parametrize(("by", "about"), [(SAM, NoteAbout.RELEASED), (OLGA, NoteAbout.PASSED_BY_ADMIN)])
def test_note_of_a_reassignment_is_a_turn_for_the_next_person(
    held: HandoffDetail, by: Caller, about: NoteAbout
) -> None:
    reassign(held, by=by)

    (note,) = now(held).since.notes
    assert (note.author.name, note.about, note.to, note.text) == (by.name, about, ALEX.person, "You know their VPN.")
    assert now(held).release_note == "You know their VPN."


def test_former_holder_writes_nothing_any_more(held: HandoffDetail) -> None:
    reassign(held)

    with pytest.raises(StaleEpoch):
        try_step(held.session_id, by=SAM, epoch=3)


@pytest.mark.parametrize("to", [JANE, SAM, JOE, VIC, HANK], ids=["sender", "holder", "engineer", "viewer", "foreign"])
def test_reassignment_to_somebody_who_may_not_be_named_changes_nothing(held: HandoffDetail, to: Caller) -> None:
    before = now(held)

    with pytest.raises(InvalidRequest) as refusal:
        reassign(held, to=to)

    assert (refusal.value.pointer, now(held)) == ("/to", before)


def test_admin_may_name_themselves(held: HandoffDetail) -> None:
    reassign(held, to=OLGA, by=OLGA)

    claim(held, OLGA, at_minute=31)


@pytest.mark.parametrize("by", [ALEX, JANE, JOE])
def test_reassignment_by_others_is_refused(held: HandoffDetail, by: Caller) -> None:
    with pytest.raises(Forbidden):
        reassign(held, by=by)


def test_admin_who_was_shown_an_earlier_claim_takes_nothing_from_the_next_holder(held: HandoffDetail) -> None:
    shown = now(held).claim_epoch
    release(held, SAM, at_minute=21)
    claim(held, ALEX, at_minute=22)

    with pytest.raises(StaleEpoch):
        reassign_handoff(held.session_id, held.id, SAM.id, "", by=OLGA, at=minute(30), epoch=shown)
    with pytest.raises(StaleEpoch):
        release_handoff(held.session_id, held.id, "", by=OLGA, at=minute(30), epoch=shown)

    assert now(held).claimed_by == ALEX.person


def test_reassignment_of_another_account_finds_nothing(held: HandoffDetail) -> None:
    with pytest.raises(NotFound):
        reassign(held, by=HANK)


def test_reassignment_of_what_nobody_holds_is_refused(held: HandoffDetail) -> None:
    resolve(held.session_id)

    with pytest.raises(InvalidState):
        reassign(held)


def test_resumed_session_is_not_reassigned(held: HandoffDetail) -> None:
    parked = escalated(intent=Intent.PARK)
    claim(parked, JOE)

    with pytest.raises(InvalidRequest):
        reassign(parked, by=JOE)


@pytest.mark.parametrize("note", ["", "You know their VPN."])
def test_reassignment_is_one_transaction(held: HandoffDetail, recorder: Recorder, note: str) -> None:
    recorder.forget()

    reassign(held, note=note)

    assert [each for each in recorder.operations if each not in ("GetItem", "Query")] == ["TransactWriteItems"]


def test_lost_answer_and_repeat_reassign_once(held: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    reassign(held)
    reassign(held)

    assert (now(held).claim_epoch, len(now(held).since.notes)) == (4, 1)


def test_reassignment_beside_an_undo_is_refused(held: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: undo(held, SAM)))

    with pytest.raises(InvalidState):
        reassign(held)

    assert now(held).to is None


def test_second_reassignment_beside_the_first_is_refused(held: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: reassign(held, to=OLGA)))

    with pytest.raises(InvalidState):
        reassign(held, to=ALEX)

    assert now(held).to == OLGA.person
