import pytest

from chalicelib.domain.errors import IdempotencyMismatch, NotFound
from chalicelib.store import sessions
from tests.support.builders import ACME, GLOBEX, SESSION_ID, a_session
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder

BODY, OTHER_BODY = "a" * 64, "b" * 64


def test_session_is_there_once_it_is_created(tables: None) -> None:
    sessions.create(a_session(), None)

    assert sessions.load(ACME, SESSION_ID) == a_session()


def test_absent_session_is_not_found(tables: None) -> None:
    with pytest.raises(NotFound):
        sessions.load(ACME, SESSION_ID)


def test_session_of_another_account_is_not_found(tables: None) -> None:
    sessions.create(a_session(), None)

    with pytest.raises(NotFound):
        sessions.load(GLOBEX, SESSION_ID)


def test_session_is_read_as_it_stands_not_as_it_stood(recorder: Recorder) -> None:
    sessions.create(a_session(), None)

    sessions.load(ACME, SESSION_ID)

    assert recorder.exchanges[-1].asked["ConsistentRead"] is True


def test_same_request_creates_nothing_twice_and_returns_what_it_made(tables: None) -> None:
    sessions.create(a_session(), BODY)

    again = sessions.create(a_session(problem_summary="Something else"), BODY)

    assert again == a_session() == sessions.load(ACME, SESSION_ID)


@pytest.mark.parametrize("digest", [OTHER_BODY, None])
def test_same_key_with_another_body_is_refused(tables: None, digest: str | None) -> None:
    sessions.create(a_session(), BODY)

    with pytest.raises(IdempotencyMismatch):
        sessions.create(a_session(problem_summary="Something else"), digest)

    assert sessions.load(ACME, SESSION_ID) == a_session()


def test_same_id_in_another_account_is_another_session(tables: None) -> None:
    sessions.create(a_session(), BODY)

    sessions.create(a_session(account_id=GLOBEX, problem_summary="Theirs"), OTHER_BODY)

    assert sessions.load(ACME, SESSION_ID) == a_session()
    assert sessions.load(GLOBEX, SESSION_ID).problem_summary == "Theirs"


@pytest.mark.parametrize("digest", [BODY, None])
def test_session_whose_creation_lost_its_answer_is_created_once(recorder: Recorder, digest: str | None) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert sessions.create(a_session(), digest) == a_session()
    assert recorder.operations == ["TransactWriteItems", "TransactWriteItems", "Query"]
