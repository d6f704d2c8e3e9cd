"""Webhooks as the three PSAs send them: made, signed and delivered, each in its own way."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import httpx2

from infra.local.psa_sandbox import autotask, connectwise, halopsa
from infra.local.psa_sandbox.ticket_store import STATUS_IDS, US, Ticket, now

SIGNING_KEY = "sandbox-signing-key"
CALLBACK_KEY_PATH = "/v2025_1//system/callbackkey/index.rails"
TIMEOUT_S = 5.0

_callouts = count(1)
"""Tells two callouts of one second apart."""


@dataclass(frozen=True)
class Hook:
    """Where one system sends its webhooks; `secret` signs Autotask's and is the password of Halo's."""

    url: str
    secret: str = ""
    username: str | None = None


@dataclass(frozen=True)
class Delivery:
    """A webhook, ready to be sent; sent again it is the same, byte for byte."""

    url: str
    headers: dict[str, str]
    body: bytes

    def send(self) -> "Delivered":
        """What it was answered with; status 0 when there was no answer."""
        try:
            answer = httpx2.post(self.url, content=self.body, headers=self.headers, timeout=TIMEOUT_S)
        except httpx2.RequestError:
            return Delivered(0, "")
        return Delivered(answer.status_code, answer.text)


@dataclass(frozen=True)
class Delivered:
    """How a webhook was answered."""

    status: int
    text: str


def connectwise_delivery(hook: Hook, address: str, ticket: Ticket, action: str = "updated") -> Delivery:
    """ConnectWise: signed with a key that is published at `key_url`; the ticket is JSON inside the JSON.

    The ticket's id is added to the text of the address, whatever that ends with.
    """
    entity = {"id": ticket.id, "summary": ticket.summary, "recordType": "ServiceTicket"}
    key = f"{address}{CALLBACK_KEY_PATH}?companyName={connectwise.COMPANY}&id={uuid4()}"
    message = {
        "MessageId": str(uuid4()),
        "FromUrl": "localhost",
        "CompanyId": connectwise.COMPANY,
        "MemberId": ticket.updated_by,
        "Action": action,
        "Type": "ticket",
        "ID": ticket.id,
        "ProductInstanceId": None,
        "PartnerId": None,
        "Entity": None if action == "deleted" else json.dumps(entity),
        "Metadata": {"key_url": key},
        "CallbackObjectRecId": 7,
    }
    body = json.dumps(message).encode()
    digest = hmac.digest(hashlib.sha256(SIGNING_KEY.encode()).digest(), body, "sha256")
    headers = {"content-type": "application/json", "x-content-signature": base64.b64encode(digest).decode()}
    return Delivery(f"{hook.url}{ticket.id}&action={action}", headers, body)


def autotask_delivery(hook: Hook, ticket: Ticket, action: str = "Update") -> Delivery:
    """Autotask: SHA-1 of the body, in base64. The ticket has its number where that is a field to display always."""
    message = {
        "Action": action,
        "Guid": autotask.WEBHOOK_GUID,
        "EntityType": "Ticket",
        "Id": ticket.id,
        "Fields": {"TicketNumber": ticket.number, "Status": str(STATUS_IDS["autotask"][ticket.status])},
        "EventTime": now()[:19] + "Z",
        "SequenceNumber": next(_callouts),
        "PersonId": int(autotask.OWN_RESOURCE) if ticket.updated_by == US else 29682885,
    }
    body = json.dumps(message).encode()
    signature = base64.b64encode(hmac.digest(hook.secret.encode(), body, "sha1")).decode()
    return Delivery(hook.url, {"content-type": "application/json", "X-Hook-Signature": f"sha1={signature}"}, body)


def halopsa_delivery(hook: Hook, ticket: Ticket, event: str = "Ticket Updated") -> Delivery:
    """HaloPSA: nothing is signed; the header is the one that was configured."""
    agent_id = int(halopsa.OWN_AGENT) if ticket.updated_by == US else 21
    shown = {"id": ticket.id, "summary": ticket.summary}
    body = json.dumps({"event": event, "ticket": shown, "action": {"who_agentid": agent_id}}).encode()
    login = base64.b64encode(f"{hook.username or ''}:{hook.secret}".encode()).decode()
    header = f"Basic {login}" if hook.username else f"Bearer {hook.secret}"
    return Delivery(hook.url, {"content-type": "application/json", "authorization": header}, body)


def delivery_of(system: str, hook: Hook, address: str, ticket: Ticket) -> Delivery:
    """What the system sends when the ticket has changed; `address` is where the system itself can be asked."""
    if system == "connectwise":
        return connectwise_delivery(hook, address, ticket)
    return autotask_delivery(hook, ticket) if system == "autotask" else halopsa_delivery(hook, ticket)


def deletion_of(system: str, hook: Hook, address: str, ticket: Ticket) -> Delivery:
    """What the system sends when the ticket is gone."""
    if system == "connectwise":
        return connectwise_delivery(hook, address, ticket, "deleted")
    if system == "autotask":
        return autotask_delivery(hook, ticket, "Delete")
    return halopsa_delivery(hook, ticket, "Ticket Deleted")
