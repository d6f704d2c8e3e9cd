"""From a change of a handoff to a signed message at the receiver, on the deployed stack."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest

from chalicelib.domain.instants import format_instant
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from tests.support.channels import SIGNING_SECRET
from tests.support.scenarios.http import a_handoff
from tests.support.waiting import eventually


@pytest.fixture(scope="module")
def webhook(stack: DeployedStack, olga: Api) -> Iterator[str]:
    """A webhook of acme to a receiver at the post office, and its path in the API."""
    receiver = f"{stack.post_office_url}/receivers/stack"
    httpx2.put(receiver, json={"secrets": [SIGNING_SECRET]}).raise_for_status()
    hook = {"name": "Stack", "url": f"{stack.post_office_url}/webhook/stack", "secret": SIGNING_SECRET}
    olga.put("/webhooks/stack", hook)
    yield "/webhooks/stack"
    olga.delete("/webhooks/stack")


def arrived(stack: DeployedStack, since: datetime, handoff_id: str, kind: str) -> Json | None:
    messages = httpx2.get(f"{stack.post_office_url}/messages", params={"since": format_instant(since)}).json()
    found = [message for message in messages if handoff_id in message["text"] and f'"{kind}"' in message["text"]]
    return found[0] if found else None


def test_events_of_a_handoff_arrive_signed_and_are_logged(
    stack: DeployedStack, webhook: str, jane: Api, sam: Api, olga: Api
) -> None:
    began = datetime.now(UTC)
    handoff = a_handoff(jane)
    place = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}"
    eventually(lambda: arrived(stack, began, handoff["id"], "handoff_created"), "the message of the hand off")
    sam.post(f"{place}/claim")
    eventually(lambda: arrived(stack, began, handoff["id"], "handoff_claimed"), "the message of the claim")

    def settled() -> list[Json] | None:
        items = olga.get(f"{webhook}/deliveries")["items"]
        mine = [item for item in items if handoff["id"] in item["id"]]
        return mine if len(mine) >= 2 and all(item["state"] == "accepted" for item in mine) else None

    logged = eventually(settled, "the log of the webhook")
    listed = sam.get(f"{place}/deliveries")["items"]
    assert {item["id"] for item in logged} <= {item["id"] for item in listed}


def test_delivery_that_failed_comes_again_and_can_be_sent_again_by_hand(
    stack: DeployedStack, webhook: str, jane: Api, olga: Api
) -> None:
    began = datetime.now(UTC)
    fault = {"kind": "503", "of": "webhook", "count": 1}
    httpx2.post(f"{stack.post_office_url}/faults", json=fault).raise_for_status()
    handoff = a_handoff(jane)
    eventually(lambda: arrived(stack, began, handoff["id"], "handoff_created"), "the second try")

    def delivery() -> Json | None:
        items = olga.get(f"{webhook}/deliveries")["items"]
        of_it = [item for item in items if handoff["id"] in item["id"] and item["event_type"] == "handoff_created"]
        return of_it[0] if of_it and of_it[0]["state"] == "accepted" else None

    accepted = eventually(delivery, "the delivery")
    again = datetime.now(UTC)
    olga.post(f"{webhook}/deliveries/{accepted['id']}/redeliver")
    repeated = eventually(lambda: arrived(stack, again, handoff["id"], "handoff_created"), "the message sent by hand")
    assert repeated["headers"]["webhook-id"] == accepted["event_id"]


def test_test_message_arrives_while_the_admin_waits(stack: DeployedStack, webhook: str, olga: Api) -> None:
    assert olga.post(f"{webhook}/deliveries") == {"works": True, "detail": "The test message was accepted."}
