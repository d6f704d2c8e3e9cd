"""The signed vectors of each PSA through the deployed webhook route, and forgeries that name places to fetch keys from.

The deployed route has the clock and the network of this machine. So a vector that is to be believed and whose proof is
of a time (Standard Webhooks), or of a key on ConnectWise's own host, is signed again, body untouched but for the key's
address. Five refusals depend on that clock or key alone, and are played in `tests/unit/entry/test_webhooks.py`:
`edge_exactly_300s_old`, which is about a second of its own, and ConnectWise's `reject_bad_signature`,
`reject_hmac_with_unhashed_key`, `reject_reserialised_body` and `retry_key_fetch_failed`. All others go as they are.
"""

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from infra.local.psa_sandbox.webhooks import SIGNING_KEY
from infra.local.site import ROOT
from tests.support.api.webhook_setup import body_for, vectors
from tests.support.integrations import BODIES, Body
from tests.support.servers.key_listener import KeyListener, a_key_listener
from tests.support.stack.psa_control import Sandbox, marks, unlinked_in_the_end, worked_off

VENDOR = "https://na.myconnectwise.net"
IN_PROCESS = {
    "edge_exactly_300s_old",
    "reject_bad_signature",
    "reject_hmac_with_unhashed_key",
    "reject_reserialised_body",
    "retry_key_fetch_failed",
}
PLAYED = [found for found in vectors() if found["system"] == "autotask" or found["name"] not in IN_PROCESS]
ACCEPTED = [found for found in PLAYED if found["expect"]["accept"]]
REFUSED = [found for found in PLAYED if not found["expect"]["accept"]]


