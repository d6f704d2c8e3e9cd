from collections.abc import Callable

import pytest

from chalicelib.actions.notifications.announce_note import announce_note
from chalicelib.actions.notifications.list_notifications import list_notifications
from chalicelib.actions.sessions.add_note import add_note
from chalicelib.contracts.requests import NoteRequest
from chalicelib.domain.errors import IdempotencyMismatch, InvalidState, NotFound
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import Note, Turn
from chalicelib.store import turns
from chalicelib.store.keys import session_key
from chalicelib.store.mapping import turn_row
from tests.support.builders import ACME, ALEX, GINA, JANE, JOE, OLGA, SAM, a_message, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, keyed, now, release, resolve, session_of, try_step
from tests.support.topic import Topic


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """Jane's case, which Sam returned and Alex holds."""
    handoff = escalated()
    claim(handoff, SAM)
    release(handoff, by=SAM, note="")
    claim(handoff, ALEX)
    return handoff


def leave(
    handoff: HandoffDetail, by: Caller = JANE, text: str = "It is the wired port.", request: KeyedRequest | None = None
) -> Turn:
    return add_note(handoff.session_id, NoteRequest(text=text), by=by, at=minute(30), request=request)


def newest(handoff: HandoffDetail) -> Turn:
    return turns.newest(ACME, handoff.session_id, 1)[0]


@pytest.mark.parametrize("by", [JANE, SAM, ALEX], ids=["owner", "former holder", "holder"])
def test_owner_and_past_holders_add_notes_after_a_change_of_holder(handoff: HandoffDetail, by: Caller) -> None:
    before = session_of(handoff)

    note = leave(handoff, by)

    assert note == newest(handoff)
    assert (note.kind, note.author.id, note.epoch) == ("note", by.id, before.epoch)
    changed = {"turn_count": before.turn_count + 1, "updated_at": minute(30)}
    assert session_of(handoff) == before.model_copy(update=changed)


@pytest.mark.parametrize("by", [JOE, OLGA, GINA], ids=["colleague", "admin", "other account"])
def test_to_others_the_session_is_not_there(handoff: HandoffDetail, by: Caller) -> None:
    before = session_of(handoff)

    with pytest.raises(NotFound):
        leave(handoff, by)

    assert session_of(handoff) == before


def test_resolved_session_takes_no_notes(handoff: HandoffDetail) -> None:
    resolve(handoff.session_id, by=ALEX, epoch=5)

    with pytest.raises(InvalidState):
        leave(handoff)


def test_note_may_be_left_while_the_case_waits(tables: None) -> None:
    handoff = escalated()

    leave(handoff)

    assert [note.text for note in now(handoff).since.notes] == ["It is the wired port."]


def test_repeat_leaves_one_note(handoff: HandoffDetail) -> None:
    first = leave(handoff, request=keyed())

    assert leave(handoff, request=keyed()) == first
    assert session_of(handoff).turn_count == first.seq
    with pytest.raises(IdempotencyMismatch):
        leave(handoff, request=keyed(body="b"))


def test_repeat_after_the_end_gets_the_note_that_was_left(handoff: HandoffDetail) -> None:
    first = leave(handoff, request=keyed())
    resolve(handoff.session_id, by=ALEX, epoch=5)

    assert leave(handoff, request=keyed()) == first


def before_it(handoff: HandoffDetail) -> dict[str, Callable[[], object]]:
    session = session_of(handoff)
    message = a_message(session.turn_count + 1, epoch=session.epoch)
    return {
        "a turn": lambda: turns.append(session, message),
        "a release": lambda: release(handoff, by=ALEX, note="Nor mine."),
    }


@pytest.mark.parametrize("what", ["a turn", "a release"])
def test_note_takes_the_next_number_after_what_came_first(
    handoff: HandoffDetail, recorder: Recorder, what: str
) -> None:
    count = session_of(handoff).turn_count
    recorder.tamper("TransactWriteItems", meanwhile(before_it(handoff)[what]))

    note = leave(handoff)

    assert (note.seq, newest(handoff)) == (count + 2, note)


def test_holder_goes_on_at_the_same_epoch(handoff: HandoffDetail) -> None:
    leave(handoff)

    assert try_step(handoff.session_id, by=ALEX, epoch=5).seq == session_of(handoff).turn_count


def announce(handoff: HandoffDetail) -> None:
    note = newest(handoff)
    assert isinstance(note, Note)
    announce_note(turn_row(session_key(ACME, handoff.session_id), note).serialize())


def notified(by: Caller) -> list[EventType]:
    return [item.type for item in list_notifications(PageRequest(10), by=by).items]


def test_others_are_notified_and_the_author_is_not(handoff: HandoffDetail, topic: Topic) -> None:
    leave(handoff, SAM)

    announce(handoff)
    announce(handoff)

    added = [EventType.SESSION_NOTE_ADDED]
    assert (notified(JANE), notified(ALEX), notified(SAM), notified(JOE)) == (added, added, [], [])
