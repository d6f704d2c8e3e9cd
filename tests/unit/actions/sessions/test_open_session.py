import pytest

from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.session import SessionStatus
from chalicelib.store import sessions
from chalicelib.store.rows.sessions import SessionRow
from tests.support.builders import ACME, JANE, JOE, SUMMARY, minute
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import keyed, open_case
from tests.support.scenarios.store import session_ids

pytestmark = pytest.mark.usefixtures("tables")


def test_opener_owns_and_holds_the_session() -> None:
    session = open_case()

    assert (session.owner, session.holder, session.status) == (JANE.person, JANE.person, SessionStatus.ACTIVE)
    assert (session.epoch, session.turn_count, session.step_count) == (1, 0, 0)
    assert sessions.load(ACME, session.id) == session


def test_session_says_what_was_asked_for_and_when() -> None:
    session = open_case()

    assert (session.problem_summary, session.psa_ticket_id) == (SUMMARY, "4711")
    assert session.created_at == session.updated_at == minute(0)


def test_requests_without_a_key_open_two_sessions() -> None:
    assert open_case().id != open_case().id


def test_repeat_after_a_lost_answer_opens_nothing_and_gives_the_same_answer() -> None:
    first = open_case(request=keyed())

    assert open_case(request=keyed()) == first
    assert session_ids() == [first.id]


def test_repeat_that_comes_when_work_has_begun_shows_the_session_as_it_stands() -> None:
    first = open_case(request=keyed())
    SessionRow(ACME, first.id).update([SessionRow.epoch.set(2)])

    assert open_case(request=keyed()).epoch == 2


def test_key_that_was_used_with_another_body_is_refused() -> None:
    open_case(request=keyed(body="a"))

    with pytest.raises(IdempotencyMismatch):
        open_case(request=keyed(body="b"), summary="Another")


def test_two_keys_open_two_sessions() -> None:
    assert open_case(request=keyed(1)).id != open_case(request=keyed(2), by=JOE).id


def test_answer_lost_between_us_and_dynamodb_opens_one_session(recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    session = open_case()

    assert session_ids() == [session.id]
