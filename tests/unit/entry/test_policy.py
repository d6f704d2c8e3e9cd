"""The policy over HTTP: its defaults, what may be saved, and the preview."""

from typing import Any

import pytest

from chalicelib.store import engineers, policies
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import HANK, OLGA, SAM, a_caller

GRETA = a_caller("Greta", OLGA.role, HANK.account_id)
FRIDAY_EVENING = "2026-11-27T17:55"
FOR_SAM = {"after_min": 0, "tell": ["person:sub-sam"]}


def put(api: ApiClient, policy: dict[str, Any], **more: Any) -> Answer:
    return api.call("PUT", "/policy", by=OLGA, body={"policy": policy, **more})


def preview(api: ApiClient, policy: dict[str, Any], start: str = FRIDAY_EVENING, **more: Any) -> Answer:
    body = {"policy": policy, "priority": "urgent", "start": start, **more}
    return api.call("POST", "/policy/preview", by=OLGA, body=body)


def test_policy_that_was_never_saved_has_defaults(api: ApiClient) -> None:
    answer = api.call("GET", "/policy", by=OLGA)

    assert (answer.status, answer.json["version"]) == (200, 0)
    assert answer.json["policy"]["direct_for_min"] == 10
    assert [step["after_min"] for step in answer.json["policy"]["priorities"]["urgent"]["ladder"]] == [0, 5, 15]


def test_saved_policy_is_read_again_as_it_was_sent(api: ApiClient) -> None:
    hours = {"mon": [["22:00", "06:00"]], "tue": []}
    saved = put(api, {"working_hours": hours, "holidays": ["2026-12-25"], "time_zone": "America/Vancouver"})

    read = api.call("GET", "/policy", by=OLGA)

    assert (saved.status, read.json) == (200, saved.json)
    assert read.json["policy"]["working_hours"]["mon"] == [["22:00", "06:00"]]
    assert (read.json["policy"]["holidays"], read.json["version"]) == (["2026-12-25"], 1)
    assert api.call("GET", "/policy", by=GRETA).json["version"] == 0


def test_sent_policy_as_it_was_read_changes_nothing_but_the_version(api: ApiClient) -> None:
    first = put(api, {"direct_for_min": 7})

    again = put(api, first.json["policy"], version=1)

    assert (again.json["policy"], again.json["version"]) == (first.json["policy"], 2)


def test_policy_saved_over_a_version_that_is_gone_is_refused(api: ApiClient) -> None:
    put(api, {"direct_for_min": 7}, version=0)

    answer = put(api, {"direct_for_min": 9}, version=0)

    assert_problem(answer, 409, "invalid_state")
    assert api.call("GET", "/policy", by=OLGA).json["policy"]["direct_for_min"] == 7


def test_repeated_save_whose_answer_was_lost_succeeds(api: ApiClient) -> None:
    put(api, {"direct_for_min": 7}, version=0)

    again = put(api, {"direct_for_min": 7}, version=0)

    assert (again.status, again.json["version"]) == (200, 1)


@pytest.mark.parametrize(
    ("policy", "pointer"),
    [
        ({"direct_for_min": -1}, "/policy/direct_for_min"),
        ({"direct_for_min": 10**9}, "/policy/direct_for_min"),
        ({"priorities": {"urgent": {"ladder": []}}}, "/policy/priorities/urgent/ladder"),
        ({"priorities": {"urgent": {"ladder": [{"after_min": 0, "tell": ["boss"]}]}}}, "/policy/priorities/urgent"),
        ({"priorities": {"urgent": {"ladder": [FOR_SAM]}}}, "/priorities/urgent/ladder/0/tell/0"),
        ({"time_zone": "Mars/Base"}, "/policy/time_zone"),
        ({"working_hours": {"mon": [["08:00", "12:00"], ["11:00", "18:00"]]}}, "/policy/working_hours"),
        ({"clients": [{"match": {"client": "Acorn"}}, {"match": {"client": "acorn "}}]}, "/policy"),
        ({"clients": [{"match": {}}]}, "/policy/clients/0/match"),
        ({"clients": [{"match": {"client": "Acorn"}, "senior": "sub-stranger"}]}, "/clients/0/senior"),
    ],
    ids=str,
)
def test_policy_that_cannot_be_right_is_refused_by_place(api: ApiClient, policy: dict[str, Any], pointer: str) -> None:
    answer = put(api, policy)

    assert_problem(answer, 422, "invalid_request")
    assert answer.json["errors"][0]["pointer"].startswith(pointer)
    assert api.call("GET", "/policy", by=OLGA).json["version"] == 0


def test_preview_says_when_whom_an_urgent_escalation_on_friday_evening_reaches(api: ApiClient) -> None:
    engineers.enter(SAM)

    answer = preview(api, {})

    steps = answer.json["steps"]
    assert [step["local_at"] for step in steps[:3]] == [
        "2026-11-27T17:55+01:00",
        "2026-11-27T18:00+01:00",
        "2026-11-27T18:10+01:00",
    ]
    assert [person["name"] for person in steps[1]["people"]] == ["Sam"]


def test_preview_of_working_hours_goes_on_when_they_begin_again(api: ApiClient) -> None:
    answer = preview(api, {}, priority="high")

    assert [step["local_at"] for step in answer.json["steps"][:2]] == [
        "2026-11-27T17:55+01:00",
        "2026-11-30T08:10+01:00",
    ]


def test_preview_takes_a_start_with_an_offset_as_the_instant_it_is(api: ApiClient) -> None:
    answer = preview(api, {}, start="2026-11-27T16:55:00Z")

    assert answer.json["steps"] == preview(api, {}).json["steps"]


def test_preview_follows_the_rules_of_a_client(api: ApiClient) -> None:
    acorn = {"match": {"client": "Acorn"}, "ladder": [{"after_min": 30, "tell": ["admins"]}]}

    answer = preview(api, {"clients": [acorn]}, client={"name": "ACORN"})

    assert [step["tell"] for step in answer.json["steps"]] == [["admins"]] * 3


@pytest.mark.parametrize("start", ["1969-12-31T00:00", "3000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"])
def test_preview_of_a_start_that_no_clock_reaches_is_refused(api: ApiClient, start: str) -> None:
    assert_problem(preview(api, {}, start=start), 422, "invalid_request")


def test_stored_policy_that_cannot_be_read_leaves_the_defaults(api: ApiClient) -> None:
    from chalicelib.store import accounts

    accounts.save(OLGA.account_id, "policy", {"direct_for_min": "soon"}, None)

    assert policies.find(OLGA.account_id).direct_for_min == 10
