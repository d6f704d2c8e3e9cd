import pytest

from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.domain.errors import Forbidden, IdempotencyMismatch, InvalidState, NotFound, StaleEpoch, Unavailable
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Author, Step, Turn
from chalicelib.store import turns
from tests.support.builders import ACME, GINA, JANE, JOE, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, keyed, open_case, resolve, session_of, try_step


@pytest.fixture
def session(tables: None) -> Session:
    return open_case()


def stored(session: Session) -> list[Turn]:
    return turns.list_in_order(ACME, session.id, PageRequest(100)).items


def test_step_is_kept_with_who_tried_it_and_when(session: Session) -> None:
    step = try_step(session.id)

    assert stored(session) == [step]
    assert isinstance(step, Step)
    assert (step.seq, step.author, step.created_at, step.epoch) == (1, Author.engineer(JANE.person), minute(2), 1)


def test_steps_are_numbered_in_the_order_they_come(session: Session) -> None:
    assert [try_step(session.id).seq for _ in range(3)] == [1, 2, 3]


def test_numbers_go_on_when_the_session_changes_hands(tables: None) -> None:
    handoff = escalated()
    claim(handoff, SAM)

    step = try_step(handoff.session_id, by=SAM, epoch=3)

    assert (step.seq, step.epoch, step.author) == (
        3,
        3,
        Author.engineer(SAM.person),
    )  # the second turn is the sender's note


def test_step_is_one_read_and_one_write(recorder: Recorder, session: Session) -> None:
    recorder.exchanges.clear()

    try_step(session.id, request=keyed())

    assert recorder.operations == ["Query", "TransactWriteItems"]


@pytest.mark.parametrize("by", [JOE, SAM, GINA], ids=lambda by: by.name)
def test_session_is_not_found_for_a_stranger(session: Session, by: Caller) -> None:
    with pytest.raises(NotFound):
        try_step(session.id, by=by)

    assert stored(session) == []


def test_session_that_is_not_there_is_not_found(tables: None) -> None:
    with pytest.raises(NotFound):
        try_step("absent")


def test_stale_epoch_is_refused_with_the_current_one(tables: None) -> None:
    handoff = escalated()
    claim(handoff, SAM)

    with pytest.raises(StaleEpoch) as refusal:
        try_step(handoff.session_id, by=JANE, epoch=1)

    assert refusal.value.current_epoch == 3


def test_owner_who_handed_off_may_not_add_steps(tables: None) -> None:
    handoff = escalated()
    claim(handoff, SAM)

    with pytest.raises(Forbidden):
        try_step(handoff.session_id, by=JANE, epoch=3)


def test_session_that_waits_takes_no_steps(tables: None) -> None:
    handoff = escalated()

    with pytest.raises(InvalidState):
        try_step(handoff.session_id, epoch=2)


def test_resolved_session_takes_no_steps(session: Session) -> None:
    resolve(session.id, by=JANE, epoch=1)

    with pytest.raises(InvalidState):
        try_step(session.id)


def test_turn_that_slips_in_between_takes_the_number_before(recorder: Recorder, session: Session) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(session.id, "Came first")))

    step = try_step(session.id, "Came second")

    assert [turn.seq for turn in stored(session)] == [1, 2]
    assert step == stored(session)[1]


def test_turns_that_keep_slipping_in_make_it_unavailable(recorder: Recorder, session: Session) -> None:
    def slip_in() -> None:
        recorder.tamper("TransactWriteItems", lambda deliver: deliver())
        try_step(session.id, "Came first")
        recorder.tamper("TransactWriteItems", meanwhile(slip_in))

    recorder.tamper("TransactWriteItems", meanwhile(slip_in))

    with pytest.raises(Unavailable):
        try_step(session.id, "Never came")

    assert [getattr(turn, "action", "") for turn in stored(session)] == ["Came first"] * ATTEMPTS


def test_handoff_that_slips_in_between_stops_the_step(recorder: Recorder, session: Session) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: hand_off(session.id)))

    with pytest.raises(StaleEpoch):
        try_step(session.id)

    assert [turn.kind for turn in stored(session)] == ["note"]


def test_repeat_after_a_lost_answer_adds_nothing_and_gives_the_same_answer(session: Session) -> None:
    first = try_step(session.id, request=keyed())

    assert try_step(session.id, request=keyed()) == first
    assert stored(session) == [first]


def test_repeat_after_the_session_changed_hands_gives_the_same_answer(session: Session) -> None:
    first = try_step(session.id, request=keyed())
    claim(hand_off(session.id), SAM)

    assert try_step(session.id, request=keyed()) == first


def test_repeat_that_was_never_carried_out_is_told_why_it_is_refused(session: Session) -> None:
    hand_off(session.id)

    with pytest.raises(StaleEpoch):
        try_step(session.id, request=keyed())


@pytest.mark.parametrize("is_handed_off", [False, True])
def test_key_that_was_used_with_another_body_is_refused(session: Session, is_handed_off: bool) -> None:  # noqa: FBT001  pytest gives it by name
    try_step(session.id, request=keyed(body="a"))
    if is_handed_off:
        hand_off(session.id)

    with pytest.raises(IdempotencyMismatch):
        try_step(session.id, "Another", request=keyed(body="b"))

    assert [turn.kind for turn in stored(session)] == ["step", *(["note"] if is_handed_off else [])]


def test_concurrent_equal_requests_add_one_step(recorder: Recorder, session: Session) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(session.id, request=keyed())))

    step = try_step(session.id, request=keyed())

    assert stored(session) == [step]


def test_key_used_in_one_session_says_nothing_of_another(session: Session) -> None:
    other = open_case()
    try_step(session.id, "Here", request=keyed())

    assert getattr(try_step(other.id, "There", request=keyed()), "action", "") == "There"
    assert session_of(hand_off(other.id)).step_count == 1
