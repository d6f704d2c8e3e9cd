import pytest

from chalicelib.actions.handoffs.escalate_session import escalate_session
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.contracts.requests import EscalateRequest
from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.errors import Forbidden, IdempotencyMismatch, InvalidState, NotFound, StaleEpoch, Unavailable
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, GINA, JANE, JOE, SAM, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    keyed,
    now,
    open_case,
    resolve,
    session_of,
    try_step,
    withdraw,
)


@pytest.fixture
def session(tables: None) -> Session:
    return open_case()


def escalate(session_id: str, by: Caller = JANE, **more: object) -> Session:
    body = EscalateRequest(reason="Out of ideas.", priority=Priority.URGENT)
    return escalate_session(session_id, body, by=by, at=minute(10), **more)  # type: ignore[arg-type]  # words by name


@pytest.mark.parametrize(("intent", "status"), [("escalate", SessionStatus.ESCALATED), ("park", SessionStatus.PARKED)])
def test_hand_off_frees_the_session_and_is_there_to_be_claimed(
    session: Session, intent: Intent, status: SessionStatus
) -> None:
    handoff = hand_off(session.id, intent=intent)

    assert now(handoff) == handoff
    assert (handoff.status, handoff.assessment_status) == (HandoffStatus.UNCLAIMED, AssessmentStatus.PENDING)
    assert (session_of(handoff).status, session_of(handoff).holder) == (status, None)


def test_report_of_the_sender_is_stored_and_shown_in_the_queue(session: Session) -> None:
    handoff = hand_off(session.id, suspicion="the firmware", reason="needs_access", affected="site")

    item = list_escalations(PageRequest(25, None), by=SAM).items[0]
    assert (now(handoff).suspicion, now(handoff).reason, now(handoff).affected) == (
        "the firmware",
        Reason.NEEDS_ACCESS,
        Affected.SITE,
    )
    assert (item.reason, item.affected) == (Reason.NEEDS_ACCESS, Affected.SITE)


def test_handoff_is_born_with_the_sessions_new_epoch(session: Session) -> None:
    handoff = hand_off(session.id)

    assert session_of(handoff).epoch == handoff.claim_epoch == 2


def test_package_names_the_handoff_from_the_beginning(session: Session) -> None:
    handoff = hand_off(session.id)

    assert read_package(session_of(handoff)) == handoff.package


def test_snapshot_holds_what_was_done(session: Session) -> None:
    step = try_step(session.id)

    snapshot = hand_off(session.id).snapshot

    assert (snapshot.steps, snapshot.step_count, snapshot.omitted) == ((step,), 1, 0)
    assert snapshot.taken_at == minute(10)


def test_snapshot_stays_as_it_was(session: Session) -> None:
    handoff = hand_off(session.id)
    claim(handoff, SAM)
    try_step(session.id, by=SAM, epoch=3)

    assert now(handoff).snapshot == handoff.snapshot


def test_turn_that_slips_in_before_the_write_is_in_the_snapshot(session: Session, recorder: Recorder) -> None:
    try_step(session.id, "First")
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(session.id, "Slipped in")))

    handoff = hand_off(session.id)

    assert [step.action for step in handoff.snapshot.steps] == ["First", "Slipped in"]
    assert now(handoff).snapshot.step_count == 2


def test_turn_that_slips_in_between_the_reads_is_neither_lost_nor_counted_twice(
    session: Session, recorder: Recorder
) -> None:
    try_step(session.id, "First")
    recorder.tamper("Query", meanwhile(lambda: try_step(session.id, "Slipped in")))

    handoff = hand_off(session.id)

    assert [step.seq for step in handoff.snapshot.steps] == [1, 2]
    assert (handoff.snapshot.step_count, handoff.snapshot.omitted) == (2, 0)


def test_turns_that_keep_slipping_in_make_it_unavailable_and_leave_the_session_as_it_is(
    session: Session, recorder: Recorder
) -> None:
    def slip_in() -> None:
        recorder.tamper("TransactWriteItems", lambda deliver: deliver())
        try_step(session.id)
        recorder.tamper("TransactWriteItems", meanwhile(slip_in))

    recorder.tamper("TransactWriteItems", meanwhile(slip_in))

    with pytest.raises(Unavailable):
        hand_off(session.id)

    assert HandoffRow.count(ACME) == 0
    assert ATTEMPTS == 5


