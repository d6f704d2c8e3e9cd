"""Reading a screen again in one answer: what the single routes answer, and nothing else."""

from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.contracts.refresh_query import PARTS_OF_SESSION
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ABSENT, ALEX, HANK, JANE, SAM
from tests.support.dynamodb.faults import Deliver, refuse
from tests.support.dynamodb.recorder import Asked, recording_requests

LISTS = ("escalations", "handed_off", "sessions", "notifications")
PART_ROUTES = {
    "escalations": "/escalations",
    "handed_off": "/sessions?mine=handed_off",
    "sessions": "/sessions",
    "notifications": "/notifications",
    "session": "/sessions/{0}",
    "turns": "/sessions/{0}/turns?limit=100",
    "handoffs": "/sessions/{0}/handoffs",
    "history": "/sessions/{0}/history",
}


@pytest.fixture
def session_id(api: ApiClient) -> str:
    opened = api.call("POST", "/sessions", by=JANE, body={"problem_summary": "Outlook is failing to sync"})
    api.call("POST", f"/sessions/{opened.json['id']}/handoff", by=JANE, body={"intent": "escalate"})
    return str(opened.json["id"])


def refreshed(api: ApiClient, parts: str, session_id: str | None = None, by: Any = JANE) -> dict[str, Any]:
    of_session = f"&session_id={session_id}" if session_id else ""
    answer = api.call("GET", f"/refresh?parts={parts}{of_session}", by=by)
    assert answer.status == 200, answer.text
    return dict(answer.json)


@pytest.mark.parametrize("part", PART_ROUTES)
def test_part_is_what_its_own_route_answers(api: ApiClient, session_id: str, part: str) -> None:
    answer = refreshed(api, part, session_id)

    assert answer[part] == api.call("GET", PART_ROUTES[part].format(session_id), by=JANE).json
    assert [name for name in PART_ROUTES if answer[name] is not None] == [part]
    assert answer["problems"] == {}


def test_several_parts_come_in_one_answer(api: ApiClient, session_id: str) -> None:
    answer = refreshed(api, ",".join(PART_ROUTES), session_id)

    assert [name for name in PART_ROUTES if answer[name] is None] == []


def test_lists_come_where_nothing_is_named(api: ApiClient, session_id: str) -> None:
    answer = api.call("GET", "/refresh", by=ALEX).json

    assert [name for name in PART_ROUTES if answer[name] is not None] == list(LISTS)


def test_limit_holds_for_lists(api: ApiClient) -> None:
    for number in range(3):
        api.call("POST", "/sessions", by=JANE, body={"problem_summary": f"Problem {number}"})

    answer = api.call("GET", "/refresh?parts=sessions&limit=2", by=JANE).json

    assert len(answer["sessions"]["items"]) == 2


@pytest.mark.parametrize("by", [SAM, HANK], ids=["a colleague", "another account"])
def test_session_of_somebody_else_is_a_problem_of_its_parts_alone(api: ApiClient, session_id: str, by: Any) -> None:
    answer = refreshed(api, "sessions,session,turns,history", session_id, by)

    assert {name: problem["code"] for name, problem in answer["problems"].items()} == dict.fromkeys(
        ("session", "turns", "history"), "not_found"
    )
    assert answer["sessions"] is not None
    assert answer["session"] is answer["turns"] is answer["history"] is None


def test_foreign_session_is_answered_as_an_absent_one(api: ApiClient, session_id: str) -> None:
    parts = ",".join(PARTS_OF_SESSION)

    assert refreshed(api, parts, session_id, HANK) == refreshed(api, parts, ABSENT, HANK)


@pytest.mark.usefixtures("no_pauses")
def test_part_that_fails_does_not_take_the_others_along(api: ApiClient, session_id: str) -> None:
    def fail_the_feed(asked: Asked, deliver: Deliver) -> AWSResponse:
        is_feed = str(asked.body.get("TableName", "")).endswith("feed")
        return refuse("ProvisionedThroughputExceededException")(deliver) if is_feed else deliver()

    with recording_requests() as recorder:
        recorder.every = fail_the_feed
        answer = refreshed(api, "escalations,notifications")

    assert (answer["notifications"], answer["problems"]["notifications"]["code"]) == (None, "unavailable")
    assert answer["escalations"]["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "parts=",
        "parts=me",
        "parts=escalations,live",
        "parts=session",
        "parts=session&session_id=x",
        "parts=session&session_id=%23",
        "parts=Sessions",
        "limit=0",
        "limit=101",
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_is(api: ApiClient, query: str) -> None:
    with recording_requests() as recorder:
        answer = api.call("GET", f"/refresh?{query}", by=JANE)

    assert_problem(answer, 422, "invalid_request")
    assert recorder.operations == []


def test_refresh_writes_nothing(api: ApiClient, session_id: str) -> None:
    with recording_requests() as recorder:
        refreshed(api, ",".join(PART_ROUTES), session_id)

    assert set(recorder.operations) <= {"Query", "GetItem", "BatchGetItem"}
