import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.send_message import Exchange, send_message
from chalicelib.contracts.requests import MessageRequest, StepRequest
from chalicelib.domain.errors import Forbidden, InvalidState, NotFound, StaleEpoch, TooManyRequests
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.limits import Limits
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session
from chalicelib.domain.turn import ASSISTANT, Author, StepResult, Turn
from chalicelib.store import limits, sessions, turns
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, JANE, JOE, SAM, minute
from tests.support.dynamodb.faults import Deliver, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, keyed, open_case, resolve, try_step
from tests.support.servers.rehearsal_model import a_fault


@pytest.fixture
def session(ai: RehearsalModel) -> Session:
    return open_case()


def say(session_id: str, text: str = "It started on Monday.", epoch: int = 1, **more: object) -> Exchange:
    given = {"by": JANE, "at": minute(3)} | more
    return send_message(session_id, MessageRequest(text=text, epoch=epoch), **given)  # type: ignore[arg-type]  # words by name


def passing(deliver: Deliver) -> AWSResponse:
    """Leave a transaction alone: the first of a message counts it, the second keeps it, the third keeps the reply."""
    return deliver()


def stored(session: Session) -> list[Turn]:
    return turns.list_in_order(ACME, session.id, PageRequest(100)).items


def test_message_and_its_reply_are_kept_in_order(session: Session) -> None:
    message, reply, error = say(session.id)

    assert stored(session) == [message, reply]
    assert (message.author, message.text) == (Author.engineer(JANE.person), "It started on Monday.")
    assert reply is not None
    assert (reply.author, reply.reply_to, reply.epoch, error) == (ASSISTANT, message.seq, 1, None)


def test_assistant_takes_account_of_what_was_tried(session: Session) -> None:
    unaware = say(session.id).reply
    try_step(session.id, "Start Outlook in safe mode")

    aware = say(session.id).reply

    assert unaware is not None
    assert aware is not None
    assert "Start Outlook in safe mode" in aware.text
    assert "Start Outlook in safe mode" not in unaware.text


def test_message_is_kept_when_there_is_no_reply(session: Session, ai: RehearsalModel) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal"))

    exchange = say(session.id)

    assert (exchange.reply, exchange.reply_error) == (None, "refused")
    assert stored(session) == [exchange.message]


