"""Places for fuzzed requests: each is in a state in which a route can succeed, and is made again once used."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2

from chalicelib.domain.instants import format_instant
from infra.local.api import Api, Json
from infra.local.demo.psa_link import body_of
from infra.local.rehearsal_model.faults import Fault
from tests.support.channels import SIGNING_SECRET
from tests.support.integrations import STANDARD
from tests.support.phones import NUMBER
from tests.support.push import SUBSCRIPTION
from tests.support.scenarios.http import read_again
from tests.support.stack.fuzz_routes import NEW_EACH_TIME, USED_UP
from tests.support.stack.psa_control import Sandbox
from tests.support.stack.rehearsal_switch import RehearsalSwitch
from tests.support.waiting import eventually

KINDS = ("connectwise", "autotask", "halopsa", "standard")
ACCOUNT = "fuzzed"
ASKED = "asked"
"""The integration with a PSA that answers."""

NO_TICKET = "999999"
"""What no ticket of the sandbox is called."""
Place = dict[str, Any]
"""What a request has to name, in its path, its query or its body, to be at the place."""


@dataclass
class Places:
    """Makes places as Ada, the admin, Sven, the senior, and Mina, the engineer, do; all PSAs are on this machine."""

    ada: Api
    sven: Api
    mina: Api
    rehearsal: RehearsalSwitch
    sandbox_url: str
    post_office_url: str
    deaf_url: str
    garbage_url: str
    put_token: Callable[[str], str]
    put_shown_token: Callable[[], str]
    put_test_message: Callable[[str], str]
    put_phone_code: Callable[[str], str]
    leaver_id: str
    _there: dict[Callable[["Places"], Place], Place] = field(default_factory=dict)
    _kinds: Iterator[str] = field(default_factory=lambda: cycle(KINDS))
    _number: Iterator[int] = field(default_factory=count)

    def of(self, route: str, body: object) -> Place:
        """A place where what the route does can be done; what is saved names its kind in its body."""
        if route == "put_integration":
            return self.form(*kind_and_address_in(body))
        make = NEEDED.get(route, Places.claimed)
        if make not in self._there or route in NEW_EACH_TIME:
            self._there[make] = make(self)
        return self._there[make]

    def use_up(self, route: str) -> None:
        """Let the next request of the route find a new place."""
        if route in USED_UP:
            self._there.pop(NEEDED.get(route, Places.claimed), None)

    def held(self, **more: str) -> Place:
        """A session of Ada's."""
        session = self.ada.post("/sessions", {"problem_summary": "Printer jam", **more})
        return {"session_id": session["id"], "epoch": session["epoch"]}

    def written(self) -> Place:
        """A step of Ada's that she may still change, and what it can say instead."""
        place = self.held()
        step = {"kind": "step", "action": "Restarted the printer", "result": "no_effect", "epoch": place["epoch"]}
        turn = self.ada.post(f"/sessions/{place['session_id']}/turns", step)
        return place | {"seq": str(turn["seq"]), "action": "Restarted the spooler"}

    def resolved(self, **more: str) -> Place:
        """A session of Ada's that she has resolved."""
        place = self.held(**more)
        done = {"resolution": "Restarted it.", "epoch": place["epoch"]}
        self.ada.post(f"/sessions/{place['session_id']}/resolve", done)
        return place

    def escalated(self) -> Place:
        """A session that Mina has handed off."""
        return self._handed_off(self.mina, "escalate")

    def parked(self) -> Place:
        """A session that Ada has put aside."""
        return self._handed_off(self.ada, "park")

    def claimed(self) -> Place:
        """A session of Mina's that Ada has picked up, and Ada, who is in the directory."""
        place = self.escalated()
        self.ada.post(f"/sessions/{place['session_id']}/handoffs/{place['handoff_id']}/claim")
        session = self.ada.get(f"/sessions/{place['session_id']}")
        tomorrow = format_instant(datetime.now(UTC) + timedelta(days=1))
        return place | {"epoch": session["epoch"], "engineer_id": self.ada.get("/me")["id"], "until": tomorrow}

    def reassignable(self) -> Place:
        """A session of Mina's that Ada has picked up, and Sven, to whom it can be directed."""
        return self.claimed() | {"to": self.sven.get("/me")["id"]}

    def directed(self) -> Place:
        """A session of Mina's that is directed to Ada, who is not away: else it would be open to all at once."""
        self.ada.put("/me/availability", {"presence": "available", "until": None})
        session = self.mina.post("/sessions", {"problem_summary": "Printer jam"})
        asked = {"intent": "escalate", "priority": "urgent", "to": self.ada.get("/me")["id"]}
        handoff = self.mina.post(f"/sessions/{session['id']}/handoff", asked)
        return {"session_id": session["id"], "handoff_id": handoff["id"]}

    def emailed(self) -> Place:
        """A token that switches e-mail to Sven off."""
        return {"token": self.put_token(self.sven.get("/me")["id"])}

    def shown(self) -> Place:
        """A token of a push message that was sent."""
        return {"token": self.put_shown_token()}

    def paged(self) -> Place:
        """A test message that Ada was sent."""
        return {"page_id": self.put_test_message(self.ada.get("/me")["id"]), "channel": "email"}

    def phoned(self) -> Place:
        """A number, and the code that Ada's was sent."""
        return {"number": NUMBER, "code": self.put_phone_code(self.ada.get("/me")["id"])}

    def subscribed(self) -> Place:
        """A browser of Ada's that gets push messages, and what it subscribed with."""
        return SUBSCRIPTION | {"device_id": self.ada.post("/me/devices", {"name": "Phone", **SUBSCRIPTION})["id"]}

    def just_claimed(self) -> Place:
        """The same, this very moment, so that it may still be undone."""
        return self.claimed()

    def unassessed(self) -> Place:
        """A handoff that the AI would say nothing of."""
        with self.rehearsal.showing(Fault(kind="refusal")):
            place = self.parked()
            self._wait_for(place, lambda handoff: handoff["assessment_status"] == "unavailable")
        return place

    def untold(self) -> Place:
        """A handoff whose ticket note has failed, as there is no such ticket."""
        self.ticket()
        place = self._handed_off(self.ada, "park", psa_ticket_id=NO_TICKET, integration_id=ASKED)
        self._wait_for(place, lambda handoff: handoff["ticket_notes"]["status"] == "failed")
        return place

    def untold_session(self) -> Place:
        """A session, reopened without a handoff, whose ticket note has failed, as there is no such ticket."""
        self.ticket()
        place = self.resolved(psa_ticket_id=NO_TICKET, integration_id=ASKED)
        self.ada.post(
            f"{(path := '/sessions/' + place['session_id'])}/reopen", {"reason": "It is back.", "epoch": place["epoch"]}
        )
        eventually(lambda: self.ada.get(path)["ticket_notes"]["status"] == "failed" or None, f"the end of {path}")
        return place

    def ticket(self) -> Place:
        """A ticket of a PSA that answers."""
        self.ada.put(f"/integrations/{ASKED}", body_of("connectwise", self.sandbox_url))
        ticket = Sandbox(self.sandbox_url).open_ticket("connectwise", "Printer jam")
        return {"integration_id": ASKED, "ticket_id": str(ticket["id"])}

    def policy(self) -> Place:
        """A policy, no quiet hours, and a time to see what comes of it."""
        return {"policy": {"direct_for_min": 5}, "quiet": None, "version": None, "start": "2026-11-27T17:55"}

    def rota(self) -> Place:
        """A rota by which Mina is on call since yesterday, and the key to its calendar."""
        yesterday = datetime.now(UTC).date() - timedelta(days=1)
        rota: Json = {
            "time_zone": "UTC",
            "people": [person.get("/me")["id"] for person in (self.mina, self.ada)],
            "handover": {"weekday": f"{yesterday:%a}".lower(), "time": "00:00"},
            "length": 52,
            "starts_on": str(yesterday),
        }
        self.ada.put("/rotas/nights", {"name": "Nights", "rota": rota})
        address = self.ada.post("/rotas/nights/calendar")["path"]
        place: Place = {"rota_id": "nights", "rota": rota, "version": None}
        return place | {
            "begins_at": f"{yesterday}T00:00:00.000Z",
            "from": f"{yesterday}T00:00:00.000Z",
            "to": format_instant(datetime.now(UTC)),
            "token": parse_qs(urlsplit(address).query)["token"][0],
        }

    def webhook(self) -> Place:
        """An outgoing webhook to the post office."""
        receiver = f"{self.post_office_url}/receivers/{ACCOUNT}"
        httpx2.put(receiver, json={"secrets": [SIGNING_SECRET]}).raise_for_status()
        named = {"url": f"{self.post_office_url}/webhook/{ACCOUNT}", "secret": SIGNING_SECRET}
        self.ada.put("/webhooks/ops", {"name": "Operations", **named})
        return {"target_id": "ops", "version": None, **named}

    def delivered(self) -> Place:
        """A message that this webhook has had."""
        place = self.webhook()
        self.escalated()

        def look() -> Json | None:
            items = self.ada.get("/webhooks/ops/deliveries")["items"]
            return next((item for item in items if item["state"] == "accepted"), None)

        return place | {"delivery_id": eventually(look, "a message at the post office")["id"]}

    def channel(self) -> Place:
        """A Slack channel, which is the post office's."""
        named = {"kind": "slack", "url": f"{self.post_office_url}/slack/{ACCOUNT}"}
        self.ada.put("/channels/ops", {"name": "Operations", **named})
        return {"channel_id": "ops", "version": None, **named}

    def linked(self) -> Place:
        """An integration, of each kind and with each address in turn."""
        kind = next(self._kinds)
        place = self.form(kind, "")
        body = body_of(kind, self.sandbox_url) if kind != "standard" else STANDARD
        self.ada.put(f"/integrations/{kind}", body | {name: place[name] for name in ("base_url", "secrets")})
        return place

    def form(self, kind: str, path: str) -> Place:
        """What is right for an integration of the kind: its PSA in turn the sandbox, nobody, and one of broken."""
        number = next(self._number)
        place: Place = {"target_id": ACCOUNT, "integration_id": kind, "version": None}
        secret = {"webhook_secret": f"whsec_{b64encode(number.to_bytes(32)).decode()}"}
        if kind == "standard":
            return place | {"base_url": None, "secrets": secret}
        known = body_of(kind, self.sandbox_url)
        below = quote(path, errors="replace")
        addresses = (known["base_url"], f"{self.deaf_url}/{below}", f"{self.garbage_url}/{below}")
        secrets = known["secrets"] | (secret if kind != "connectwise" else {})
        return place | {"base_url": addresses[number % 3], "secrets": secrets}

    def _handed_off(self, by: Api, intent: str, **opening: str) -> Place:
        session = by.post("/sessions", {"problem_summary": "Printer jam"} | opening)
        handoff = by.post(f"/sessions/{session['id']}/handoff", {"intent": intent})
        return {"session_id": session["id"], "handoff_id": handoff["id"]}

    def _wait_for(self, place: Place, is_so: Callable[[Json], bool]) -> None:
        handoff = {"session_id": place["session_id"], "id": place["handoff_id"]}
        eventually(lambda: is_so(read_again(self.ada, handoff)) or None, f"the end of {handoff}")