def test_second_hand_off_of_the_same_session_is_refused(session: Session) -> None:
    hand_off(session.id)

    with pytest.raises(InvalidState):
        hand_off(session.id)

    assert HandoffRow.count(ACME) == 1


def test_concurrent_hand_offs_make_one_handoff(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: hand_off(session.id)))

    with pytest.raises(InvalidState):
        hand_off(session.id)

    assert HandoffRow.count(ACME) == 1


def test_holder_by_claim_passes_it_on(tables: None) -> None:
    first = escalated()
    claim(first, SAM)

    second = hand_off(first.session_id, by=SAM)

    assert (now(first).status, second.sender) == (HandoffStatus.PASSED_ON, SAM.person)
    assert session_of(second).open_handoff_id == second.id
    assert session_of(second).epoch == second.claim_epoch == 4


@pytest.mark.parametrize(("by", "refusal"), [(JOE, NotFound), (GINA, NotFound)], ids=["stranger", "foreigner"])
def test_session_of_another_engineer_is_not_found(session: Session, by: Caller, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        hand_off(session.id, by=by)


def test_owner_who_does_not_hold_it_may_not_hand_it_off(tables: None) -> None:
    first = escalated()
    claim(first, SAM)

    with pytest.raises(Forbidden):
        hand_off(first.session_id, by=JANE)

    assert now(first).status is HandoffStatus.CLAIMED


def test_stale_epoch_is_refused_with_the_current_one(session: Session) -> None:
    withdraw(hand_off(session.id))

    with pytest.raises(StaleEpoch) as refusal:
        hand_off(session.id, epoch=1)

    assert refusal.value.current_epoch == 3


def test_resolved_session_cannot_be_handed_off(session: Session) -> None:
    resolve(session.id, by=JANE, epoch=1)

    with pytest.raises(InvalidState):
        hand_off(session.id)


def test_repeat_after_a_lost_answer_hands_off_nothing_and_gives_the_same_answer(session: Session) -> None:
    first = hand_off(session.id, request=keyed())

    assert hand_off(session.id, request=keyed()) == first
    assert HandoffRow.count(ACME) == 1


def test_repeat_after_the_claim_shows_the_handoff_as_it_stands(session: Session) -> None:
    first = hand_off(session.id, request=keyed())
    claim(first, SAM)

    assert hand_off(session.id, request=keyed()) == now(first)


def test_repeat_after_the_session_came_back_hands_off_nothing(session: Session) -> None:
    first = hand_off(session.id, request=keyed())
    withdraw(first)

    assert hand_off(session.id, request=keyed()).status is HandoffStatus.WITHDRAWN
    assert session_of(first).status is SessionStatus.ACTIVE


def test_equal_requests_at_once_make_one_handoff(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: hand_off(session.id, request=keyed())))

    handoff = hand_off(session.id, request=keyed())

    assert [row.handoff_id for row in HandoffRow.query(ACME)] == [handoff.id]


@pytest.mark.parametrize("is_back", [False, True])
def test_key_that_was_used_with_another_body_is_refused(session: Session, is_back: bool) -> None:  # noqa: FBT001  pytest gives it by name
    first = hand_off(session.id, request=keyed(body="a"))
    if is_back:
        withdraw(first)

    with pytest.raises(IdempotencyMismatch):
        hand_off(session.id, request=keyed(body="b"))

    assert HandoffRow.count(ACME) == 1


def test_answer_lost_between_us_and_dynamodb_makes_one_handoff(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    handoff = hand_off(session.id)

    assert [row.handoff_id for row in HandoffRow.query(ACME)] == [handoff.id]


def test_older_form_makes_the_same_handoff(session: Session) -> None:
    escalated_session = escalate(session.id)

    package = read_package(escalated_session)
    assert package is not None
    assert (package.reason, package.priority) == ("Out of ideas.", "urgent")
    assert escalated_session.open_handoff_id == package.handoff_id
    assert HandoffRow.get(ACME, package.handoff_id).intent == Intent.ESCALATE


def test_repeat_in_the_older_form_makes_no_second_handoff(session: Session) -> None:
    first = escalate(session.id, request=keyed())

    assert escalate(session.id, request=keyed()) == first
    assert HandoffRow.count(ACME) == 1
