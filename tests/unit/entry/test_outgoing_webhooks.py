"""Outgoing webhooks over HTTP: what an admin may save, what is shown of it, its log, and sending again."""

from typing import Any

import boto3
import pytest

from chalicelib.adapters.aws import notifications_queue, versioned_secrets
from chalicelib.domain.deliveries.ledger import DeliveryState
from chalicelib.store import deliveries
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, HANDOFF_ID, HANK, OLGA, a_caller
from tests.support.channels import OTHER_SIGNING_SECRET, SIGNING_SECRET
from tests.support.environment import configure
from tests.support.scenarios import preconditions
from tests.support.tables import NOTIFICATIONS_QUEUE_URL

GLOBEX_ADMIN = a_caller("Greta", OLGA.role, HANK.account_id)
PATH = "/services/T000/B000/canary-in-the-path"
BODY: dict[str, object] = {
    "name": "Operations",
    "url": f"https://hooks.example.com{PATH}?token=canary-in-the-query",
    "secret": SIGNING_SECRET,
    "filter": {"types": ["handoff_created"], "least_priority": "high", "domains": ["VPN"]},
}


@pytest.fixture
def admin(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    versioned_secrets.forget()
    notifications_queue._client.cache_clear()
    configure(monkeypatch, STAGE="dev")
    return api


def put(admin: ApiClient, body: dict[str, object], webhook_id: str = "ops", **options: Any) -> Answer:
    return admin.call("PUT", f"/webhooks/{webhook_id}", by=OLGA, body=body, **options)


def pointer(answer: Answer) -> str:
    return str(answer.json["errors"][0]["pointer"])


def test_saved_webhook_is_shown_without_address_and_secret(admin: ApiClient) -> None:
    saved = put(admin, BODY)

    read = admin.call("GET", "/webhooks/ops", by=OLGA)

    assert (saved.status, read.json) == (200, saved.json)
    assert (read.json["host"], read.json["filter"], read.json["is_on"]) == ("hooks.example.com", BODY["filter"], True)
    assert [text for text in (PATH, "canary", SIGNING_SECRET) if text in read.text] == []


def test_saving_again_keeps_address_and_secret_that_are_not_named(admin: ApiClient) -> None:
    first = put(admin, BODY)

    second = put(admin, {"name": "Night shift", "version": first.json["version"]})

    kept = {name: first.json[name] for name in ("host", "secret_set_at", "created_at")}
    assert {name: second.json[name] for name in kept} == kept
    assert (second.json["name"], second.json["version"]) == ("Night shift", 2)


def test_stale_version_is_refused_and_nothing_is_saved(admin: ApiClient) -> None:
    put(admin, BODY)
    put(admin, {"name": "As they have it"})

    answer = put(admin, {"name": "As I have it", "version": 1})

    assert_problem(answer, 409, "invalid_state")
    assert admin.call("GET", "/webhooks/ops", by=OLGA).json["name"] == "As they have it"


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://10.0.0.1/x",
        "https://192.168.1.1/x",
        "https://[fd00:ec2::254]/x",
        "https://metadata.google.internal/x",
        "https://metadata.internal/x",
        "https://user:secret@hooks.example.com/x",
        "https://hooks.example.com:8443/x",
        "https://hooks.example.com/x#y",
        "http://127.0.0.1:4566/x",
        "javascript:alert(1)",
    ],
)
def test_address_that_may_not_be_called_is_refused_without_repeating_it(admin: ApiClient, url: str) -> None:
    answer = put(admin, {**BODY, "url": url})

    assert_problem(answer, 422, "invalid_request")
    assert (pointer(answer), url in answer.text) == ("/url", False)


@pytest.mark.parametrize("secret", ["whsec_c2hvcnQ=", "not-a-secret", "whsec_%%%"])
def test_weak_secret_is_refused_without_repeating_it(admin: ApiClient, secret: str) -> None:
    answer = put(admin, {**BODY, "secret": secret})

    assert_problem(answer, 422, "invalid_request")
    assert (pointer(answer), secret in answer.text) == ("/secret", False)


@pytest.mark.parametrize("missing", ["url", "secret"])
def test_new_webhook_needs_address_and_secret(admin: ApiClient, missing: str) -> None:
    answer = put(admin, {name: value for name, value in BODY.items() if name != missing})

    assert_problem(answer, 422, "invalid_request")
    assert pointer(answer) == f"/{missing}"
    assert admin.call("GET", "/webhooks", by=OLGA).json["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"types": ["handoff_exploded"]},
        {"least_priority": "most"},
        {"domains": ["x" * 201]},
        {"domains": ["x"] * 51},
        {"unheard_of": 1},
        ["handoff_created"],
    ],
)
def test_filter_of_an_unknown_shape_is_refused(admin: ApiClient, wrong: object) -> None:
    answer = put(admin, {**BODY, "filter": wrong})

    assert_problem(answer, 422, "invalid_request")
    assert pointer(answer).startswith("/filter")


