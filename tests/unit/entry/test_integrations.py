"""Integrations over HTTP: what an admin may save, and that no secret comes out again."""

from typing import Any

import pytest

from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, HANK, JANE, OLGA, a_caller
from tests.support.environment import configure
from tests.support.integrations import (
    AUTOTASK,
    BODIES,
    CONNECTWISE,
    HALOPSA,
    OTHER_WHSEC,
    STANDARD,
    Body,
    with_secrets,
    with_settings,
)

GLOBEX_ADMIN = a_caller("Greta", OLGA.role, HANK.account_id)


@pytest.fixture
def admin(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    configure(monkeypatch, INTEGRATION_SECRETS_PREFIX="flowpilot/test/integrations/", STAGE="dev")
    return api


def put(admin: ApiClient, body: Body, integration_id: str = "psa", **options: Any) -> Answer:
    return admin.call("PUT", f"/integrations/{integration_id}", by=OLGA, body=body, **options)


def pointer(answer: Answer) -> str:
    return str(answer.json["errors"][0]["pointer"])


@pytest.mark.parametrize("kind", BODIES)
def test_saved_integration_is_answered_without_secrets(admin: ApiClient, kind: str) -> None:
    put(admin, BODIES[kind])

    read = admin.call("GET", "/integrations/psa", by=OLGA)

    assert read.json["settings"].items() >= BODIES[kind]["settings"].items()
    assert [value for value in BODIES[kind]["secrets"].values() if value in read.text] == []
    assert {name for name, at in read.json["secrets_set_at"].items() if at} == set(BODIES[kind]["secrets"])


@pytest.mark.parametrize("kind", BODIES)
def test_answer_says_where_webhooks_go(admin: ApiClient, kind: str) -> None:
    answer = put(admin, BODIES[kind])

    room_for_an_id = "?recordId=" if kind == "connectwise" else ""
    assert answer.json["webhook_path"] == f"/webhooks/{ACME}/psa{room_for_an_id}"


def test_saving_again_keeps_secrets_that_are_not_named(admin: ApiClient) -> None:
    first = put(admin, CONNECTWISE)

    second = put(admin, {**CONNECTWISE, "name": "The PSA", "secrets": {}})

    assert second.json["secrets_set_at"] == first.json["secrets_set_at"]
    assert (second.json["name"], second.json["version"]) == ("The PSA", 2)


def test_stale_epoch_is_refused_with_the_current_one(admin: ApiClient) -> None:
    read = put(admin, STANDARD)
    put(admin, {**STANDARD, "name": "As they have it"})

    answer = put(admin, {**STANDARD, "version": read.json["version"]})

    assert_problem(answer, 409, "invalid_state")
    assert admin.call("GET", "/integrations/psa", by=OLGA).json["name"] == "As they have it"


@pytest.mark.parametrize("body", [CONNECTWISE, AUTOTASK, HALOPSA])
def test_secrets_are_not_sent_to_another_host_than_they_were_given_for(admin: ApiClient, body: Body) -> None:
    put(admin, body)
    elsewhere = {**body, "base_url": "https://psa.example"}

    kept = put(admin, {**elsewhere, "secrets": {}})
    answer = put(admin, elsewhere)

    assert (kept.status, pointer(kept)) == (422, f"/secrets/{next(iter(body['secrets']))}")
    assert (answer.status, answer.json["base_url"]) == (200, "https://psa.example")


def test_another_path_of_the_same_host_keeps_the_secrets(admin: ApiClient) -> None:
    put(admin, HALOPSA)

    answer = put(admin, {**HALOPSA, "base_url": f"{HALOPSA['base_url']}/api/", "secrets": {}})

    assert answer.status == 200


def test_webhook_secret_that_is_replaced_stays_as_the_previous_one(admin: ApiClient) -> None:
    put(admin, STANDARD)

    answer = put(admin, with_secrets(STANDARD, webhook_secret=OTHER_WHSEC))

    assert all(answer.json["secrets_set_at"][name] for name in ("webhook_secret", "previous_webhook_secret"))


def test_previous_webhook_secret_can_be_removed(admin: ApiClient) -> None:
    put(admin, STANDARD)
    put(admin, with_secrets(STANDARD, webhook_secret=OTHER_WHSEC))

    answer = put(admin, with_secrets(STANDARD, previous_webhook_secret=None))

    assert answer.json["secrets_set_at"]["previous_webhook_secret"] is None


@pytest.mark.parametrize(
    "address",
    [
        "http://api-na.myconnectwise.net",
        "https://user:pass@api-na.myconnectwise.net",
        "https://api-na.myconnectwise.net:8443",
        "https://169.254.169.254/latest",
        "https://10.0.0.1",
        "https://[::1]",
        "https://localhost",
        "https://psa.internal",
        "http://127.0.0.1:8090",
        "https://api-na.myconnectwise.net/?a=b",
        "https://api-na.myconnectwise.net/#x",
        "https://2130706433",
        "javascript:alert(1)",
    ],
)
def test_address_that_may_not_be_called_is_refused(admin: ApiClient, address: str) -> None:
    answer = put(admin, {**CONNECTWISE, "base_url": address})

    assert (answer.status, pointer(answer)) == (422, "/base_url")


def test_local_stage_may_call_this_machine(admin: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, STAGE="local")

    answer = put(admin, {**CONNECTWISE, "base_url": "http://127.0.0.1:8090"})

    assert answer.status == 200


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (with_secrets(STANDARD, webhook_secret="whsec_short"), "/secrets/webhook_secret"),
        (with_secrets(STANDARD, webhook_secret="whsec_" + "A" * 20), "/secrets/webhook_secret"),
        (with_secrets(STANDARD, webhook_secret="not base64, but long enough"), "/secrets/webhook_secret"),
        (with_settings(STANDARD, time_zone="Mars/Olympus"), "/settings/time_zone"),
        (with_secrets(STANDARD, private_key="x"), "/secrets/private_key"),
        (with_secrets(CONNECTWISE, public_key="only"), "/secrets/private_key"),
        (with_secrets(AUTOTASK, api_integration_code="a b", api_secret="s"), "/secrets/api_integration_code"),
        (with_secrets(HALOPSA, client_secret="line\nbreak"), "/secrets/client_secret"),
        ({**AUTOTASK, "base_url": None}, "/base_url"),
        (with_settings(CONNECTWISE, company_id="a&b"), "/settings/connectwise/company_id"),
        (with_settings(CONNECTWISE, user_name="x"), "/settings/connectwise"),
        (with_settings(HALOPSA, webhook_header="Bad Header"), "/settings/halopsa/webhook_header"),
        (with_settings(STANDARD, kind="zendesk"), "/settings"),
    ],
)
def test_invalid_field_of_an_integration_is_named(admin: ApiClient, body: Body, where: str) -> None:
    answer = put(admin, body)

    assert (answer.status, pointer(answer)) == (422, where)
    assert admin.call("GET", "/integrations/psa", by=OLGA).status == 404


