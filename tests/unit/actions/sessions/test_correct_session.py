from typing import Any

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.correction import Corrected
from chalicelib.domain.errors import DomainError, Forbidden, InvalidRequest, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.turn import Note, NoteAbout
from chalicelib.store import sessions, ticket_links, ticket_updates, turns
from chalicelib.store.escalation_queue import list_queue
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ACME, ALEX, GINA, JANE, JOE, OLGA, SAM, SUMMARY, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    now,
    open_case,
    release,
    resolve,
    session_of,
    stream,
    try_step,
)
from tests.support.scenarios.store import everything
from tests.support.ticket_facts import ticket_facts

OTHER = "Teams shows no calendar"


def correct(session_id: str, by: Caller = JANE, epoch: int = 1, at_minute: int = 5, **changes: object) -> Session:
    body = SessionCorrectionRequest.model_validate({"epoch": epoch, **changes})
    return correct_session(session_id, body, by=by, at=minute(at_minute))


@pytest.fixture
def session(tables: None) -> Session:
    """Jane's case with one step."""
    session = open_case(problem_domain="e-mail")
    try_step(session.id)
    return session


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """The same case, handed off and claimed by Sam at epoch 3."""
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def test_holder_corrects_summary_domain_and_ticket_at_once(session: Session) -> None:
    changes: dict[str, Any] = {"problem_summary": OTHER, "problem_domain": None, "psa_ticket_id": "#4812"}

    corrected = correct(session.id, **changes)

    said = (corrected.problem_summary, corrected.problem_domain, corrected.psa_ticket_id)
    assert said == (OTHER, None, "4812")
    assert (corrected.revision, corrected.epoch, corrected.turn_count) == (1, 1, 2)
    assert corrected == sessions.load(ACME, session.id)


def test_turn_says_what_the_case_said_before(session: Session) -> None:
    correct(session.id, problem_summary=OTHER, problem_domain="Teams", psa_ticket_id=None)

    [note] = turns.newest(ACME, session.id, 1)
    assert isinstance(note, Note)
    assert (note.about, note.author.id) == (NoteAbout.CORRECTED, JANE.id)
    assert note.text == f"Summary was: {SUMMARY}\nDomain was: e-mail\nTicket was: #4711"


def test_list_queue_and_title_follow_a_correction(handoff: HandoffDetail) -> None:
    correct(handoff.session_id, SAM, epoch=3, at_minute=21, problem_summary=OTHER, psa_ticket_id="4812")
    release(handoff, SAM)

    [line] = sessions.list_mine(ACME, JANE.id, None, PageRequest(25, None)).items
    [row] = list_queue(ACME, ALEX.person, PageRequest(25, None)).items
    assert (line.problem_summary, line.psa_ticket_id) == (OTHER, "4812")
    assert (row.problem_summary, row.psa_ticket_id) == (OTHER, "4812")
    assert now(handoff).title == OTHER


def test_handoff_keeps_what_was_handed_over_beside_the_correction(handoff: HandoffDetail) -> None:
    correct(handoff.session_id, SAM, epoch=3, at_minute=21, problem_summary="Wrong again", psa_ticket_id=None)
    correct(handoff.session_id, SAM, epoch=3, at_minute=22, problem_summary=OTHER)

    after = now(handoff)
    told = [(one.of, one.was, one.now, one.by) for one in after.since.corrections]
    assert told == [
        (Corrected.TICKET, "4711", None, SAM.person),
        (Corrected.SUMMARY, SUMMARY, OTHER, SAM.person),
    ]
    assert (after.snapshot.problem_summary, after.as_it_stands.problem_summary) == (SUMMARY, OTHER)


def test_what_was_changed_back_is_no_correction(handoff: HandoffDetail) -> None:
    correct(handoff.session_id, SAM, epoch=3, at_minute=21, problem_summary=OTHER)
    correct(handoff.session_id, SAM, epoch=3, at_minute=22, problem_summary=SUMMARY)

    assert now(handoff).since.corrections == ()
    assert session_of(handoff).revision == 2


