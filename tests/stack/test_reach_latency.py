"""From a hand off committed to its message accepted, by each kind, beside the feed: measured and reported.

What the post office gets it dates itself. The emulator's SNS gives an SMS no time, so that of an SMS is the ledger's,
which is written when SNS has answered; that of an e-mail is reported both ways, to show how far apart the two are.
"""

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest

from chalicelib.domain.instants import format_instant, parse_instant
from infra.local.api import Api, Json
from infra.local.demo.post_office_link import PHONE, link_post_office
from infra.local.deployed import DeployedStack
from tests.support.reporting import Report
from tests.support.scenarios.http import a_handoff, a_session, place_of
from tests.support.stack.ledger_rows import reset_gathering
from tests.support.waiting import eventually

pytestmark = pytest.mark.prove

KINDS = ("email", "push", "slack", "teams", "webhook")
FEED = "feed"
BY_LEDGER = ("email by the ledger", "sms by the ledger")
MEASURED = (FEED, *KINDS, *BY_LEDGER)
ROUNDS = 20


@pytest.fixture
def linked_stack(stack: DeployedStack, olga: Api, sam: Api) -> Iterator[DeployedStack]:
    """The stack with a webhook, two chats and Sam's phone at the post office."""
    link_post_office(stack)
    yield stack
    olga.delete("/webhooks/post-office")
    for kind in ("slack", "teams"):
        olga.delete(f"/channels/post-office-{kind}")
    for device in sam.get("/me/notifications")["devices"]:
        if device["name"] == PHONE:
            sam.delete(f"/me/devices/{device['id']}")


def seconds_since(committed: datetime, at: datetime) -> float:
    return (at - committed).total_seconds()


def seen_in_feed(by: Api, handoff: Json) -> datetime | None:
    """When the feed was seen to hold the event of the hand off."""
    is_there = any(item["handoff_id"] == handoff["id"] for item in by.get("/feed?limit=100")["items"])
    return datetime.now(UTC) if is_there else None


def arrivals(stack: DeployedStack, ticket: str, since: datetime) -> dict[str, datetime] | None:
    """When the first message of each kind about a ticket was accepted, once each has been."""
    order = {"since": format_instant(since)}
    found = httpx2.get(f"{stack.post_office_url}/messages", params=order, timeout=10).json()
    times: dict[str, datetime] = {}
    for message in found:
        if f"#{ticket}" in message["title"]:
            times.setdefault(message["kind"], parse_instant(message["at"]))
    return times if set(KINDS) <= set(times) else None


def accepted(by: Api, handoff: Json) -> dict[str, datetime] | None:
    """When the first message of each kind to a person was accepted, by the ledger, once each has been."""
    times: dict[str, datetime] = {}
    for entry in reversed(by.get(f"{place_of(handoff)}/deliveries?limit=100")["items"]):
        name = f"{entry['kind']} by the ledger"
        if name in BY_LEDGER and entry["accepted_at"]:
            at = parse_instant(entry["accepted_at"])
            times[name] = min(at, times.get(name, at))
    return times if set(times) == set(BY_LEDGER) else None


def measure(stack: DeployedStack, by: Api, number: int) -> dict[str, float]:
    """Hand a case off, and return how many seconds after its commit each kind of message was accepted."""
    reset_gathering(stack)
    ticket, began = f"T90{number:04}", datetime.now(UTC)
    handoff = a_handoff(by, a_session(by, psa_ticket_id=ticket), priority="urgent")
    committed = parse_instant(handoff["created_at"])
    in_feed = eventually(lambda: seen_in_feed(by, handoff), "the event in the feed")
    arrived = eventually(lambda: arrivals(stack, ticket, began), "a message of each kind")
    by_ledger = eventually(lambda: accepted(by, handoff), "an e-mail and an SMS that were accepted")
    by.post(f"{place_of(handoff)}/withdraw")  # its ladder would send more SMS than go out alone
    times = {FEED: in_feed, **arrived, **by_ledger}
    return {name: seconds_since(committed, times[name]) for name in MEASURED}


def test_time_from_commit_to_accepted_message_is_reported(
    linked_stack: DeployedStack, jane: Api, report: Report
) -> None:
    measure(linked_stack, jane, 0)  # the functions' first calls start their processes

    measured = [measure(linked_stack, jane, number) for number in range(1, ROUNDS + 1)]

    for kind in MEASURED:
        waits = sorted(one[kind] for one in measured)
        nine_tenths = waits[int(0.9 * len(waits)) - 1]
        line = f"{kind}: median {statistics.median(waits):.2f} s, 90 % {nine_tenths:.2f} s, most {waits[-1]:.2f} s"
        report("from hand off committed to message accepted", f"{line}, n {len(waits)}")
    assert all(min(one.values()) > 0 for one in measured)
