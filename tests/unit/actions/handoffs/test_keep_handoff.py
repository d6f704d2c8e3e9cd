"""The holder's answers to the clock, and a new priority while a handoff waits."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.handoffs.change_priority import change_priority
from chalicelib.actions.handoffs.keep_handoff import keep_handoff, wait_with_handoff
from chalicelib.domain.clock.moments import Waiting
from chalicelib.domain.errors import DomainError, Forbidden, InvalidRequest, InvalidState
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, escalation_queue, policies
from tests.support.builders import ACME, ALEX, JANE, JOE, OLGA, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, now, resolve, try_step

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def held(tables: None) -> HandoffDetail:
    """An urgent escalation that Sam claimed at minute 12; a quiet urgent claim is asked after 30 minutes."""
    for person in (SAM, ALEX, OLGA):
        engineers.enter(person)
    handoff = escalated(priority=Priority.URGENT)
    claim(handoff, at_minute=12)
    return handoff


def keep(handoff: HandoffDetail, at_minute: int, by: Caller = SAM) -> None:
    keep_handoff(handoff.session_id, handoff.id, by=by, at=minute(at_minute))


def wait(handoff: HandoffDetail, at_minute: int, until: int, by: Caller = SAM) -> None:
    waiting = Waiting(until=minute(until), reason="Customer calls back")
    wait_with_handoff(handoff.session_id, handoff.id, waiting, by=by, at=minute(at_minute))


def prioritize(handoff: HandoffDetail, priority: Priority, by: Caller = JANE) -> None:
    change_priority(handoff.session_id, handoff.id, priority, by=by, at=minute(20))


def asked(at_minute: int) -> int:
    done = run_clock(at=minute(at_minute)).done
    return done.get("idle", 0) + done.get("waiting", 0)


def test_keep_counts_as_work(held: HandoffDetail) -> None:
    keep(held, at_minute=40)

    assert [asked(at) for at in (42, 69, 70)] == [0, 0, 1]


def test_keep_answers_the_question(held: HandoffDetail) -> None:
    asked(42)

    keep(held, at_minute=50)

    assert now(held).asked_at is None
    run_clock(at=minute(57))
    assert now(held).status is HandoffStatus.CLAIMED


def test_waiting_is_asked_at_its_end_and_not_before(held: HandoffDetail) -> None:
    wait(held, at_minute=20, until=600)

    assert [asked(at) for at in (50, 599, 600)] == [0, 0, 1]
    assert now(held).waiting is None


def test_keep_ends_a_waiting(held: HandoffDetail) -> None:
    wait(held, at_minute=20, until=600)

    keep(held, at_minute=30)

    assert (now(held).waiting, asked(59), asked(60)) == (None, 0, 1)


@pytest.mark.parametrize("until", [20, 19, 20 + 7 * 24 * 60 + 1, 365 * 24 * 60])
def test_waiting_ends_within_seven_days(held: HandoffDetail, until: int) -> None:
    before = now(held)

    with pytest.raises(InvalidRequest):
        wait(held, at_minute=20, until=until)

    assert now(held) == before


@pytest.mark.parametrize("by", [ALEX, JANE, OLGA])
def test_keep_is_the_holders_alone(held: HandoffDetail, by: Caller) -> None:
    with pytest.raises(Forbidden):
        keep(held, at_minute=20, by=by)


def test_keep_of_what_nobody_holds_is_refused(held: HandoffDetail) -> None:
    resolve(held.session_id, by=SAM, epoch=3)

    with pytest.raises(InvalidState):
        keep(held, at_minute=50)


def test_keep_beside_the_clocks_return_does_not_bring_the_case_back(held: HandoffDetail, recorder: Recorder) -> None:
    asked(42)
    recorder.tamper("UpdateItem", meanwhile(lambda: run_clock(at=minute(57))))

    with pytest.raises(InvalidState):
        keep(held, at_minute=57)

    assert now(held).status is HandoffStatus.UNCLAIMED


def test_keep_that_comes_between_look_and_return_keeps_the_case(held: HandoffDetail, recorder: Recorder) -> None:
    asked(42)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: keep(held, at_minute=57)))

    assert "return" not in run_clock(at=minute(57)).done
    assert now(held).status is HandoffStatus.CLAIMED


def test_new_priority_moves_the_place_in_the_queue_and_the_ladder(tables: None) -> None:
    policies.forget()
    engineers.enter(SAM)
    first, second = escalated(priority=Priority.NORMAL), escalated(priority=Priority.HIGH)

    prioritize(first, Priority.URGENT)

    queue = escalation_queue.list_queue(ACME, SAM.person, PageRequest(25, None)).items
    assert [item.handoff_id for item in queue] == [first.id, second.id]
    assert now(first).ladder_start == minute(10)
    assert run_clock(at=minute(20)).done["step"] >= 1


@pytest.mark.parametrize(
    ("by", "refusal"), [(JANE, None), (SAM, None), (OLGA, None), (JOE, Forbidden)], ids=lambda each: str(each)[:12]
)
def test_priority_is_changed_by_those_concerned(tables: None, by: Caller, refusal: type[DomainError] | None) -> None:
    handoff = escalated(priority=Priority.NORMAL)

    if refusal:
        with pytest.raises(refusal):
            prioritize(handoff, Priority.LOW, by=by)
    else:
        prioritize(handoff, Priority.LOW, by=by)

    assert now(handoff).priority is (Priority.NORMAL if refusal else Priority.LOW)


def test_priority_of_a_claimed_handoff_stays(held: HandoffDetail) -> None:
    with pytest.raises(InvalidState):
        prioritize(held, Priority.LOW)


def test_claim_beside_a_new_priority_wins(tables: None, recorder: Recorder) -> None:
    handoff = escalated(priority=Priority.NORMAL)
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff)))

    with pytest.raises(InvalidState):
        prioritize(handoff, Priority.URGENT)

    assert (now(handoff).status, now(handoff).priority) == (HandoffStatus.CLAIMED, Priority.NORMAL)


def test_turn_after_a_keep_counts_from_the_later_of_both(held: HandoffDetail) -> None:
    keep(held, at_minute=20)
    try_step(held.session_id, by=SAM, epoch=3, at_minute=40)

    assert (asked(50), asked(70)) == (0, 1)
    assert now(held).asked_at == minute(70)
