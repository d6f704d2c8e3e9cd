"""Devices that get push messages, over HTTP."""

from typing import Any

import pytest

from chalicelib.domain.deliveries.device import MOST_DEVICES
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ALEX, HANK, SAM
from tests.support.environment import configured
from tests.support.push import SUBSCRIPTION, key_pair

PATH = "/me/devices"
KEYS: dict[str, str] = SUBSCRIPTION["keys"]  # type: ignore[assignment]


def add(api: ApiClient, **changes: Any) -> Answer:
    return api.call("POST", PATH, by=SAM, body={"name": "Sam's phone", **SUBSCRIPTION, **changes})


def devices(api: ApiClient, by: Any = SAM) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.call("GET", "/me/notifications", by=by).json["devices"]
    return found


def test_device_is_listed_by_name_and_its_address_never_comes_out(api: ApiClient) -> None:
    answer = add(api)

    assert (answer.status, answer.json.keys()) == (201, {"id", "name", "added_at", "reached_at"})
    assert devices(api) == [answer.json]
    assert "push.example" not in api.call("GET", "/me/notifications", by=SAM).text


def test_devices_are_of_one_person_of_one_account(api: ApiClient) -> None:
    add(api)

    assert [devices(api, by=other) for other in (ALEX, HANK)] == [[], []]


def test_same_subscription_again_is_the_same_device(api: ApiClient) -> None:
    first = add(api).json

    again = add(api, name="Work phone").json

    assert (again["id"], again["added_at"]) == (first["id"], first["added_at"])
    assert [one["name"] for one in devices(api)] == ["Work phone"]


def test_one_device_too_many_is_refused(api: ApiClient) -> None:
    for number in range(MOST_DEVICES):
        assert add(api, endpoint=f"https://push.example.net/{number}").status == 201

    answer = add(api, endpoint="https://push.example.net/more")

    assert_problem(answer, 409, "invalid_state")
    assert "10 devices" in answer.json["detail"]
    assert len(devices(api)) == MOST_DEVICES


def test_device_that_was_removed_is_gone(api: ApiClient) -> None:
    path = f"{PATH}/{add(api).json['id']}"

    foreign, first, again = (api.call("DELETE", path, by=by).status for by in (ALEX, SAM, SAM))

    assert (foreign, first, again, devices(api)) == (404, 204, 404, [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.net/1"},
        {"endpoint": "https://10.0.0.1/1"},
        {"endpoint": "https://169.254.169.254/latest/meta-data"},
        {"endpoint": "https://localhost/1"},
        {"endpoint": "https://push.internal/1"},
        {"endpoint": "https://push.example.net:8443/1"},
        {"endpoint": "https://user:word@push.example.net/1"},
        {"endpoint": "https://push.example.net/#1"},
        {"endpoint": "https://push.example.net/" + "x" * 1_000},
        {"endpoint": "javascript:alert(1)"},
        {"endpoint": ""},
        {"keys": KEYS | {"auth": "short"}},
        {"keys": KEYS | {"p256dh": KEYS["p256dh"][:43]}},
        {"keys": KEYS | {"p256dh": "BCVxsr7N" + "A" * 79}},
        {"keys": {"auth": KEYS["auth"]}},
        {"keys": KEYS | {"more": "x"}},
        {"expirationTime": None},
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "x" * 201},
        {"account_id": "globex"},
    ],
)
def test_subscription_that_cannot_be_sent_to_is_refused(api: ApiClient, wrong: dict[str, Any]) -> None:
    answer = add(api, **wrong)

    assert_problem(answer, 422, "invalid_request")
    assert "push.example" not in answer.text
    assert devices(api) == []


def test_public_key_is_what_the_stack_has(api: ApiClient) -> None:
    with configured(PUSH_PUBLIC_KEY=key_pair()["public_key"]):
        answer = api.call("GET", "/me/notifications", by=SAM)

    assert answer.json["push_public_key"] == key_pair()["public_key"]


@pytest.mark.parametrize(
    ("raw", "status"),
    [(b"{}", 422), (b"nonsense", 400), (b'{"token": 1}', 422), (b'{"token": "YWNtZX4"}', 404), (b"x" * 140_000, 413)],
)
def test_saying_shown_with_what_is_no_token_is_refused(api: ApiClient, raw: bytes, status: int) -> None:
    assert api.call("POST", "/deliveries/shown", raw=raw).status == status