def test_correction_of_an_open_handoff_is_one_event(handoff: HandoffDetail) -> None:
    correct(handoff.session_id, SAM, epoch=3, at_minute=21, problem_domain="Teams")

    old, new = stream()[-1]
    assert old is not None
    [event] = events_between(handoff_in(old), handoff_in(new))
    assert (event.type, event.title) == (EventType.CORRECTED, f"Corrected by Sam · #4711: {SUMMARY}")


def test_session_is_linked_to_the_right_ticket_alone(session: Session) -> None:
    for ticket_id, integration_id in (("4711", "psa"), ("4812", "psa"), ("4812", "other")):
        correct(session.id, psa_ticket_id=ticket_id, integration_id=integration_id)

    linked = [
        ticket_links.list_sessions(ACME, *place) for place in (("psa", "4711"), ("psa", "4812"), ("other", "4812"))
    ]
    assert linked == [[], [], [session.id]]


def test_hand_off_beside_a_correction_hands_over_the_corrected_case(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: correct(session.id, problem_summary=OTHER)))

    handed_off = hand_off(session.id)

    assert (handed_off.snapshot.problem_summary, handed_off.title) == (OTHER, OTHER)
    assert NoteAbout.CORRECTED in [note.about for note in handed_off.snapshot.notes]


def test_turn_that_comes_in_between_is_kept(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(session.id, "Looked at the proxy")))

    corrected = correct(session.id, problem_summary=OTHER)

    assert (corrected.turn_count, corrected.step_count) == (3, 2)
    assert [turn.kind for turn in turns.newest(ACME, session.id)] == ["note", "step", "step"]


@pytest.mark.parametrize("known", [None, ticket_facts(read_at=minute(1))], ids=["first reading", "later reading"])
def test_ticket_that_is_read_in_between_is_kept(
    session: Session, recorder: Recorder, known: TicketFacts | None
) -> None:
    loaded = sessions.load(ACME, session.id)
    if known:
        assert ticket_updates.refresh(loaded, known)
    newest = ticket_facts(read_at=minute(4), due_at=minute(60))
    recorder.tamper("TransactWriteItems", meanwhile(lambda: ticket_updates.refresh(loaded, newest)))

    correct(session.id, problem_summary=OTHER)

    after = sessions.load(ACME, session.id)
    assert (after.problem_summary, after.ticket) == (OTHER, newest)


def test_lost_answer_of_a_correction_is_one_correction(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    correct(session.id, problem_summary=OTHER)

    assert sessions.load(ACME, session.id).revision == 1


def test_correcting_nothing_is_a_success_and_writes_nothing(session: Session) -> None:
    before = everything()

    same = correct(session.id, problem_summary=SUMMARY, psa_ticket_id="4711")

    assert (same.revision, everything()) == (0, before)


@pytest.mark.parametrize(
    ("by", "epoch", "refusal"),
    [(JOE, 3, NotFound), (OLGA, 3, NotFound), (GINA, 3, NotFound), (JANE, 3, Forbidden), (SAM, 2, StaleEpoch)],
    ids=["colleague", "admin", "other account", "owner who let go", "stale epoch"],
)
def test_refused_correction_changes_nothing(
    handoff: HandoffDetail, by: Caller, epoch: int, refusal: type[DomainError]
) -> None:
    before = everything()

    with pytest.raises(refusal):
        correct(handoff.session_id, by, epoch, at_minute=21, problem_summary=OTHER, psa_ticket_id="1")

    assert everything() == before


def test_resolved_session_takes_no_correction(handoff: HandoffDetail) -> None:
    resolve(handoff.session_id, SAM, epoch=3)

    with pytest.raises(InvalidState):
        correct(handoff.session_id, SAM, epoch=3, problem_summary=OTHER)


def test_session_cannot_be_without_a_summary(session: Session) -> None:
    with pytest.raises(InvalidRequest):
        correct(session.id, problem_summary=None)