def test_refusal_never_repeats_a_secret(admin: ApiClient) -> None:
    answer = put(admin, with_secrets(HALOPSA, client_secret="line\nbreak-very-secret"))

    assert "very-secret" not in answer.text


@pytest.mark.parametrize("integration_id", ["delivery%23x", "-a", "a" * 65, "a.b", "%20"])
def test_id_that_could_be_something_else_is_refused(admin: ApiClient, integration_id: str) -> None:
    answer = put(admin, STANDARD, integration_id)

    assert answer.status in (404, 422)


def test_integration_keeps_its_kind(admin: ApiClient) -> None:
    put(admin, STANDARD)

    answer = put(admin, CONNECTWISE)

    assert (answer.status, pointer(answer)) == (422, "/settings/kind")


def test_deleted_integration_is_absent(admin: ApiClient) -> None:
    put(admin, STANDARD)

    deleted = admin.call("DELETE", "/integrations/psa", by=OLGA)

    assert (deleted.status, deleted.text) == (204, "")
    assert admin.call("GET", "/integrations/psa", by=OLGA).status == 404


def test_list_is_complete_however_it_is_cut(admin: ApiClient) -> None:
    ids = ["a", "delivery", "deliverz", "z"]
    for one in reversed(ids):
        put(admin, STANDARD, one)
    found, cursor = [], ""

    while cursor is not None:
        query = f"?limit=1&cursor={cursor}" if cursor else "?limit=1"
        page = admin.call("GET", f"/integrations{query}", by=OLGA).json
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert found == ids


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_integrations_are_for_admins(admin: ApiClient, method: str) -> None:
    answer = admin.call(method, "/integrations/psa", by=JANE, body=STANDARD)

    assert answer.status == 403


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_another_account_sees_nothing(admin: ApiClient, method: str) -> None:
    put(admin, STANDARD)

    answer = admin.call(method, "/integrations/psa", by=GLOBEX_ADMIN)

    assert answer.status == 404


def test_ticket_systems_are_listed_for_everybody_without_settings(admin: ApiClient) -> None:
    put(admin, CONNECTWISE, "cw")
    put(admin, HALOPSA, "halo")

    seen = admin.call("GET", "/ticket-systems", by=JANE).json["items"]
    elsewhere = admin.call("GET", "/ticket-systems", by=HANK).json["items"]

    assert seen == [
        {"id": "cw", "name": CONNECTWISE["name"], "kind": "connectwise"},
        {"id": "halo", "name": HALOPSA["name"], "kind": "halopsa"},
    ]
    assert elsewhere == []
