"""The first screen in one answer: whole, in parts when something fails, and for somebody without a role."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions.notifications.live_connections import open_connection
from chalicelib.domain.errors import Unauthenticated
from chalicelib.entry.start import PARTS
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.api.token_faults import FORBIDDEN, UNAUTHENTICATED, Fault
from tests.support.builders import ALEX, HANK, JANE
from tests.support.dynamodb.faults import Deliver, refuse
from tests.support.dynamodb.recorder import Asked, Recorder, recording_requests

READS = {"feed": "feed", "escalations": "handoffs", "sessions": "sessions", "live": "connections", "me": "engineers"}
"""The table that a part is read from, or written to, by its name."""


def started(api: ApiClient, **headers: str) -> Answer:
    return api.call("GET", "/start", by=None if headers else ALEX, headers=headers or None)


@pytest.fixture
def escalated(api: ApiClient) -> str:
    opened = api.call("POST", "/sessions", by=JANE, body={"problem_summary": "Outlook is failing to sync"})
    there = f"/sessions/{opened.json['id']}"
    return str(api.call("POST", f"{there}/handoff", by=JANE, body={"intent": "escalate"}).json["id"])


def test_start_answers_what_the_single_routes_answer(api: ApiClient, escalated: str) -> None:
    answer = started(api)

    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.json["problems"] == {}
    for part, route in (("me", "me"), ("escalations", "escalations"), ("sessions", "sessions"), ("notifications",) * 2):
        assert answer.json[part] == api.call("GET", f"/{route}", by=ALEX).json, part
    assert [item["handoff_id"] for item in answer.json["escalations"]["items"]] == [escalated]


def test_start_says_where_the_feed_goes_on(api: ApiClient) -> None:
    position = started(api).json["feed"]["resume_after"]

    feed = api.call("GET", "/feed", by=ALEX).json
    assert position == feed["resume_after"]


def test_start_gives_an_address_that_opens_one_socket(api: ApiClient) -> None:
    url = started(api).json["live"]["url"]

    token = parse_qs(url.partition("?")[2])["token"][0]
    open_connection(token, "first", at=datetime.now(UTC))
    with pytest.raises(Unauthenticated):
        open_connection(token, "second", at=datetime.now(UTC))


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("part", READS)
def test_part_that_fails_does_not_take_the_others_along(api: ApiClient, escalated: str, part: str) -> None:
    def fail_the_part(asked: Asked, deliver: Deliver) -> AWSResponse:
        is_of_part = f'"TableName": "flowpilot-test-{READS[part]}"' in json.dumps(asked.body)
        return refuse("ProvisionedThroughputExceededException")(deliver) if is_of_part else deliver()

    with recording_requests() as recorder:
        recorder.every = fail_the_part
        answer = started(api)

    assert answer.status == 200
    assert part in answer.json["problems"], answer.json["problems"]
    assert answer.json["problems"][part]["code"] == "unavailable"
    assert answer.json[part] is None
    assert [name for name in PARTS if answer.json[name] is None] == list(answer.json["problems"])
    assert len(answer.json["problems"]) <= 2


@pytest.mark.parametrize("fault", FORBIDDEN.values(), ids=FORBIDDEN)
def test_person_without_a_role_reads_their_profile_alone(api: ApiClient, fault: Fault) -> None:
    with recording_requests() as recorder:
        answer = started(api, authorization=fault(api.provider))

    assert answer.status == 200
    assert answer.json["me"]["role"] is None
    assert [answer.json[name] for name in PARTS if name != "me"] == [None] * (len(PARTS) - 1)
    assert {problem["code"] for problem in answer.json["problems"].values()} == {"forbidden"}
    assert recorder.operations == []


@pytest.mark.parametrize("fault", UNAUTHENTICATED.values(), ids=UNAUTHENTICATED)
def test_expired_or_forged_token_starts_nothing(api: ApiClient, fault: Fault) -> None:
    with recording_requests() as recorder:
        answer = started(api, authorization=fault(api.provider))

    assert_problem(answer, 401, "unauthenticated")
    assert recorder.operations == []


def test_start_shows_nothing_of_another_account(api: ApiClient, escalated: str) -> None:
    answer: dict[str, Any] = api.call("GET", "/start", by=HANK).json

    assert answer["escalations"]["items"] == []
    assert escalated not in json.dumps(answer)


def test_start_asks_dynamodb_as_often_as_its_parts_need(api: ApiClient, escalated: str) -> None:
    with recording_requests() as first:
        started(api)
    with recording_requests() as second:
        started(api)

    assert (
        len(writes_of(first)) == 4
    )  # somebody new enters directory and list of accounts; their tickets are looked for
    assert len(first.operations) <= 17, first.operations
    assert len(writes_of(second)) == 1
    assert len(second.operations) <= 12, second.operations


def writes_of(recorder: Recorder) -> list[str]:
    return [name for name in recorder.operations if name not in ("Query", "GetItem", "BatchGetItem")]
