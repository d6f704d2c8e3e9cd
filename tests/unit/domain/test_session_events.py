import pytest

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.session_events import audiences_of_session, event_of_note
from chalicelib.domain.turn import Author, AuthorKind, Note, NoteAbout
from tests.support.builders import (
    ACME,
    ALEX,
    HANDOFF_ID,
    JANE,
    SAM,
    SESSION_ID,
    SUMMARY,
    a_claimed_session,
    a_note,
    a_session,
    minute,
)


def a_note_of(by: Caller = SAM, text: str = "Did you try the wired port?") -> Note:
    return a_note(7, text, author=Author.engineer(by.person), about=None, created_at=minute(22), epoch=3)


def event_of(note: Note, session: Session | None = None) -> Event:
    event = event_of_note(note, session or a_claimed_session())
    assert event is not None
    return event


def test_note_by_itself_is_told() -> None:
    event = event_of(a_note_of())

    assert (event.type, event.session_id, event.handoff_id) == (EventType.SESSION_NOTE_ADDED, SESSION_ID, None)
    assert (event.version, event.actor, event.occurred_at) == (7, SAM.person, minute(22))
    assert event.title == f"Note from Sam · #4711: {SUMMARY}"


def test_reopening_is_told_by_its_note() -> None:
    event = event_of(a_note(about=NoteAbout.REOPENED))

    assert (event.type, event.title) == (EventType.SESSION_REOPENED, f"Reopened by Jane · #4711: {SUMMARY}")


def test_reopened_ticket_is_told_by_the_note_of_its_system() -> None:
    event = event_of(the_systems_note())

    assert (event.type, event.actor) == (EventType.TICKET_REOPENED, None)
    assert event.title == f"Ticket reopened in Our PSA · #4711: {SUMMARY}"


def the_systems_note() -> Note:
    system = Author(kind=AuthorKind.PSA, id="psa", name="Our PSA")
    return a_note(author=system, about=NoteAbout.TICKET_REOPENED)


TOLD_BY_NOTES = (NoteAbout.REOPENED, NoteAbout.TICKET_REOPENED)


@pytest.mark.parametrize("about", [about for about in NoteAbout if about not in TOLD_BY_NOTES])
def test_note_of_a_change_of_hands_is_told_by_the_handoff(about: NoteAbout) -> None:
    assert event_of_note(a_note(about=about), a_claimed_session()) is None


def test_replay_has_the_same_id_and_another_note_another() -> None:
    assert event_of(a_note_of()).id == event_of(a_note_of(text="Changed")).id
    assert event_of(a_note_of()).id != event_of(a_note_of().model_copy(update={"seq": 8})).id


def test_words_of_a_note_are_not_in_its_event() -> None:
    assert "CANARY" not in event_of(a_note_of(text="CANARY")).model_dump_json()


def test_problem_of_a_session_that_was_never_handed_off_is_not_told_to_the_account() -> None:
    assert SUMMARY not in event_of(a_note_of(JANE), a_session()).model_dump_json()


def people_told(session: Session, by: Caller) -> list[str | None]:
    account, *people = audiences_of_session(event_of(a_note_of(by), session), session)
    assert account == Audience(account_id=ACME, kind=AudienceKind.ACCOUNT)
    return [one.engineer_id for one in people]


@pytest.mark.parametrize(
    ("by", "others"),
    [(JANE, [ALEX.id, SAM.id]), (ALEX, [JANE.id, SAM.id]), (SAM, [ALEX.id, JANE.id])],
    ids=["owner", "holder", "former holder"],
)
def test_other_people_of_the_session_are_notified(by: Caller, others: list[str]) -> None:
    session = a_claimed_session(ALEX, held_by={SAM.id, ALEX.id}, newest_handoff_id=HANDOFF_ID)

    assert people_told(session, by) == sorted(others)


def test_nobody_is_notified_twice() -> None:
    assert people_told(a_claimed_session(SAM), JANE) == [SAM.id]


def test_owner_and_last_holder_are_told_of_a_reopened_ticket_and_former_holders_are_not() -> None:
    session = a_claimed_session(ALEX, held_by={SAM.id, ALEX.id}, newest_handoff_id=HANDOFF_ID)

    told = audiences_of_session(event_of(the_systems_note(), session), session)

    assert {one.engineer_id for one in told} == {None, JANE.id, ALEX.id}


@pytest.mark.parametrize("about", [None, NoteAbout.REOPENED, NoteAbout.TICKET_REOPENED])
def test_password_in_the_summary_is_masked_in_the_title(about: NoteAbout | None) -> None:
    session = a_claimed_session(problem_summary="Cannot sign in, password: Winter2026!")

    title = event_of(a_note_of().model_copy(update={"about": about}), session).title

    assert title is not None
    assert "Cannot sign in" in title
    assert "Winter2026!" not in title
