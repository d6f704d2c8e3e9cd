"""Webhooks through the real route: who is believed, what they are told, and what is kept of them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters.psa.connectwise import signing_keys
from chalicelib.domain.webhook_delivery import MOST_IN_A_BATCH
from chalicelib.settings import settings
from tests.support.api.webhook_setup import Bench, a_bench, body_for, vector, vectors
from tests.support.builders import ACME, GLOBEX, OLGA
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
from tests.support.servers.identity_provider import IdentityProvider

ACCEPTED = [found for found in vectors() if found["expect"]["accept"]]
REFUSED = [found for found in vectors() if not found["expect"]["accept"]]


def named(found: Any) -> str:
    return f"{found['system']}-{found['name']}"


@pytest.fixture(scope="module")
def _bench(provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with a_bench(provider, tmp_path_factory.mktemp("keys")) as bench:
        yield bench


@pytest.fixture
def bench(_bench: Bench) -> Iterator[Bench]:
    _bench.start_anew()
    with signing_keys.found_on(_bench.keys.key_ring()):
        yield _bench


def arrange(bench: Bench, found: Any) -> None:
    bench.save(found["system"], body_for(found))
    if answer := found["context"].get("key_url_response"):
        bench.keys.answers(answer["status"], json.dumps(answer["body"]))


@pytest.mark.parametrize("found", ACCEPTED, ids=named)
def test_a_proven_delivery_is_taken_in(bench: Bench, found: Any) -> None:
    arrange(bench, found)

    answer = bench.send_vector(found)

    assert answer.status == 202


@pytest.mark.parametrize("found", [found for found in ACCEPTED if "event" in found["expect"]], ids=named)
def test_a_delivery_is_understood(bench: Bench, found: Any) -> None:
    arrange(bench, found)
    expected = found["expect"]

    [receipt] = bench.send_vector(found).json["deliveries"]

    assert receipt["event"] == expected["event"]
    assert receipt["external_id"] == expected.get("external_id", receipt["external_id"])
    assert receipt["dedupe_key"] == expected.get("dedupe_key", receipt["dedupe_key"])
    assert (receipt["outcome"] == "echo") == expected.get("echo_of_own_write", False)


@pytest.mark.parametrize("found", REFUSED, ids=named)
def test_an_unproven_delivery_is_refused_and_nothing_of_it_is_kept(bench: Bench, found: Any) -> None:
    arrange(bench, found)

    answer = bench.send_vector(found)

    assert answer.status == found["expect"]["http_status"]
    assert (bench.marks(), bench.queued()) == ([], [])


@pytest.mark.parametrize("found", [one for one in REFUSED if one["expect"].get("must_not_fetch_key_url")], ids=named)
def test_no_key_is_asked_for_where_it_may_not_be(bench: Bench, found: Any) -> None:
    arrange(bench, found)

    bench.send_vector(found)

    assert bench.keys.asked == []


def test_the_items_of_a_batch_are_taken_in_one_by_one(bench: Bench) -> None:
    found = vector("halopsa", "batched_array")

    receipts = bench.send_vector(found).json["deliveries"]

    told = [{"event": receipt["event"], "external_id": receipt["external_id"]} for receipt in receipts]
    assert told == found["expect"]["events"]
    assert len(bench.queued()) == 2


def test_accepted_delivery_is_queued_and_marked(bench: Bench) -> None:
    bench.send_vector(vector("connectwise", "ticket_added"))

    [message] = bench.queued()
    assert (message.account_id, message.integration_id, message.delivery.ticket_id) == (ACME, "connectwise", "48213")
    assert bench.marks() == ["connectwise#c3b0a7d2-0d0c-4c7e-8d27-51e6a4f7b001"]


@pytest.mark.parametrize(
    "found",
    [
        vector("connectwise", "ticket_added"),
        vector("autotask", "ticket_create"),
        vector("halopsa", "default_new_ticket"),
        vector("standard", "ticket_created"),
    ],
    ids=named,
)
def test_a_delivery_that_comes_again_is_told_so_and_queued_once(bench: Bench, found: Any) -> None:
    bench.send_vector(found)

    answers = [bench.send_vector(found) for _ in range(3)]

    assert {answer.status for answer in answers} == {202}
    assert [answer.json["deliveries"][0]["outcome"] for answer in answers] == ["duplicate"] * 3
    assert len(bench.queued()) == 1


def test_the_resend_of_a_callout_is_known_again(bench: Bench) -> None:
    bench.send_vector(vector("autotask", "ticket_create"))

    answer = bench.send_vector(vector("autotask", "duplicate_of_ticket_create"))

    assert answer.json["deliveries"][0]["outcome"] == "duplicate"


def test_two_alike_without_an_id_both_count(bench: Bench) -> None:
    found = vector("halopsa", "custom_payload_v1")

    answers = [bench.send_vector(found) for _ in range(2)]

    assert [answer.json["deliveries"][0]["outcome"] for answer in answers] == ["accepted"] * 2


def test_an_echo_is_not_worked(bench: Bench) -> None:
    found = vector("connectwise", "ticket_updated_by_our_api_member")

    answer = bench.send_vector(found)

    assert answer.json["deliveries"][0]["outcome"] == "echo"
    assert bench.queued() == []


def test_what_does_not_matter_here_is_taken_in_all_the_same(bench: Bench) -> None:
    found = vector("standard", "upstream_sign_vector")
    arrange(bench, found)

    answer = bench.send_vector(found)

    assert (answer.status, answer.json) == (202, {"deliveries": []})


def test_a_redirect_is_not_followed(bench: Bench) -> None:
    bench.keys.answers(302, "", Location="https://na.myconnectwise.net/elsewhere")

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert answer.status == 401
    assert len(bench.keys.asked) == 1


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "192.168.0.1"]
)
def test_a_name_that_leads_to_a_private_address_is_not_asked(bench: Bench, address: str) -> None:
    bench.keys.addresses = [address]

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


def test_one_private_address_among_public_ones_is_enough_to_refuse(bench: Bench) -> None:
    bench.keys.addresses = ["20.112.250.133", "10.0.0.1"]

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


@pytest.mark.parametrize(
    ("status", "text"),
    [(500, ""), (404, ""), (429, ""), (200, "no JSON"), (200, "{}"), (200, "[]"), (200, '{"signing_key":7}')],
)
def test_a_key_that_cannot_be_had_now_makes_the_sender_come_again(bench: Bench, status: int, text: str) -> None:
    bench.keys.answers(status, text)

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, answer.headers["retry-after"]) == (429, "5")
    assert (bench.marks(), bench.queued()) == ([], [])


def test_a_key_is_fetched_once_for_many_deliveries(bench: Bench) -> None:
    for name in ("ticket_added", "ticket_updated_claimed", "ticket_updated_closed"):
        bench.send_vector(vector("connectwise", name))

    assert len(bench.keys.asked) == 1


def test_a_key_is_asked_for_without_credentials_by_the_name_of_the_host(bench: Bench) -> None:
    bench.send_vector(vector("connectwise", "ticket_added"))

    assert bench.keys.hosts == ["na.myconnectwise.net"]


def test_a_failure_on_our_side_makes_the_sender_come_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as environment:
        environment.setenv("PSA_DELIVERIES_QUEUE_URL", bench.queue_url + "-that-is-gone")
        settings.cache_clear()
        answer = bench.send_vector(vector("autotask", "ticket_create"))
    settings.cache_clear()

    assert (answer.status, answer.json["code"]) == (429, "too_many_requests")
    assert bench.marks() == []


@pytest.mark.parametrize("path", [f"/webhooks/{GLOBEX}/standard", f"/webhooks/{ACME}/none", "/webhooks/%23/a%23b"])
def test_an_integration_that_is_not_there_is_not_found(bench: Bench, path: str) -> None:
    found = vector("standard", "ticket_created")

    answer = bench.api.call(
        "POST", path, raw=found["request"]["body_raw"].encode(), headers=found["request"]["headers"]
    )

    assert answer.status == 404


def test_delivery_without_a_configured_secret_is_rejected(bench: Bench) -> None:
    bench.save("halopsa", with_secrets(HALOPSA, client_secret="x"))

    answer = bench.send_vector(vector("halopsa", "default_new_ticket"))

    assert answer.status == 401


@pytest.mark.parametrize("system", ["standard", "autotask", "halopsa"])
def test_while_a_secret_is_replaced_both_are_believed(bench: Bench, system: str) -> None:
    new = OTHER_WHSEC if system == "standard" else "another-secret-7f1c2a"
    bench.save(system, BODIES[system])
    bench.save(system, with_secrets(BODIES[system], webhook_secret=new))
    found = next(one for one in ACCEPTED if one["system"] == system and "custom" not in one["name"])

    assert bench.send_vector(found).status == 202


def test_a_secret_that_was_dropped_is_believed_no_longer(bench: Bench) -> None:
    bench.save("standard", STANDARD)
    bench.save("standard", with_secrets(STANDARD, webhook_secret=OTHER_WHSEC, previous_webhook_secret=None))

    answer = bench.send_vector(vector("standard", "ticket_created"))

    assert answer.status == 401


def test_a_bearer_token_or_a_header_of_its_own_proves_halo_too(bench: Bench) -> None:
    bench.save("halopsa", with_settings(HALOPSA, webhook_username=None, webhook_header="x-flowpilot-key"))
    found = vector("halopsa", "custom_payload_v1")

    answer = bench.send("halopsa", found["request"]["body_raw"].encode(), {"X-FlowPilot-Key": "halo-hook-pass-3f9c"})

    assert answer.status == 202


def a_batch(size: int) -> bytes:
    """Events of as many tickets, each with a time by which it is known again."""
    tickets = ({"id": number, "lastactiondate": "2026-08-18T02:14:07"} for number in range(1, size + 1))
    return json.dumps([{"event": "Ticket Updated", "ticket": ticket} for ticket in tickets]).encode()


def test_a_large_batch_is_taken_in_whole_and_known_again(bench: Bench) -> None:
    headers = vector("halopsa", "batched_array")["request"]["headers"]

    answers = [bench.send("halopsa", a_batch(150), headers) for _ in range(2)]

    outcomes = [{receipt["outcome"] for receipt in answer.json["deliveries"]} for answer in answers]
    assert ([answer.status for answer in answers], outcomes) == ([202, 202], [{"accepted"}, {"duplicate"}])
    assert {message.delivery.ticket_id for message in bench.queued()} == {str(number) for number in range(1, 151)}


def test_a_batch_that_cannot_be_taken_in_whole_is_refused_and_says_what_to_do(bench: Bench) -> None:
    headers = vector("halopsa", "batched_array")["request"]["headers"]

    answer = bench.send("halopsa", a_batch(MOST_IN_A_BATCH + 1), headers)

    assert (answer.status, answer.json["code"]) == (413, "payload_too_large")
    assert f"At most {MOST_IN_A_BATCH} events" in answer.json["detail"]
    assert (bench.marks(), bench.queued()) == ([], [])


def test_a_body_that_is_too_large_is_refused(bench: Bench) -> None:
    answer = bench.send("halopsa", b" " * (512 * 1024 + 1), {})

    assert answer.status == 413


def test_any_content_type_will_do(bench: Bench) -> None:
    found = vector("autotask", "ticket_create")
    headers = {**found["request"]["headers"], "content-type": "text/plain"}

    assert bench.send("autotask", found["request"]["body_raw"].encode(), headers).status == 202


def test_a_deleted_integration_takes_nothing_in(bench: Bench) -> None:
    bench.save("standard", STANDARD)
    bench.api.call("DELETE", "/integrations/standard", by=OLGA)

    assert bench.send_vector(vector("standard", "ticket_created")).status == 404


def test_the_company_is_compared_letter_by_letter(bench: Bench) -> None:
    bench.save("connectwise", with_settings(CONNECTWISE, company_id="northwindms"))

    answer = bench.send_vector(vector("connectwise", "ticket_added"))

    assert (answer.status, bench.keys.asked) == (401, [])


def test_with_no_webhook_named_every_one_with_the_secret_is_ours(bench: Bench) -> None:
    bench.save("autotask", with_settings(AUTOTASK, webhook_guids=[]))

    assert bench.send_vector(vector("autotask", "reject_unknown_guid")).status == 202
