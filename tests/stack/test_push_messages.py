"""An escalation on a device: subscribed over the API, decrypted as a browser does, shown, and replaced by the claim."""

import json
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import httpx2
import pytest

from chalicelib.domain.deliveries.plan import CLAIM_DELAY_S
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from tests.support.scenarios.http import a_handoff, claimed, place_of
from tests.support.stack.queues import delay_s_of, delayed_in, send_without_delay
from tests.support.waiting import eventually

DEVICE = "Sam's phone"


class Phone(NamedTuple):
    """A browser of Sam's that subscribed at the post office, by the name that messages to it have there."""

    name: str
    post_office_url: str

    def pushes(self) -> list[Json]:
        """What it decrypted, oldest first."""
        messages = httpx2.get(f"{self.post_office_url}/messages", timeout=10).json()
        return [json.loads(one["text"]) for one in messages if one["to"] == self.name]

    def push(self, handoff: Json, *, silent: bool) -> Json:
        """The message of that kind about a handoff, once it is there."""

        def look() -> Json | None:
            found = (one for one in self.pushes() if (one["tag"], one["silent"]) == (handoff["id"], silent))
            return next(found, None)

        return eventually(look, "the push message")


@pytest.fixture(scope="module")
def phone(stack: DeployedStack, sam: Api) -> Iterator[Phone]:
    order = {"application_server_key": sam.get("/me/notifications")["push_public_key"]}
    made = httpx2.post(f"{stack.post_office_url}/push/subscriptions", json=order, timeout=10).json()
    device = sam.post("/me/devices", {"name": DEVICE, **made})
    yield Phone(made["endpoint"].removeprefix(f"{stack.post_office_url}/"), stack.post_office_url)
    sam.delete(f"/me/devices/{device['id']}")


@pytest.fixture(scope="module")
def handoff(phone: Phone, jane: Api) -> Json:
    return a_handoff(jane)


def deliveries_to_phone(by: Api, handoff: Json, kind: str) -> list[Json]:
    """What was sent to the phone about events of that kind."""
    items = by.get(f"{place_of(handoff)}/deliveries")["items"]
    return [one for one in items if (one["event_type"], one["recipient"]["device"]) == (kind, DEVICE)]


def delivery_in(state: str, by: Api, handoff: Json, kind: str) -> Json | None:
    return next((one for one in deliveries_to_phone(by, handoff, kind) if one["state"] == state), None)


def delayed_about(stack: DeployedStack, handoff: Json) -> list[Json] | None:
    return [order for order in delayed_in(stack, "notifications") if handoff["id"] in order["Body"]] or None


def say_shown(stack: DeployedStack, token: str) -> int:
    """What the service worker says: without a sign-in, which it does not have."""
    return httpx2.post(f"{stack.api_url}/deliveries/shown", json={"token": token}, timeout=30).status_code


def test_escalation_by_another_person_is_decrypted_by_the_device(phone: Phone, handoff: Json) -> None:
    message = phone.push(handoff, silent=False)

    assert message["title"].startswith("Escalation from Jane Cooper")
    assert message["path"] == f"/pilot/{handoff['session_id']}?pickup=true"


def test_message_is_shown_once_it_is_said_to_be(stack: DeployedStack, phone: Phone, handoff: Json, jane: Api) -> None:
    token = phone.push(handoff, silent=False)["token"]
    eventually(partial(delivery_in, "accepted", jane, handoff, "handoff_created"), "the accepted delivery")

    statuses = [say_shown(stack, token), say_shown(stack, token)]

    assert statuses == [204, 404]
    (shown,) = deliveries_to_phone(jane, handoff, "handoff_created")
    assert (shown["kind"], shown["state"], shown["recipient"]["name"]) == ("push", "shown", "Sam Rivera")
    assert shown["shown_at"] >= shown["accepted_at"]


def test_claim_by_somebody_else_replaces_the_message_without_a_sound(
    stack: DeployedStack, phone: Phone, handoff: Json, alex: Api
) -> None:
    asked = phone.push(handoff, silent=False)

    claimed(alex, handoff)
    delayed = eventually(lambda: delayed_about(stack, handoff), "the messages that wait until the claim is final")
    send_without_delay(stack, "notifications", delayed)

    replacing = phone.push(handoff, silent=True)
    assert {delay_s_of(message) for message in delayed} == {CLAIM_DELAY_S}
    assert replacing["tag"] == asked["tag"]
    assert replacing["title"].startswith("Picked up by Alex Lindqvist")
