"""Webhooks through the real route: which signatures, secrets and keys prove a delivery."""

from typing import Any

import pytest

from tests.support.api.webhook_setup import Bench, vector, vector_id, vectors
from tests.support.integrations import (
    AUTOTASK,
    BODIES,
    CONNECTWISE,
    HALOPSA,
    OTHER_WHSEC,
    STANDARD,
    with_secrets,
    with_settings,
)

ACCEPTED = [found for found in vectors() if found["expect"]["accept"]]
REFUSED = [found for found in vectors() if not found["expect"]["accept"]]
NO_KEY_FETCHED = [found for found in REFUSED if found["expect"].get("must_not_fetch_key_url")]


@pytest.mark.parametrize("found", REFUSED, ids=vector_id)
def test_unproven_delivery_is_refused_and_nothing_of_it_is_kept(bench: Bench, found: Any) -> None:
    bench.arrange(found)

    answer = bench.send_vector(found)

    assert answer.status == found["expect"]["http_status"]
    assert (bench.marks(), bench.queued()) == ([], [])


@pytest.mark.parametrize("found", NO_KEY_FETCHED, ids=vector_id)
def test_signing_key_is_not_fetched_from_a_forbidden_address(bench: Bench, found: Any) -> None:
    bench.arrange(found)

    bench.send_vector(found)

    assert bench.keys.asked == []


def test_redirect_is_not_followed(bench: Bench) -> None:
    bench.keys.answers(302, "", Location="https://na.myconnectwise.net/elsewhere")

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert answer.status == 401
    assert len(bench.keys.asked) == 1


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "192.168.0.1"]
)
def test_name_that_leads_to_a_private_address_is_not_asked(bench: Bench, address: str) -> None:
    bench.keys.addresses = [address]

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


def test_host_with_one_private_address_is_refused(bench: Bench) -> None:
    bench.keys.addresses = ["20.112.250.133", "10.0.0.1"]

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


@pytest.mark.parametrize(
    ("status", "text"),
    [(500, ""), (404, ""), (429, ""), (200, "no JSON"), (200, "{}"), (200, "[]"), (200, '{"signing_key":7}')],
)
def test_key_that_cannot_be_had_now_makes_the_sender_come_again(bench: Bench, status: int, text: str) -> None:
    bench.keys.answers(status, text)

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, answer.headers["retry-after"]) == (429, "5")
    assert (bench.marks(), bench.queued()) == ([], [])


def test_key_is_fetched_once_for_many_deliveries(bench: Bench) -> None:
    for name in ("ticket_added", "ticket_updated_claimed", "ticket_updated_closed"):
        bench.send_vector(vector("connectwise", name))

    assert len(bench.keys.asked) == 1


def test_key_is_asked_for_without_credentials_by_the_name_of_the_host(bench: Bench) -> None:
    bench.send_vector(vector("connectwise", "ticket_added"))

    assert bench.keys.hosts == ["na.myconnectwise.net"]


def test_delivery_without_a_configured_secret_is_rejected(bench: Bench) -> None:
    bench.save("halopsa", with_secrets(HALOPSA, client_secret="x"))

    answer = bench.send_vector(vector("halopsa", "default_new_ticket"))

    assert answer.status == 401


@pytest.mark.parametrize("system", ["standard", "autotask", "halopsa"])
def test_old_and_new_secret_are_accepted_during_a_rotation(bench: Bench, system: str) -> None:
    new = OTHER_WHSEC if system == "standard" else "another-secret-7f1c2a"
    bench.save(system, BODIES[system])
    bench.save(system, with_secrets(BODIES[system], webhook_secret=new))
    found = next(one for one in ACCEPTED if one["system"] == system and "custom" not in one["name"])

    assert bench.send_vector(found).status == 202


def test_secret_that_was_dropped_is_believed_no_longer(bench: Bench) -> None:
    bench.save("standard", STANDARD)
    bench.save("standard", with_secrets(STANDARD, webhook_secret=OTHER_WHSEC, previous_webhook_secret=None))

    answer = bench.send_vector(vector("standard", "ticket_created"))

    assert answer.status == 401


def test_bearer_token_or_a_header_of_its_own_proves_halo_too(bench: Bench) -> None:
    bench.save("halopsa", with_settings(HALOPSA, webhook_username=None, webhook_header="x-flowpilot-key"))
    found = vector("halopsa", "custom_payload_v1")

    answer = bench.send("halopsa", found["request"]["body_raw"].encode(), {"X-FlowPilot-Key": "halo-hook-pass-3f9c"})

    assert answer.status == 202


def test_company_is_compared_letter_by_letter(bench: Bench) -> None:
    bench.save("connectwise", with_settings(CONNECTWISE, company_id="northwindms"))

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


def test_any_webhook_with_the_secret_is_accepted_when_none_is_named(bench: Bench) -> None:
    bench.save("autotask", with_settings(AUTOTASK, webhook_guids=[]))

    assert bench.send_vector(vector("autotask", "reject_unknown_guid")).status == 202
