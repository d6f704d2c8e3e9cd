"""Places for fuzzed requests: each is in a state in which a route can succeed, and is made again once used."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any
from urllib.parse import quote

from infra.local.api import Api, Json
from infra.local.demo.psa_link import body_of
from infra.local.rehearsal_model.faults import Fault
from tests.support.integrations import STANDARD
from tests.support.stack.rehearsal_switch import RehearsalSwitch
from tests.support.stack.scenarios import read_again
from tests.support.waiting import eventually

KINDS = ("connectwise", "autotask", "halopsa", "standard")
ACCOUNT = "fuzzed"
REFUSING = "refusing"
"""The integration whose PSA does not accept the credentials."""

Place = dict[str, Any]
"""What a request has to name, in its path or its body, to be at the place."""


@dataclass
class Places:
    """Makes places as Ada, the admin, and Mina, the engineer, do; all PSAs have addresses of this machine."""

    ada: Api
    mina: Api
    rehearsal: RehearsalSwitch
    sandbox_url: str
    deaf_url: str
    rubbish_url: str
    _there: dict[Callable[["Places"], Place], Place] = field(default_factory=dict)
    _kinds: Iterator[str] = field(default_factory=lambda: cycle(KINDS))
    _number: Iterator[int] = field(default_factory=count)

    def of(self, route: str, body: object) -> Place:
        """A place where what the route does can be done; what is saved names its kind in its body."""
        if route == "put_integration":
            return self.form(*kind_and_address_in(body))
        make = NEEDED.get(route, Places.claimed)
        if make not in self._there:
            self._there[make] = make(self)
        return self._there[make]

    def use_up(self, route: str) -> None:
        """Let the next request of the route find a new place."""
        if route in USED_UP:
            self._there.pop(NEEDED.get(route, Places.claimed), None)

    def held(self) -> Place:
        """A session of Ada's."""
        session = self.ada.post("/sessions", {"problem_summary": "Printer jam"})
        return {"session_id": session["id"], "epoch": session["epoch"]}

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
        return place | {"epoch": session["epoch"], "engineer_id": self.ada.get("/me")["id"]}

    def unassessed(self) -> Place:
        """A handoff that the AI would say nothing of."""
        with self.rehearsal.showing(Fault(kind="refusal")):
            place = self.parked()
            self._wait_for(place, lambda handoff: handoff["assessment_status"] == "unavailable")
        return place

    def untold(self) -> Place:
        """A handoff whose ticket could not be told."""
        body = body_of("connectwise", self.sandbox_url)
        self.ada.put(f"/integrations/{REFUSING}", body | {"secrets": {"public_key": "no", "private_key": "no"}})
        place = self._handed_off(self.ada, "park", psa_ticket_id="1", integration_id=REFUSING)
        self._wait_for(place, lambda handoff: handoff["ticket_notes"]["status"] == "failed")
        return place

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
        place: Place = {"account_id": ACCOUNT, "integration_id": kind, "version": None}
        secret = {"webhook_secret": f"whsec_{b64encode(number.to_bytes(32)).decode()}"}
        if kind == "standard":
            return place | {"base_url": None, "secrets": secret}
        known = body_of(kind, self.sandbox_url)
        below = quote(path, errors="replace")
        addresses = (known["base_url"], f"{self.deaf_url}/{below}", f"{self.rubbish_url}/{below}")
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
    "post_turn": Places.held,
    "post_message": Places.held,
    "post_handoff": Places.held,
    "post_escalate": Places.held,
    "post_claim": Places.escalated,
    "post_withdraw": Places.parked,
    "post_assessment": Places.unassessed,
    "post_ticket_notes_retry": Places.untold,
    "post_webhook": Places.linked,
    "get_integration": Places.linked,
    "delete_integration": Places.linked,
    "post_integration_test": Places.linked,
}
"""Where a route's action can be done; what is not named can be done where Ada has picked a session up."""

NAMED_IN_BODY = {
    "post_session": ["integration_id"],
    "post_turn": ["epoch"],
    "post_message": ["epoch"],
    "post_handoff": ["epoch"],
    "post_resolve": ["epoch"],
    "put_integration": ["base_url", "secrets", "version"],
}
"""What a body has to name of the place."""

USED_UP = [
    "post_handoff",
    "post_escalate",
    "post_resolve",
    "post_claim",
    "post_release",
    "post_withdraw",
    "post_assessment",
    "post_ticket_notes_retry",
    "delete_integration",
    "post_integration_test",
]
"""Actions that cannot be done twice, or not as well, at one place."""
