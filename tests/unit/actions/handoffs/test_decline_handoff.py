"""Whom a handoff is directed to declines it: it opens to all."""

from collections.abc import Callable

import pytest

from chalicelib.actions.handoffs.decline_handoff import decline_handoff
from chalicelib.domain.errors import (
    Forbidden,
    InvalidState,
    NotFound,
)
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import NoteAbout
from tests.support.builders import ALEX, HANK, JANE, OLGA, SAM, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    now,
    session_of,
    withdraw,
)
from tests.support.scenarios.directed_handoffs import UNTIL, directed, direction

pytestmark = pytest.mark.usefixtures("directory")


def decline(handoff: HandoffDetail, by: Caller = SAM, reason: str = "", at_minute: int = 12) -> None:
    decline_handoff(handoff.session_id, handoff.id, reason, by=by, at=minute(at_minute))


def test_decline_opens_it_to_all_and_the_ladder_begins() -> None:
    handoff = directed()

    decline(handoff, reason="I am on a plane.")

    opened = now(handoff)
    assert direction(opened) == (None, None)
    assert (opened.ladder_start, opened.level, opened.claim_epoch) == (minute(12), 0, handoff.claim_epoch)
    (note,) = opened.since.notes
    assert (note.author.name, note.about, note.text) == ("Sam", NoteAbout.DECLINED, "I am on a plane.")
    claim(handoff, ALEX, at_minute=12)


def test_decline_without_a_reason_writes_no_turn() -> None:
    handoff = directed()
    before = session_of(handoff)

    decline(handoff)

    assert session_of(handoff) == before


def test_declined_handoff_may_still_be_claimed_by_who_declined() -> None:
    handoff = directed()
    decline(handoff)

    claim(handoff, SAM, at_minute=13)

    assert session_of(handoff).holder == SAM.person


def test_repeated_decline_is_a_success_and_writes_one_note(recorder: Recorder) -> None:
    handoff = directed()
    recorder.tamper("TransactWriteItems", lose_answer)

    decline(handoff, reason="On a plane.")
    decline(handoff, reason="On a plane.")

    assert len(now(handoff).since.notes) == 1


@pytest.mark.parametrize("by", [ALEX, OLGA, JANE])
def test_decline_by_others_is_refused(by: Caller) -> None:
    handoff = directed()
    before = now(handoff)

    with pytest.raises(Forbidden):
        decline(handoff, by)

    assert now(handoff) == before


def test_decline_of_another_account_finds_nothing() -> None:
    with pytest.raises(NotFound):
        decline(directed(), HANK)


@pytest.mark.parametrize("at", [UNTIL, UNTIL + 30])
def test_decline_after_the_end_is_refused(at: int) -> None:
    with pytest.raises(InvalidState):
        decline(directed(), at_minute=at)


@pytest.mark.parametrize("end", [lambda one: claim(one, SAM, at_minute=12), withdraw], ids=["claimed", "withdrawn"])
def test_decline_of_what_does_not_wait_is_refused(end: Callable[[HandoffDetail], object]) -> None:
    handoff = directed()
    end(handoff)

    with pytest.raises(InvalidState):
        decline(handoff, at_minute=13)


def test_decline_of_what_was_never_directed_is_refused() -> None:
    with pytest.raises(InvalidState):
        decline(escalated())


@pytest.mark.parametrize("reason", ["", "On a plane."])
def test_claim_beside_a_decline_wins(reason: str, recorder: Recorder) -> None:
    handoff = directed()
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, SAM, at_minute=12)))

    with pytest.raises(InvalidState):
        decline(handoff, reason=reason)

    assert session_of(handoff).holder == SAM.person
    assert now(handoff).since.notes == ()


def test_second_decline_beside_the_first_changes_nothing_twice(recorder: Recorder) -> None:
    handoff = directed()
    recorder.tamper("TransactWriteItems", meanwhile(lambda: decline(handoff, reason="On a plane.")))

    decline(handoff, reason="On a plane.")

    assert (now(handoff).version, len(now(handoff).since.notes)) == (handoff.version + 1, 1)
