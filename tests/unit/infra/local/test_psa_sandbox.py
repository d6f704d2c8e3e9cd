"""The PSA sandbox itself: webhooks signed as the systems sign theirs, switches that work, a page that is harmless."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from chalicelib.adapters.psa.autotask.signature import verify_signature as verify_autotask
from chalicelib.adapters.psa.connectwise.signature import verify_signature as verify_connectwise
from chalicelib.adapters.psa.halopsa.signature import ConfiguredHeader
from chalicelib.adapters.psa.halopsa.signature import verify_webhook as verify_halo
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.connectwise import MEMBER
from infra.local.psa_sandbox.page import page
from infra.local.psa_sandbox.ticket_store import FABRIKAM, TicketStore
from infra.local.psa_sandbox.webhooks import (
    SIGNING_KEY,
    Hook,
    autotask_delivery,
    connectwise_delivery,
    halopsa_delivery,
)
from tests.support.servers.psa_sandbox import a_psa_sandbox, ticket_of

HOOK = Hook("http://localhost:1/webhooks/acme/psa", "sandbox-hook-secret-1")


@pytest.fixture(scope="module")
def server() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


def test_connectwise_signs_with_the_key_that_it_publishes(server: PsaSandbox) -> None:
    address = server.sandbox.address("connectwise")
    delivery = connectwise_delivery(HOOK, address, ticket_of(server, "connectwise"))

    published = httpx2.get(address + "/v2025_1//system/callbackkey/index.rails").json()["signing_key"]

    assert published == SIGNING_KEY
    verify_connectwise(delivery.headers["x-content-signature"], published, delivery.body)


def test_autotask_signs_with_the_secret_of_the_webhook(server: PsaSandbox) -> None:
    delivery = autotask_delivery(HOOK, ticket_of(server, "autotask"))

    verify_autotask(delivery.headers["X-Hook-Signature"], [HOOK.secret], delivery.body)


def test_halo_shows_the_header_that_was_configured(server: PsaSandbox) -> None:
    delivery = halopsa_delivery(HOOK, ticket_of(server, "halopsa"))

    verify_halo(delivery.headers, ConfiguredHeader("authorization", None), [HOOK.secret], delivery.body)


def test_change_without_a_listener_is_delivered_nowhere(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "halopsa")

    answer = httpx2.post(f"{server.url}/tickets/halopsa/{ticket.id}", json={"status": "Closed"})

    assert (answer.json(), ticket.status) == ({"status": None}, "Closed")


def test_change_whose_listener_is_gone_says_so(server: PsaSandbox) -> None:
    httpx2.put(f"{server.url}/hooks/autotask", json={"url": HOOK.url, "secret": HOOK.secret})

    answer = httpx2.post(f"{server.url}/tickets/autotask/{ticket_of(server, 'autotask').id}", json={"owner_id": 14})

    assert answer.json() == {"status": 0, "text": ""}


def test_ticket_is_opened_under_a_number_of_its_own(server: PsaSandbox) -> None:
    opened = httpx2.post(f"{server.url}/tickets/autotask", json={"summary": "No dial tone"}).json()

    shown = httpx2.get(f"{server.url}/tickets").json()["autotask"]
    assert [ticket for ticket in shown if ticket["number"] == opened["number"]] == [opened]


def test_change_over_the_api_is_sent_in_our_name(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "connectwise")
    address = server.sandbox.address("connectwise")

    server.sandbox.store.add_note("connectwise", ticket, "", "Escalated", is_internal=True)

    assert json.loads(connectwise_delivery(HOOK, address, ticket).body)["MemberId"] == MEMBER


def test_fault_is_switched_on_and_off(server: PsaSandbox) -> None:
    place = f"{server.url}/faults"

    switched_on = httpx2.post(place, json={"kind": "429", "retry_after_s": 5}).json()["fault"]["kind"]
    refused = httpx2.get(f"{server.url}/halopsa/api/authinfo")
    httpx2.delete(place)
    answered = httpx2.get(f"{server.url}/halopsa/api/authinfo")

    assert (switched_on, refused.status_code, refused.headers["retry-after"]) == ("429", 429, "5")
    assert answered.status_code == 200


def test_fault_that_makes_no_sense_is_refused(server: PsaSandbox) -> None:
    assert httpx2.post(f"{server.url}/faults", json={"kind": "sulk"}).status_code == 400


def test_tickets_and_notes_survive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "tickets.json"
    store = TicketStore(file)
    store.open_tickets([("T20261123.0041", "Outlook asks for its password", FABRIKAM)])
    [ticket] = store.tickets["autotask"].values()
    store.add_note("autotask", ticket, "Escalated", "Out of ideas.", is_internal=True)

    again = TicketStore(file)

    assert again.tickets == store.tickets


def test_page_shows_text_as_text() -> None:
    store = TicketStore()
    store.open_tickets([("T1", "<script>alert(1)</script>", FABRIKAM)])
    [ticket] = store.tickets["autotask"].values()
    store.add_note("autotask", ticket, "<b>", "<img src=x onerror=alert(1)> &lt;script&gt;", is_internal=False)

    shown = page(store, None)

    assert "CUSTOMER-VISIBLE" in shown
    assert not any(tag in shown for tag in ("<script", "<img", "<b></b>"))
