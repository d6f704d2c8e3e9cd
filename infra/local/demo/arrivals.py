"""What arrived outside the page: read at the post office, which stands for mailboxes, a phone and two chats."""

import json
from collections.abc import Collection
from datetime import UTC, datetime

import httpx2

from chalicelib.domain.instants import format_instant
from infra.local.api import Api, Json
from infra.local.demo.narration import clock_of, tell, wait_for, without_snippet
from infra.local.deployed import DeployedStack
from infra.local.people import BY_HANDLE

TIMEOUT_S = 150
"""How long a message may take: after three in five minutes, one about an urgent case may wait a minute for others."""

PUSH, SMS, SLACK, TEAMS = "push", "sms", "slack", "teams"


class Arrivals:
    """The messages about one session that arrived since this was made."""

    def __init__(self, stack: DeployedStack, session: Json) -> None:
        self._stack, self._session_id, self._ticket = stack, session["id"], session["psa_ticket_id"]
        self._since, self._told = format_instant(datetime.now(UTC)), 0

    def tell_until(self, wanted: Collection[str], *, what: str) -> None:
        """Tell what arrives until there is something new at each of `wanted`: an address, or a kind of message."""
        wait_for(lambda: set(wanted) <= _places(self._new()) or None, TIMEOUT_S, what)
        new = self._new()
        self._told += len(new)
        for message in new:
            tell(
                message["kind"],
                f"{clock_of(message['at'])} {_place_in_words(message)}: {without_snippet(message['title'])}",
            )

    def show_push(self) -> None:
        """Do what a phone's service worker does with the newest push message: show it, and say so."""
        (*_, newest) = [message for message in self._all() if message["kind"] == PUSH]
        token = json.loads(newest["text"])["token"]
        answer = httpx2.post(f"{self._stack.api_url}/deliveries/shown", json={"token": token}, timeout=30)
        answer.raise_for_status()

    def _new(self) -> list[Json]:
        return self._all()[self._told :]

    def _all(self) -> list[Json]:
        """All but what the webhook got, which is every event and left to the post office's page."""
        found = httpx2.get(f"{self._stack.post_office_url}/messages", params={"since": self._since}, timeout=10).json()
        return [message for message in found if message["kind"] != "webhook" and self._is_about_it(message)]

    def _is_about_it(self, message: Json) -> bool:
        """Chats, and a message that gathers several, show no session, but the ticket."""
        return self._session_id in message["text"] or f"#{self._ticket}" in message["title"] + message["text"]


def tell_deliveries(by: Api, handoff: Json) -> None:
    """Tell what is known of each message to a person about a handoff, as its page shows it."""
    place = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}/deliveries?limit=100"
    for item in reversed(by.get(place)["items"]):
        device = item["recipient"]["device"]
        if item["kind"] in ("email", PUSH, SMS) and item["state"] != "skipped":
            way = f"push to {device}" if device else {"email": "e-mail", SMS: "SMS"}[item["kind"]]
            about = without_snippet(item["title"])
            tell("deliveries", f"{about} -> {item['recipient']['name']} by {way}: {item['state']}")


def _places(messages: list[Json]) -> set[str]:
    return {message["to"] if message["kind"] == "email" else message["kind"] for message in messages}


def _place_in_words(message: Json) -> str:
    if message["kind"] == "email":
        handle = message["to"].partition("@")[0]
        return f"to {BY_HANDLE[handle].name}" if handle in BY_HANDLE else f"to {message['to']}"
    if message["kind"] == SMS:
        return "to Sam's number"
    if message["kind"] == PUSH:
        silent = json.loads(message["text"])["silent"]
        return "to Sam's phone, silently, in place of the one before" if silent else "to Sam's phone"
    return "in the channel"