@dataclass(frozen=True)
class Door:
    """The webhook route, with an integration of each kind as the latest delivery needs it."""

    stack: DeployedStack
    admin: Api
    sandbox_url: str
    saved: dict[str, Body] = field(default_factory=dict)

    def save(self, kind: str, body: Body) -> None:
        """Save the integration, under its kind, unless it is just so; what came for the earlier one is worked first."""
        if self.saved.get(kind) != body:
            worked_off(self.stack)
            self.admin.put(f"/integrations/{kind}", body)
            self.saved[kind] = body

    def send(self, kind: str, raw: bytes, headers: Mapping[str, str]) -> httpx2.Response:
        """Send what a PSA of this kind sends."""
        return httpx2.post(f"{self.stack.api_url}/webhooks/acme/{kind}", content=raw, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def door(stack: DeployedStack, olga: Api, sandbox: Sandbox) -> Iterator[Door]:
    door = Door(stack, olga, sandbox.url)
    for kind, body in BODIES.items():
        door.save(kind, placed(door, kind, body))
    with unlinked_in_the_end(stack, tuple(BODIES)):
        yield door
        worked_off(stack)


def named(found: Any) -> str:
    return f"{found['system']}-{found['name']}"


def at_sandbox(door: Door, found: Any) -> Body:
    """The integration that the vector speaks of, in the sandbox, which the worker then asks for the ticket."""
    return placed(door, found["system"], body_for(found))


def placed(door: Door, kind: str, body: Body) -> Body:
    """The integration, in the sandbox if its system has an API: a search of one that is nowhere would not end."""
    if kind == "standard":
        return body
    path = "/ATServicesRest" if kind == "autotask" else ""
    secrets = {**BODIES[kind]["secrets"], **body["secrets"]}  # those of the vendor's address are not kept for another
    return {**body, "base_url": f"{door.sandbox_url}/{kind}{path}", "secrets": secrets}


def signed_again(door: Door, found: Any) -> tuple[bytes, dict[str, str]]:
    """The request of a vector with a proof that holds here and now."""
    raw, headers = found["request"]["body_raw"], dict(found["request"]["headers"])
    if found["system"] == "connectwise":
        raw = raw.replace(VENDOR, f"{door.sandbox_url}/connectwise")
        digest = hmac.digest(hashlib.sha256(SIGNING_KEY.encode()).digest(), raw.encode(), "sha256")
        headers["x-content-signature"] = base64.b64encode(digest).decode()
    if found["system"] == "standard":
        headers["webhook-timestamp"] = str(int(time.time()))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{raw}".encode()
        key = base64.b64decode(found["context"]["secrets"][-1].removeprefix("whsec_"))
        headers["webhook-signature"] = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return raw.encode(), headers


@pytest.mark.parametrize("found", ACCEPTED, ids=named)
def test_signed_delivery_is_accepted(door: Door, found: Any) -> None:
    door.save(found["system"], at_sandbox(door, found))
    raw, headers = signed_again(door, found)

    answer = door.send(found["system"], raw, headers)

    assert answer.status_code == 202
    expected = found["expect"]
    events = expected.get("events") or ([expected] if "event" in expected else [])
    receipts = answer.json()["deliveries"]
    assert [receipt["event"] for receipt in receipts] == [one["event"] for one in events]
    for receipt, one in zip(receipts, events, strict=True):
        assert receipt["external_id"] == one.get("external_id", receipt["external_id"])
        assert receipt["dedupe_key"] == one.get("dedupe_key", receipt["dedupe_key"])
        assert (receipt["outcome"] == "echo") == one.get("echo_of_own_write", False)


@pytest.mark.parametrize("found", REFUSED, ids=named)
def test_unsigned_delivery_is_refused_and_stores_nothing(door: Door, stack: DeployedStack, found: Any) -> None:
    is_about_keys = found["system"] == "connectwise"
    door.save(found["system"], body_for(found) if is_about_keys else at_sandbox(door, found))
    before = marks(stack)

    answer = door.send(found["system"], found["request"]["body_raw"].encode(), found["request"]["headers"])

    assert answer.status_code == found["expect"]["http_status"]
    assert marks(stack) == before


@pytest.fixture
def own_host() -> Iterator[KeyListener]:
    with a_key_listener() as listener:
        yield listener


@pytest.fixture
def other_host() -> Iterator[KeyListener]:
    with a_key_listener() as listener:
        yield listener


KEY_PAGE = "/v2025_1//system/callbackkey/index.rails?companyName={company}&id=7"
FORGERIES = {
    "a real key of another company on the same host": "http://localhost:{own}" + KEY_PAGE.format(company="othermsp"),
    "another port": "http://localhost:{other}" + KEY_PAGE.format(company="northwindmsp"),
    "another name of this machine": "http://127.0.0.1:{other}" + KEY_PAGE.format(company="northwindmsp"),
    "the own host as user name": "http://localhost:{own}@localhost:{other}" + KEY_PAGE.format(company="northwindmsp"),
    "a look-alike": "https://localhost.{own}.example" + KEY_PAGE.format(company="northwindmsp"),
    "a private address": "https://10.0.0.1" + KEY_PAGE.format(company="northwindmsp"),
    "another page of the own host": "http://localhost:{own}/upload?companyName=northwindmsp",
}


def forged(key_url: str, key: str) -> tuple[bytes, dict[str, str]]:
    """A delivery that is signed well, with the key at `key_url`."""
    [found] = [one for one in vectors("connectwise") if one["name"] == "ticket_added"]
    body = {**json.loads(found["request"]["body_raw"]), "Metadata": {"key_url": key_url}}
    raw = json.dumps(body).encode()
    digest = hmac.digest(hashlib.sha256(key.encode()).digest(), raw, "sha256")
    return raw, {"content-type": "application/json", "x-content-signature": base64.b64encode(digest).decode()}


@pytest.mark.parametrize("key_url", FORGERIES.values(), ids=list(FORGERIES))
def test_signing_key_is_fetched_only_from_the_tenants_host(
    door: Door, stack: DeployedStack, own_host: KeyListener, other_host: KeyListener, key_url: str
) -> None:
    door.save("connectwise", {**BODIES["connectwise"], "base_url": f"http://localhost:{own_host.port}"})
    raw, headers = forged(key_url.format(own=own_host.port, other=other_host.port), own_host.key)
    before = marks(stack)

    answer = door.send("connectwise", raw, headers)

    assert (answer.status_code, marks(stack)) == (401, before)
    assert (own_host.asked, other_host.asked) == ([], [])


def test_redirect_to_a_signing_key_is_not_followed(
    door: Door, stack: DeployedStack, own_host: KeyListener, other_host: KeyListener
) -> None:
    page = KEY_PAGE.format(company="northwindmsp")
    own_host.sends_on_to = f"http://localhost:{other_host.port}{page}"
    door.save("connectwise", {**BODIES["connectwise"], "base_url": f"http://localhost:{own_host.port}"})
    before = marks(stack)

    answer = door.send("connectwise", *forged(f"http://localhost:{own_host.port}{page}", own_host.key))

    assert (answer.status_code, marks(stack)) == (401, before)
    assert (own_host.asked, other_host.asked) == ([page], [])


def test_delivery_is_accepted_when_the_tenants_host_serves_its_key(door: Door, own_host: KeyListener) -> None:
    page = KEY_PAGE.format(company="northwindmsp")
    door.save("connectwise", {**BODIES["connectwise"], "base_url": f"http://localhost:{own_host.port}"})

    answer = door.send("connectwise", *forged(f"http://localhost:{own_host.port}{page}", own_host.key))
    worked_off(door.stack)  # while the host is there, which has no such ticket

    assert (answer.status_code, own_host.asked) == (202, [page])


def test_example_of_the_standard_webhooks_guide_is_accepted(door: Door) -> None:
    guide = (ROOT / "docs" / "ticket-systems.md").read_text("utf-8")
    [(message, program)] = re.findall(r"```json\n(.*?)```.*```python\n(.*?)```", guide, re.DOTALL)
    door.save("standard", BODIES["standard"])
    events = {
        "address": f"{door.stack.api_url}/webhooks/acme/standard",
        "secret": BODIES["standard"]["secrets"]["webhook_secret"],
        "message": json.loads(message),
    }

    exec(program, events)  # noqa: S102  a program of ours

    with events["answer"] as answer:
        [receipt] = json.load(answer)["deliveries"]
    assert (receipt["event"], receipt["external_id"], receipt["outcome"]) == ("ticket.updated", "8812", "accepted")