def test_webhook_over_the_limit_is_refused(admin: ApiClient) -> None:
    for number in range(20):
        put(admin, BODY, f"w{number}")

    answer = put(admin, BODY, "w20")

    assert_problem(answer, 409, "invalid_state")
    assert put(admin, {"name": "Again"}, "w3").status == 200


def test_list_comes_in_pages(admin: ApiClient) -> None:
    for webhook_id in ("a", "b", "c"):
        put(admin, BODY, webhook_id)

    first = admin.call("GET", "/webhooks?limit=2", by=OLGA).json
    second = admin.call("GET", f"/webhooks?limit=2&cursor={first['next_cursor']}", by=OLGA).json

    assert [item["id"] for item in first["items"] + second["items"]] == ["a", "b", "c"]
    assert second["next_cursor"] is None


def test_deleted_webhook_is_gone_with_its_secrets(admin: ApiClient) -> None:
    put(admin, BODY)

    deleted = admin.call("DELETE", "/webhooks/ops", by=OLGA)

    assert deleted.status == 204
    assert_problem(admin.call("GET", "/webhooks/ops", by=OLGA), 404, "not_found")
    assert boto3.client("secretsmanager").list_secrets()["SecretList"] == []


def test_webhook_of_another_account_is_as_absent_as_none(admin: ApiClient) -> None:
    put(admin, BODY)

    foreign = admin.call("GET", "/webhooks/ops", by=GLOBEX_ADMIN)
    absent = admin.call("GET", "/webhooks/none", by=GLOBEX_ADMIN)

    assert foreign.json["detail"] == absent.json["detail"]
    assert_problem(foreign, 404, "not_found")


def test_test_message_that_nobody_takes_says_so(admin: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, STAGE="local")
    preconditions.a_webhook(OLGA)

    answer = admin.call("POST", "/webhooks/ops/deliveries", by=OLGA)

    assert answer.json == {"works": False, "detail": "The receiver cannot be reached."}


@pytest.fixture
def delivery(admin: ApiClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a delivery to the webhook `ops` that has failed."""
    configure(monkeypatch, STAGE="local")
    return preconditions.a_delivery(OLGA)["delivery_id"]


def test_log_shows_what_became_of_a_delivery(admin: ApiClient, delivery: str) -> None:
    (shown,) = admin.call("GET", "/webhooks/ops/deliveries", by=OLGA).json["items"]

    assert (shown["id"], shown["state"], shown["kind"], shown["event_type"]) == (
        delivery,
        "failed",
        "webhook",
        "handoff_created",
    )


def test_delivery_that_is_sent_again_is_ordered_under_its_event(admin: ApiClient, delivery: str) -> None:
    answer = admin.call("POST", f"/webhooks/ops/deliveries/{delivery}/redeliver", by=OLGA)

    (message,) = boto3.client("sqs").receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL)["Messages"]
    (entry,) = deliveries.all_of_subject(ACME, HANDOFF_ID)
    assert (answer.status, answer.json["state"], entry.state) == (202, "pending", DeliveryState.PENDING)
    assert entry.position in message["Body"]


@pytest.mark.parametrize("name", ["none", "a.b", "..", "%23", "é.é"])
def test_delivery_that_is_not_there_cannot_be_sent_again(admin: ApiClient, delivery: str, name: str) -> None:
    answer = admin.call("POST", f"/webhooks/ops/deliveries/{name}/redeliver", by=OLGA)

    assert_problem(answer, 404, "not_found")


def test_switched_off_webhook_gets_no_redelivery(admin: ApiClient, delivery: str) -> None:
    put(admin, {"name": "Operations", "is_on": False})

    answer = admin.call("POST", f"/webhooks/ops/deliveries/{delivery}/redeliver", by=OLGA)

    assert_problem(answer, 409, "invalid_state")


def test_secret_is_replaced_with_a_day_of_both(admin: ApiClient) -> None:
    first = put(admin, BODY)

    second = put(admin, {"name": "Operations", "secret": OTHER_SIGNING_SECRET})

    assert second.json["secret_set_at"] >= first.json["secret_set_at"]
    assert second.json["signs_with_previous_until"] > second.json["secret_set_at"]
