"""Webhooks through the real route: what is taken in, what is answered, and what is kept of them."""

import json
from typing import Any

import pytest

from chalicelib.adapters.psa.proofs import hmac_in_base64
from chalicelib.domain.webhook_delivery import MOST_IN_A_BATCH
from tests.support.api.webhook_setup import Bench, vector, vector_id, vectors
from tests.support.builders import ACME, GLOBEX, OLGA
from tests.support.environment import configured
from tests.support.integrations import (
    AUTOTASK,
    STANDARD,
)

ACCEPTED = [found for found in vectors() if found["expect"]["accept"]]


@pytest.mark.parametrize("found", ACCEPTED, ids=vector_id)
def test_proven_delivery_is_taken_in(bench: Bench, found: Any) -> None:
    bench.arrange(found)

    answer = bench.send_vector(found)

    assert answer.status == 202


@pytest.mark.parametrize("found", [found for found in ACCEPTED if "event" in found["expect"]], ids=vector_id)
def test_delivery_is_understood(bench: Bench, found: Any) -> None:
    bench.arrange(found)
    expected = found["expect"]

    [receipt] = bench.send_vector(found).json["deliveries"]

    assert receipt["event"] == expected["event"]
    assert receipt["external_id"] == expected.get("external_id", receipt["external_id"])
    assert receipt["dedupe_key"] == expected.get("dedupe_key", receipt["dedupe_key"])
    assert (receipt["outcome"] == "echo") == expected.get("echo_of_own_write", False)


def test_items_of_a_batch_are_taken_in_one_by_one(bench: Bench) -> None:
    found = vector("halopsa", "batched_array")

    receipts = bench.send_vector(found).json["deliveries"]

    events = [{"event": receipt["event"], "external_id": receipt["external_id"]} for receipt in receipts]
    assert events == found["expect"]["events"]
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
    ids=vector_id,
)
def test_delivery_that_comes_again_is_told_so_and_queued_once(bench: Bench, found: Any) -> None:
    bench.send_vector(found)

    answers = [bench.send_vector(found) for _ in range(3)]

    assert {answer.status for answer in answers} == {202}
    assert [answer.json["deliveries"][0]["outcome"] for answer in answers] == ["duplicate"] * 3
    assert len(bench.queued()) == 1


def test_resend_of_a_callout_is_known_again(bench: Bench) -> None:
    bench.send_vector(vector("autotask", "ticket_create"))

    answer = bench.send_vector(vector("autotask", "duplicate_of_ticket_create"))

    assert answer.json["deliveries"][0]["outcome"] == "duplicate"


def test_equal_deliveries_without_an_id_are_both_accepted(bench: Bench) -> None:
    found = vector("halopsa", "custom_payload_v1")

    answers = [bench.send_vector(found) for _ in range(2)]

    assert [answer.json["deliveries"][0]["outcome"] for answer in answers] == ["accepted"] * 2


def test_echo_is_not_worked(bench: Bench) -> None:
    found = vector("connectwise", "ticket_updated_by_our_api_member")

    answer = bench.send_vector(found)

    assert answer.json["deliveries"][0]["outcome"] == "echo"
    assert bench.queued() == []


def test_irrelevant_delivery_is_accepted_and_ignored(bench: Bench) -> None:
    found = vector("standard", "upstream_sign_vector")
    bench.arrange(found)

    answer = bench.send_vector(found)

    assert (answer.status, answer.json) == (202, {"deliveries": []})


def test_failure_on_our_side_makes_the_sender_come_again(bench: Bench) -> None:
    with configured(PSA_DELIVERIES_QUEUE_URL=bench.queue_url + "-that-is-gone"):
        answer = bench.send_vector(vector("autotask", "ticket_create"))

    assert (answer.status, answer.json["code"]) == (429, "too_many_requests")
    assert bench.marks() == []


@pytest.mark.parametrize("path", [f"/webhooks/{GLOBEX}/standard", f"/webhooks/{ACME}/none", "/webhooks/%23/a%23b"])
def test_integration_that_is_not_there_is_not_found(bench: Bench, path: str) -> None:
    found = vector("standard", "ticket_created")

    answer = bench.api.call(
        "POST", path, raw=found["request"]["body_raw"].encode(), headers=found["request"]["headers"]
    )

    assert answer.status == 404


def a_batch(size: int) -> bytes:
    """Events of as many tickets, each with a time by which it is known again."""
    tickets = ({"id": number, "lastactiondate": "2026-08-18T02:14:07"} for number in range(1, size + 1))
    return json.dumps([{"event": "Ticket Updated", "ticket": ticket} for ticket in tickets]).encode()


def test_large_batch_is_taken_in_whole_and_known_again(bench: Bench) -> None:
    headers = vector("halopsa", "batched_array")["request"]["headers"]

    answers = [bench.send("halopsa", a_batch(150), headers) for _ in range(2)]

    outcomes = [{receipt["outcome"] for receipt in answer.json["deliveries"]} for answer in answers]
    assert ([answer.status for answer in answers], outcomes) == ([202, 202], [{"accepted"}, {"duplicate"}])
    assert {message.delivery.ticket_id for message in bench.queued()} == {str(number) for number in range(1, 151)}


def test_batch_that_cannot_be_taken_in_whole_is_refused_and_says_what_to_do(bench: Bench) -> None:
    headers = vector("halopsa", "batched_array")["request"]["headers"]

    answer = bench.send("halopsa", a_batch(MOST_IN_A_BATCH + 1), headers)

    assert (answer.status, answer.json["code"]) == (413, "payload_too_large")
    assert f"At most {MOST_IN_A_BATCH} events" in answer.json["detail"]
    assert (bench.marks(), bench.queued()) == ([], [])


def test_body_that_is_too_large_is_refused(bench: Bench) -> None:
    answer = bench.send("halopsa", b" " * (512 * 1024 + 1), {})

    assert answer.status == 413


def test_any_content_type_will_do(bench: Bench) -> None:
    found = vector("autotask", "ticket_create")
    headers = {**found["request"]["headers"], "content-type": "text/plain"}

    assert bench.send("autotask", found["request"]["body_raw"].encode(), headers).status == 202


def test_deleted_integration_takes_nothing_in(bench: Bench) -> None:
    bench.save("standard", STANDARD)
    bench.api.call("DELETE", "/integrations/standard", by=OLGA)

    assert bench.send_vector(vector("standard", "ticket_created")).status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("integration_id", ["autotask", "no-such-thing"])
def test_senders_check_of_the_address_is_answered_without_a_word(
    bench: Bench, method: str, integration_id: str
) -> None:
    bench.save("autotask", AUTOTASK)

    answer = bench.api.call(method, f"/webhooks/{ACME}/{integration_id}")

    assert (answer.status, answer.text) == (204, "")


@pytest.mark.parametrize("body", [b"[]", b"[1, 2]", b"\xef\xbb\xbf{}", b"null", b'"text"'])
def test_signed_body_that_is_no_event_is_taken_and_does_nothing(bench: Bench, body: bytes) -> None:
    signature = "sha1=" + hmac_in_base64(AUTOTASK["secrets"]["webhook_secret"].encode(), body, "sha1")

    answer = bench.send("autotask", body, {"X-Hook-Signature": signature})

    assert (answer.status, answer.json, bench.queued()) == (202, {"deliveries": []}, [])
