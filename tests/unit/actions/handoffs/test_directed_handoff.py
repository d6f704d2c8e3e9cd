"""A handoff that is directed: for a while it is one person's to claim."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.moments import Moment, What
from chalicelib.domain.errors import (
    AlreadyClaimed,
    DirectedElsewhere,
    DomainError,
    InvalidRequest,
)
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, policies
from tests.support.builders import ALEX, HANK, JANE, JOE, OLGA, SAM, VIC, a_caller, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    now,
    open_case,
    release,
    session_of,
    undo,
    withdraw,
)
from tests.support.scenarios.directed_handoffs import UNTIL, directed, direction

pytestmark = pytest.mark.usefixtures("directory")


def test_directed_handoff_waits_for_its_person_and_starts_no_ladder() -> None:
    handoff = now(directed())

    assert direction(handoff) == (SAM.person, minute(UNTIL))
    assert (handoff.level, handoff.due_at) == (None, minute(UNTIL - 5))  # an assessment is looked at before
    assert handoff.next_moment == Moment(at=minute(UNTIL), what=What.DIRECTION)


@pytest.mark.parametrize("by", [ALEX, OLGA])
@pytest.mark.parametrize("at", [11, UNTIL - 1])
def test_claim_by_another_is_told_to_whom_it_is_directed_and_until_when(by: Caller, at: int) -> None:
    handoff = directed()

    with pytest.raises(DirectedElsewhere) as refusal:
        claim(handoff, by, at_minute=at)

    assert (refusal.value.to, refusal.value.directed_until) == (SAM.person, minute(UNTIL))
    assert now(handoff).status is HandoffStatus.UNCLAIMED


@pytest.mark.parametrize(("by", "at"), [(SAM, 11), (ALEX, UNTIL), (SAM, UNTIL), (OLGA, UNTIL + 1)])
def test_claim_wins_by_its_person_or_after_the_end_although_no_clock_ran(by: Caller, at: int) -> None:
    handoff = directed()

    claim(handoff, by, at_minute=at)

    assert session_of(handoff).holder == by.person


def test_claim_of_a_directed_handoff_is_one_request(recorder: Recorder) -> None:
    handoff = directed()
    recorder.forget()

    claim(handoff, SAM, at_minute=11)

    assert recorder.operations == ["TransactWriteItems"]


def test_hand_off_to_somebody_reads_one_thing_more(recorder: Recorder) -> None:
    policies.find(JANE.account_id)
    counts = []
    for to in (None, SAM.id):
        session = open_case()
        recorder.forget()

        hand_off(session.id, to=to)
        counts.append(len(recorder.operations))

    assert counts == [3, 4]


@pytest.mark.parametrize(
    "to", [JANE.id, JOE.id, VIC.id, HANK.id, "sub-nobody"], ids=["oneself", "engineer", "viewer", "foreign", "stranger"]
)
def test_hand_off_to_somebody_who_may_not_claim_is_refused_and_changes_nothing(to: str) -> None:
    session = open_case()

    with pytest.raises(InvalidRequest) as refusal:
        hand_off(session.id, to=to)

    assert refusal.value.pointer == "/to"


def test_sender_who_is_a_senior_may_not_name_themselves() -> None:
    by = a_caller("Alex", ALEX.role)
    session = open_case(by)

    with pytest.raises(InvalidRequest):
        hand_off(session.id, by, to=by.id)


def test_parked_session_is_directed_to_nobody() -> None:
    with pytest.raises(InvalidRequest):
        escalated(intent=Intent.PARK, to=SAM.id)


def test_direction_to_somebody_away_is_open_at_once_and_still_names_them() -> None:
    engineers.set_availability(SAM.account_id, SAM.id, Availability(presence=Presence.AWAY, until=minute(600)))

    handoff = directed(to=SAM)

    assert direction(handoff) == (SAM.person, minute(10))
    assert (handoff.level, handoff.is_directed_at(minute(10))) == (0, False)
    claim(handoff, ALEX, at_minute=10)


def test_direction_to_somebody_who_is_back_by_then_lasts() -> None:
    engineers.set_availability(SAM.account_id, SAM.id, Availability(presence=Presence.AWAY, until=minute(10)))

    assert directed(to=SAM).is_directed_at(minute(10))


def test_clock_opens_it_at_the_end_and_the_ladder_begins_there() -> None:
    handoff = directed(priority=Priority.URGENT)

    assert run_clock(at=minute(UNTIL - 1)).done.get("direction") is None
    assert run_clock(at=minute(UNTIL)).done["direction"] == 1

    opened = now(handoff)
    assert direction(opened) == (None, None)
    assert (opened.ladder_start, opened.level) == (minute(UNTIL), 1)  # nobody is on call, so the first step is passed
    assert run_clock(at=minute(UNTIL + 15)).done.get("step") == 1


def test_claim_beside_the_clock_that_opens_it_wins(recorder: Recorder) -> None:
    handoff = directed()
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff, SAM, at_minute=UNTIL)))

    run_clock(at=minute(UNTIL))

    assert (now(handoff).status, session_of(handoff).holder) == (HandoffStatus.CLAIMED, SAM.person)


def test_undone_claim_leaves_the_direction_as_it_was() -> None:
    handoff = directed()
    claim(handoff, SAM, at_minute=12)

    undo(handoff, SAM, since_minute=12)

    assert direction(now(handoff)) == (SAM.person, minute(UNTIL))
    with pytest.raises(DirectedElsewhere):
        claim(handoff, ALEX, at_minute=13)


def test_release_opens_it_to_all() -> None:
    handoff = directed()
    claim(handoff, SAM, at_minute=12)

    release(handoff, SAM, at_minute=13)

    assert direction(now(handoff)) == (None, None)
    claim(handoff, ALEX, at_minute=14)


def test_sender_withdraws_what_is_directed() -> None:
    handoff = directed()

    withdraw(handoff)

    assert session_of(handoff).holder == JANE.person


@pytest.mark.parametrize(("first", "refusal"), [(SAM, AlreadyClaimed), (None, DirectedElsewhere)])
def test_refused_claim_says_the_first_thing_that_stands_in_the_way(
    first: Caller | None, refusal: type[DomainError]
) -> None:
    handoff = directed()
    if first:
        claim(handoff, first, at_minute=11)

    with pytest.raises(refusal):
        claim(handoff, ALEX, at_minute=12, epoch=handoff.claim_epoch + 7)
