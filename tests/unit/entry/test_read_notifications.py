"""`POST /notifications/read`: one of three things, of one's own account."""

import pytest

from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ABSENT, ALEX, HANK, JANE
from tests.support.table_contents import contents

TIME = "2026-11-23T09:00:00.000Z"


@pytest.fixture
def handoff(api: ApiClient) -> dict[str, str]:
    opened = api.call("POST", "/sessions", by=JANE, body={"problem_summary": "Outlook is failing to sync"})
    there = f"/sessions/{opened.json['id']}/handoff"
    return dict(api.call("POST", there, by=JANE, body={"intent": "escalate"}).json)


def test_handoff_that_was_opened_is_kept_and_its_sender_sees_it(api: ApiClient, handoff: dict[str, str]) -> None:
    answer = api.call("POST", "/notifications/read", by=ALEX, body={"handoff_id": handoff["id"]})

    assert answer.status == 204
    (line,) = api.call("GET", "/sessions?mine=handed_off", by=JANE).json["items"]
    assert line["opened_by"] == [{"id": ALEX.id, "name": ALEX.name}]


@pytest.mark.parametrize("name", ["handoff_id", "session_id"])
def test_foreign_id_is_answered_as_an_absent_one(api: ApiClient, handoff: dict[str, str], name: str) -> None:
    foreign = {"handoff_id": handoff["id"], "session_id": handoff["session_id"]}[name]
    before = contents()

    answers = [api.call("POST", "/notifications/read", by=HANK, body={name: given}) for given in (foreign, ABSENT)]

    for answer in answers:
        assert_problem(answer, 404, "not_found")
    assert answers[0].text == answers[1].text
    assert contents() == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"up_to": None},
        {"up_to": TIME, "handoff_id": ABSENT},
        {"up_to": TIME, "handoff_id": None},
        {"handoff_id": ABSENT, "session_id": ABSENT},
        {"handoff_id": "x"},
        {"handoff_id": ABSENT.upper()},
        {"handoff_id": "x" * 100_000},
        {"session_id": f"{ABSENT}#detail"},
        {"handoff_id": [ABSENT]},
        {"up_to": "yesterday"},
    ],
    ids=repr,
)
def test_anything_but_one_of_three_is_refused(api: ApiClient, body: dict[str, object]) -> None:
    before = contents()

    answer = api.call("POST", "/notifications/read", by=ALEX, body=body)

    assert_problem(answer, 422, "invalid_request")
    assert contents() == before