def kind_and_address_in(body: object) -> tuple[str, str]:
    """What a body that may not fit says of an integration, as far as it does."""
    match body:
        case {"settings": {"kind": str(kind)}, "base_url": str(address)} if kind in KINDS:
            return kind, address
        case {"settings": {"kind": str(kind)}} if kind in KINDS:
            return kind, ""
        case _:
            return "standard", ""


NEEDED: dict[str, Callable[[Places], Place]] = {
    "post_session": Places.linked,
    "patch_session": Places.held,
    "post_turn": Places.held,
    "patch_turn": Places.written,
    "post_message": Places.held,
    "post_handoff": Places.held,
    "post_escalate": Places.held,
    "post_claim": Places.escalated,
    "post_decline": Places.directed,
    "post_reopen": Places.resolved,
    "post_reassign": Places.reassignable,
    "delete_engineer": lambda places: {"engineer_id": places.leaver_id},
    "post_unsubscribe": Places.emailed,
    "post_shown": Places.shown,
    **dict.fromkeys(("get_page", "post_page_arrived"), Places.paged),
    **dict.fromkeys(("post_phone", "post_phone_confirm"), Places.phoned),
    **dict.fromkeys(("post_device", "delete_device"), Places.subscribed),
    "post_withdraw": Places.parked,
    "post_assessment": Places.unassessed,
    "post_ticket_notes_retry": Places.untold,
    "post_session_notes_retry": Places.untold_session,
    "post_webhook": Places.linked,
    **dict.fromkeys(("get_integration", "delete_integration", "post_integration_test"), Places.linked),
    **dict.fromkeys(("get_integration_choices", "get_ticket", "get_ticket_sessions"), Places.ticket),
    "patch_handoff": Places.escalated,
    "post_undo": Places.just_claimed,
    **dict.fromkeys(("put_policy", "post_policy_preview", "put_notification_settings"), Places.policy),
    **dict.fromkeys(("get_rota", "put_rota", "delete_rota", "get_shifts", "post_take_shift"), Places.rota),
    **dict.fromkeys(("post_calendar", "delete_calendar", "get_calendar"), Places.rota),
    **dict.fromkeys(("get_webhook", "put_webhook", "delete_webhook", "get_webhook_deliveries"), Places.webhook),
    "post_webhook_test": Places.webhook,
    "post_redeliver": Places.delivered,
    **dict.fromkeys(("get_channel", "put_channel", "delete_channel", "post_channel_test"), Places.channel),
}
"""Where a route's action can be done; what is not named can be done where Ada has picked a session up."""