def test_turn_that_slips_in_before_the_reply_goes_first(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", passing, passing, meanwhile(lambda: try_step(session.id)))

    message, reply, _ = say(session.id)

    assert reply is not None
    assert [turn.seq for turn in stored(session)] == [1, 2, 3]
    assert (message.seq, reply.seq, reply.reply_to) == (1, 3, 1)


def test_reply_is_not_dated_before_the_turn_it_follows(session: Session, recorder: Recorder) -> None:
    later = StepRequest(kind="step", action="Restarted Outlook", result=StepResult.NO_EFFECT, epoch=1)
    slips_in = meanwhile(lambda: add_step(session.id, later, by=JANE, at=minute(4)))
    recorder.tamper("TransactWriteItems", passing, passing, slips_in)

    say(session.id, at=minute(3))

    assert [turn.created_at for turn in stored(session)] == [minute(3), minute(4), minute(4)]
    assert sessions.load(ACME, session.id).updated_at == minute(4)


def test_reply_that_comes_after_the_handoff_is_not_kept(session: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", passing, passing, meanwhile(lambda: hand_off(session.id)))

    exchange = say(session.id)

    assert (exchange.reply, exchange.reply_error) == (None, "session_moved_on")
    assert [turn for turn in stored(session) if turn.kind == "message"] == [exchange.message]


def test_repeat_after_a_lost_answer_asks_nobody_and_gives_the_same_answer(session: Session, ai: RehearsalModel) -> None:
    first = say(session.id, request=keyed())

    assert say(session.id, request=keyed()) == first
    assert len(ai.rehearsal.received) == 1
    assert stored(session) == [first.message, first.reply]


def test_repeat_gets_the_reply_that_was_not_to_be_had(session: Session, ai: RehearsalModel) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    first = say(session.id, request=keyed())

    second = say(session.id, request=keyed())

    assert (first.reply, second.message) == (None, first.message)
    assert stored(session) == [second.message, second.reply]


def test_repeat_finds_its_reply_behind_many_steps(session: Session, ai: RehearsalModel, recorder: Recorder) -> None:
    steps = meanwhile(lambda: [try_step(session.id) for _ in range(12)])
    recorder.tamper("TransactWriteItems", passing, passing, steps)
    first = say(session.id, request=keyed())

    assert say(session.id, request=keyed()) == first
    assert len(ai.rehearsal.received) == 1


def test_repeat_in_a_session_that_has_moved_on_asks_nobody(session: Session, ai: RehearsalModel) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    first = say(session.id, request=keyed())
    hand_off(session.id)

    second = say(session.id, request=keyed())

    assert second == Exchange(first.message, None, "session_moved_on")
    assert len(ai.rehearsal.received) == 1


def test_concurrent_equal_requests_write_one_message_and_one_reply(session: Session, recorder: Recorder) -> None:
    rivals: list[Exchange] = []
    recorder.tamper("TransactWriteItems", passing, meanwhile(lambda: rivals.append(say(session.id, request=keyed()))))

    exchange = say(session.id, request=keyed())

    assert [exchange] == rivals
    assert stored(session) == [exchange.message, exchange.reply]


def test_repeat_while_the_first_waits_for_its_reply_ends_in_one_reply(session: Session, recorder: Recorder) -> None:
    rivals: list[Exchange] = []

    def repeat() -> None:
        rivals.append(say(session.id, request=keyed()))

    recorder.tamper("TransactWriteItems", passing, passing, meanwhile(repeat))

    exchange = say(session.id, request=keyed())

    assert [exchange] == rivals
    assert len(stored(session)) == 2


@pytest.mark.parametrize(("by", "epoch", "refusal"), [(JOE, 1, NotFound), (JANE, 2, StaleEpoch), (SAM, 1, NotFound)])
def test_message_of_a_non_holder_is_refused_without_calling_the_model(
    session: Session, ai: RehearsalModel, by: object, epoch: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        say(session.id, epoch=epoch, by=by)

    assert stored(session) == []
    assert not ai.rehearsal.received


def test_owner_who_handed_off_may_not_speak(ai: RehearsalModel) -> None:
    handoff = escalated()
    claim(handoff, SAM)

    with pytest.raises(Forbidden):
        say(handoff.session_id, epoch=3)


def test_resolved_session_is_silent(session: Session) -> None:
    resolve(session.id, by=JANE, epoch=1)

    with pytest.raises(InvalidState):
        say(session.id)


def test_key_that_named_a_step_is_no_key_of_a_message(session: Session) -> None:
    """Routes are part of a key, so this takes a mistake of ours."""
    request: KeyedRequest = keyed()
    try_step(session.id, request=request)

    with pytest.raises(TypeError):
        say(session.id, request=request)


@pytest.fixture
def two_an_hour(tables: None, monkeypatch: pytest.MonkeyPatch) -> Limits:
    few = Limits(messages_per_hour=2)
    monkeypatch.setitem(limits._remembered, ACME, (float("inf"), few))
    return few


def test_message_over_the_limit_is_refused_before_anything_is_written(
    session: Session, ai: RehearsalModel, two_an_hour: Limits
) -> None:
    kept = [turn for exchange in (say(session.id), say(session.id)) for turn in (exchange.message, exchange.reply)]

    refusals = []
    for _ in range(10):
        with pytest.raises(TooManyRequests) as refused:
            say(session.id)
        refusals.append(refused.value)

    assert stored(session) == kept
    assert len(ai.rehearsal.received) == 2
    assert {(refusal.retry_at, refusal.retry_after_s) for refusal in refusals} == {(minute(60), 57 * 60)}


def test_new_hour_lets_messages_through_again(session: Session, two_an_hour: Limits) -> None:
    say(session.id)
    say(session.id)

    assert say(session.id, at=minute(60)).reply is not None


def test_repeat_of_a_kept_message_over_the_limit_gets_its_reply(
    session: Session, ai: RehearsalModel, two_an_hour: Limits
) -> None:
    first = say(session.id, request=keyed())
    say(session.id)

    assert say(session.id, request=keyed()) == first
    assert len(ai.rehearsal.received) == 2


def test_repeat_of_a_kept_message_without_reply_says_budget(
    session: Session, ai: RehearsalModel, two_an_hour: Limits
) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    first = say(session.id, request=keyed())
    say(session.id)

    assert say(session.id, request=keyed()) == Exchange(first.message, None, "budget")
    assert len(ai.rehearsal.received) == 2


def test_message_that_may_not_be_written_is_not_counted(session: Session, two_an_hour: Limits) -> None:
    for _ in range(3):
        with pytest.raises(StaleEpoch):
            say(session.id, epoch=2)

    assert say(session.id).reply is not None


def test_message_costs_a_read_of_the_policy_and_one_request_for_the_limits(
    session: Session, recorder: Recorder, two_an_hour: Limits
) -> None:
    say(session.id)

    counting = [sent for sent in recorder.exchanges if "accounts" in str(sent.asked)]
    assert [sent.operation for sent in counting] == ["GetItem", "TransactWriteItems"]
