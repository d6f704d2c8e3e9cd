"""The PSA sandbox of the deployed stack, and what an admin and the PSA's own people do with it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx2

from chalicelib.store.keys import DELIVERIES
from infra.local.api import Api, Json
from infra.local.demo.psa_link import WEBHOOK_SECRET, body_of
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import SYSTEMS
from infra.local.site import STAGE
from tests.support.waiting import eventually


@dataclass(frozen=True)
class Sandbox:
    """Speaks to the sandbox at `url`."""

    url: str

    def open_ticket(self, system: str, summary: str) -> Json:
        """A new ticket of the system."""
        return self._ask("POST", f"/tickets/{system}", {"summary": summary})

    def change(self, system: str, ticket: Json, **changes: object) -> Json:
        """Change a ticket as the PSA's people do; how its webhook was answered."""
        return self._ask("POST", f"/tickets/{system}/{ticket['id']}", changes)

    def tell_again(self, system: str, ticket: Json) -> Json:
        """Send the webhook of the ticket's latest change by anyone."""
        return self._ask("POST", f"/tickets/{system}/{ticket['id']}/webhook", {})

    def ticket(self, system: str, ticket: Json) -> Json:
        """The ticket as it is now."""
        return next(found for found in self._ask("GET", "/tickets")[system] if found["id"] == ticket["id"])

    def notes(self, system: str, ticket: Json) -> list[Json]:
        """The notes on the ticket."""
        notes: list[Json] = self.ticket(system, ticket)["notes"]
        return notes

    @contextmanager
    def showing(self, fault: PsaFault) -> Iterator[None]:
        """Let all systems show `fault` inside the block, and be sound after it."""
        self._ask("POST", "/faults", fault.model_dump())
        try:
            yield
        finally:
            self._ask("DELETE", "/faults")

    def hook_up(self, system: str, hook: Mapping[str, object]) -> None:
        """Say where the system's webhooks go."""
        self._ask("PUT", f"/hooks/{system}", hook)

    def _ask(self, method: str, path: str, body: Any = None) -> Json:
        answer: Json = httpx2.request(method, self.url + path, json=body, timeout=30).raise_for_status().json()
        return answer


def shown_id(system: str, ticket: Json) -> str:
    """What an engineer types: Autotask's people know tickets by number."""
    return ticket["number"] if system == "autotask" else str(ticket["id"])


@contextmanager
def linked(stack: DeployedStack, admin: Api, sandbox: Sandbox) -> Iterator[None]:
    """Have the account tell tickets in all three systems, and be told by them, inside the block."""
    with unlinked_in_the_end(stack, SYSTEMS):
        for system in SYSTEMS:
            made = admin.put(f"/integrations/{system}", body_of(system, sandbox.url))
            sandbox.hook_up(system, {"url": stack.api_url + made["webhook_path"], "secret": WEBHOOK_SECRET})
        yield


@contextmanager
def unlinked_in_the_end(stack: DeployedStack, integration_ids: tuple[str, ...]) -> Iterator[None]:
    """Leave no integration behind, for tests of the same stack that know of none."""
    try:
        yield
    finally:
        with stack.api("olga") as api:
            for integration_id in integration_ids:
                api.delete(f"/integrations/{integration_id}")


def integration_row(stack: DeployedStack, integration_id: str) -> Json:
    """An integration of acme as it is kept."""
    dynamodb = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    table = dynamodb.Table(f"flowpilot-{STAGE}-integrations")
    key = {"account_id": "acme", "integration_id": integration_id}
    return dict(table.get_item(Key=key, ConsistentRead=True)["Item"])


def marks(stack: DeployedStack) -> list[str]:
    """The positions of all marks of deliveries that were taken in."""
    dynamodb = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    rows = dynamodb.Table(f"flowpilot-{STAGE}-integrations").scan(ConsistentRead=True)["Items"]
    return [str(row["integration_id"]) for row in rows if str(row["integration_id"]).startswith(DELIVERIES)]


def of_all(look: Callable[[str], Json | None], what: str, within_s: float = 60) -> dict[str, Json]:
    """What `look` finds for each system, once it has found it."""
    return {system: eventually(partial(look, system), f"{what} in {system}", within_s) for system in SYSTEMS}


def worked_off(stack: DeployedStack) -> None:
    """Return once no delivery waits in the queue, and none is being worked."""
    sqs = emulator_session().client("sqs", endpoint_url=stack.endpoint_url)
    url = sqs.get_queue_url(QueueName=f"flowpilot-{STAGE}-psa-deliveries")["QueueUrl"]

    def look() -> bool | None:
        counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        visible, hidden = counts["ApproximateNumberOfMessages"], counts["ApproximateNumberOfMessagesNotVisible"]
        return True if (visible, hidden) == ("0", "0") else None

    eventually(look, "the end of the deliveries' queue")
