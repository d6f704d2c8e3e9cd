"""Slack and Teams channels over HTTP: fixed hosts, addresses that never come out, and a test message."""

import pytest

from chalicelib.adapters.aws import versioned_secrets
from chalicelib.settings import settings
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import OLGA
from tests.support.scenarios import preconditions

SLACK = {"kind": "slack", "name": "Ops", "url": "https://hooks.slack.com/services/T000/B000/canary-key"}
TEAMS = {
    "kind": "teams",
    "name": "Ops",
    "url": "https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sp=%2Ft&sig=canary-key",
}


@pytest.fixture
def admin(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    versioned_secrets.forget()
    monkeypatch.setenv("STAGE", "dev")
    settings.cache_clear()
    return api


def put(admin: ApiClient, body: dict[str, str], channel_id: str = "ops") -> Answer:
    return admin.call("PUT", f"/channels/{channel_id}", by=OLGA, body=body)


@pytest.mark.parametrize("body", [SLACK, TEAMS], ids=["slack", "teams"])
def test_saved_channel_is_shown_without_its_address(admin: ApiClient, body: dict[str, str]) -> None:
    saved = put(admin, body)

    read = admin.call("GET", "/channels/ops", by=OLGA)

    assert (saved.status, read.json["kind"], read.json["is_on"]) == (200, body["kind"], True)
    assert "canary-key" not in saved.text + read.text


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (SLACK, "https://hooks.slack.com.evil.example/services/x"),
        (SLACK, "https://evil.example/hooks.slack.com"),
        (SLACK, "https://slack.com/services/x"),
        (SLACK, "http://hooks.slack.com/services/x"),
        (SLACK, TEAMS["url"]),
        (TEAMS, SLACK["url"]),
        (TEAMS, "https://logic.azure.com.evil.example/x"),
        (TEAMS, "https://evillogic.azure.com/x"),
        (TEAMS, "https://169.254.169.254/x"),
        (TEAMS, "http://localhost:4595/teams/x"),
    ],
)
def test_address_at_another_host_is_refused(admin: ApiClient, body: dict[str, str], url: str) -> None:
    answer = put(admin, {**body, "url": url})

    assert_problem(answer, 422, "invalid_request")
    assert (answer.json["errors"][0]["pointer"], url in answer.text) == ("/url", False)


def test_kind_of_a_channel_stays(admin: ApiClient) -> None:
    put(admin, SLACK)

    answer = put(admin, TEAMS)

    assert_problem(answer, 422, "invalid_request")
    assert admin.call("GET", "/channels/ops", by=OLGA).json["kind"] == "slack"


def test_webhooks_and_channels_are_two_lists(admin: ApiClient) -> None:
    put(admin, SLACK)

    assert admin.call("GET", "/webhooks", by=OLGA).json["items"] == []
    assert_problem(admin.call("GET", "/webhooks/ops", by=OLGA), 404, "not_found")
    assert len(admin.call("GET", "/channels", by=OLGA).json["items"]) == 1


def test_address_that_is_not_named_stays_and_a_new_channel_needs_one(admin: ApiClient) -> None:
    put(admin, SLACK)

    renamed = put(admin, {"kind": "slack", "name": "Night shift"})
    without = put(admin, {"kind": "slack", "name": "New"}, "new")

    assert (renamed.json["name"], renamed.json["host"]) == ("Night shift", "hooks.slack.com")
    assert_problem(without, 422, "invalid_request")


def test_deleted_channel_is_gone(admin: ApiClient) -> None:
    put(admin, SLACK)

    assert admin.call("DELETE", "/channels/ops", by=OLGA).status == 204
    assert_problem(admin.call("GET", "/channels/ops", by=OLGA), 404, "not_found")


def test_test_message_that_nobody_takes_says_so(admin: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGE", "local")
    settings.cache_clear()
    preconditions.a_chat_channel(OLGA)

    answer = admin.call("POST", "/channels/ops/test", by=OLGA)

    assert answer.json == {"works": False, "detail": "The receiver cannot be reached."}
