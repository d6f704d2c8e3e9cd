"""An admin releases and hands off for the holder of a session."""

import pytest

from chalicelib.actions.sessions.list_sessions import list_sessions
from chalicelib.domain.errors import Forbidden, InvalidRequest, InvalidState, NotFound, OwnHandoff, StaleEpoch
from chalicelib.domain.events import EventType, created_event, events_between
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import engineers, handoffs, policies
from tests.support.builders import ACME, ALEX, GLOBEX, JANE, JOE, OLGA, SAM, VIC, a_caller
from tests.support.scenarios.actions import claim, escalated, hand_off, now, open_case, release, session_of, withdraw

pytestmark = pytest.mark.usefixtures("tables")

FOREIGN_ADMIN = a_caller("Gus", Role.ADMIN, GLOBEX)
PAGE = PageRequest(25, None)


def passed_by_admin() -> HandoffDetail:
    """Jane's case, handed off by Olga."""
    return hand_off(open_case().id, OLGA, engineer_notes="Jane is ill.")


def test_admin_releases_for_the_holder_and_the_event_says_from_whom() -> None:
    handoff = escalated()
    claim(handoff, SAM)
    before = now(handoff)

    release(handoff, OLGA, note="Sam went home.")

    after = now(handoff)
    [event] = events_between(before, after)
    assert (event.type, event.actor, event.data["from"]) == (EventType.RELEASED, OLGA.person, SAM.person.model_dump())
    assert (after.status, after.release_note) == (HandoffStatus.UNCLAIMED, "Sam went home.")
    assert after.since.notes[-1].about is NoteAbout.PASSED_BY_ADMIN
    assert session_of(handoff).epoch == 4


@pytest.mark.parametrize("by", [OLGA, SAM])
def test_release_by_an_admin_is_repeated_by_either(by: Caller) -> None:
    handoff = escalated()
    claim(handoff, SAM)
    release(handoff, OLGA)

    assert release(handoff, by).status is HandoffStatus.UNCLAIMED
    assert now(handoff).claim_epoch == 4


def test_admin_hands_off_for_the_holder_who_stays_its_sender() -> None:
    handoff = passed_by_admin()

    assert (handoff.sender, handoff.actor, handoff.handed_off_by) == (JANE.person, OLGA.person, OLGA.person)
    assert session_of(handoff).status is SessionStatus.ESCALATED
    [note] = handoff.snapshot.notes
    assert (note.author.name, note.about) == ("Olga", NoteAbout.PASSED_BY_ADMIN)
    assert handoff.engineer_notes == "Jane is ill."


def test_holder_is_barred_from_what_an_admin_escalated_for_them() -> None:
    sender = a_caller("Alex", Role.SENIOR)
    handoff = hand_off(open_case(sender).id, OLGA)

    with pytest.raises(OwnHandoff):
        claim(handoff, sender)
    claim(handoff, OLGA)


def test_admin_passes_on_what_somebody_holds_by_claim() -> None:
    first = escalated()
    claim(first, SAM)

    second = hand_off(first.session_id, OLGA)

    assert (second.sender, now(first).status, now(first).actor) == (SAM.person, HandoffStatus.PASSED_ON, OLGA.person)


def test_created_event_of_an_admins_hand_off_is_the_same_after_a_claim() -> None:
    handoff = passed_by_admin()
    [born] = events_between(None, handoff)
    claim(handoff, SAM)

    later = handoffs.find(ACME, handoff.id)

    assert later is not None
    assert created_event(later) == born
    assert born.actor == OLGA.person


@pytest.mark.parametrize("by", [JANE, OLGA])
def test_either_takes_it_back_for_the_holder(by: Caller) -> None:
    handoff = passed_by_admin()

    withdraw(handoff, by)
    withdraw(handoff, by)

    session = session_of(handoff)
    assert (session.status, session.holder, session.epoch) == (SessionStatus.ACTIVE, JANE.person, 3)


def test_another_admin_takes_nothing_back() -> None:
    with pytest.raises(Forbidden):
        withdraw(passed_by_admin(), a_caller("Otto", Role.ADMIN))


@pytest.mark.parametrize(
    ("by", "refusal"), [(SAM, NotFound), (JOE, NotFound), (FOREIGN_ADMIN, NotFound)], ids=["senior", "peer", "foreign"]
)
def test_only_an_admin_hands_off_for_others(by: Caller, refusal: type[Exception]) -> None:
    session = open_case()

    with pytest.raises(refusal):
        hand_off(session.id, by)


def test_admin_hands_off_nothing_that_waits() -> None:
    handoff = escalated()

    with pytest.raises((InvalidState, NotFound)):
        hand_off(handoff.session_id, OLGA)


def test_admin_with_a_stale_epoch_hands_off_nothing() -> None:
    handoff = escalated()
    claim(handoff, SAM)

    with pytest.raises(StaleEpoch):
        hand_off(handoff.session_id, OLGA, epoch=1)


def test_admin_directs_it_to_anybody_but_the_holder() -> None:
    policies.forget()
    for person in (SAM, ALEX, OLGA):
        engineers.enter(person)
    first = escalated()
    claim(first, SAM)

    with pytest.raises(InvalidRequest):
        hand_off(first.session_id, OLGA, to=SAM.id)

    assert hand_off(first.session_id, OLGA, to=OLGA.id).to == OLGA.person


def test_admin_sees_the_lines_of_anybodys_sessions() -> None:
    session = open_case()

    [line] = list_sessions(None, PAGE, by=OLGA, of=JANE.id).items

    assert line.id == session.id
    assert list_sessions(None, PAGE, by=OLGA, of="sub-nobody").items == []
    assert list_sessions(None, PAGE, by=FOREIGN_ADMIN, of=JANE.id).items == []


@pytest.mark.parametrize("by", [JOE, SAM, VIC])
def test_others_see_their_own_alone(by: Caller) -> None:
    with pytest.raises(Forbidden):
        list_sessions(None, PAGE, by=by, of=JANE.id)

    assert list_sessions(None, PAGE, by=by, of=by.id).items == []
