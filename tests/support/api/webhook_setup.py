"""Integrations, a queue and a key server, for tests of the webhook route."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import boto3

from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.entry.webhook_clock import CLOCK
from chalicelib.store.keys import DELIVERIES
from chalicelib.store.rows.integrations import IntegrationRow
from tests.support.api.client import Answer, ApiClient
from tests.support.builders import ACME, OLGA
from tests.support.environment import configured
from tests.support.integrations import BODIES, Body, with_secrets
from tests.support.servers.identity_provider import IdentityProvider
from tests.support.servers.key_server import KeyServer, a_key_server
from tests.support.tables import empty_tables

SECRETS_PREFIX = "flowpilot/test/integrations/"
VECTORS = Path(__file__).parents[2] / "vectors"


class Bench(NamedTuple):
    """The API, an integration of each kind under its kind's name once something is sent to it, and what lies behind."""

    api: ApiClient
    keys: KeyServer
    queue_url: str
    saved: set[str]

    def save(self, kind: str, body: Body) -> None:
        """Save the integration of this kind."""
        self.saved.add(kind)
        answer = self.api.call("PUT", f"/integrations/{kind}", by=OLGA, body=body)
        assert answer.status == 200, answer.text

    def send(self, kind: str, raw: bytes, headers: Mapping[str, str], query: str = "") -> Answer:
        """Send what a PSA of this kind sends, without any token."""
        if kind not in self.saved:
            self.save(kind, BODIES[kind])
        path = f"/webhooks/{ACME}/{kind}" + (f"?{query}" if query else "")
        return self.api.call("POST", path, raw=raw, headers=headers)

    def arrange(self, vector: Mapping[str, Any]) -> None:
        """Save the integration that a vector speaks of, and have the key server answer as it says."""
        self.save(vector["system"], body_for(vector))
        if answer := vector["context"].get("key_url_response"):
            self.keys.answers(answer["status"], json.dumps(answer["body"]))

    def send_vector(self, vector: Mapping[str, Any]) -> Answer:
        """Send the request of a vector at the time it speaks of."""
        request, context = vector["request"], vector["context"]
        with at_second(context.get("now_unix", 1787019247)):
            return self.send(vector["system"], request["body_raw"].encode(), request["headers"], request["query"])

    def restart(self) -> None:
        """Forget integrations, marks and what is queued."""
        self.saved.clear()
        self.keys.restart()
        self.queued()
        with IntegrationRow.batch_write() as batch:
            for row in IntegrationRow.scan():
                batch.delete(row)

    def queued(self) -> list[DeliveryMessage]:
        """Take everything out of the queue, and return the deliveries; a saved integration also orders searches."""
        return [DeliveryMessage.model_validate_json(body) for body in self.bodies() if "delivery" in json.loads(body)]

    def bodies(self) -> list[str]:
        """Take everything out of the queue, as it lies there."""
        found: list[str] = []
        sqs = boto3.client("sqs")
        while messages := sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                found.append(message["Body"])
                sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def marks(self) -> list[str]:
        """The marks of the deliveries that were taken in, without what all begin with."""
        rows = IntegrationRow.query(ACME, IntegrationRow.integration_id.startswith(DELIVERIES))
        return [row.integration_id.removeprefix(DELIVERIES) for row in rows]


def vectors(*systems: str) -> list[Any]:
    """The vectors of these systems, each under its name."""
    files = [file for system in systems or BODIES for file in sorted((VECTORS / system).glob("*.json"))]
    return [json.loads(file.read_text("utf-8")) for file in files]


def vector(system: str, name: str) -> Any:
    """One vector."""
    return json.loads((VECTORS / system / f"{name}.json").read_text("utf-8"))


def vector_id(found: Mapping[str, Any]) -> str:
    """What a test of a vector is called."""
    return f"{found['system']}-{found['name']}"


def body_for(found: Mapping[str, Any]) -> Body:
    """The integration that a vector's context speaks of; as its answers name it, secrets included."""
    body, secrets = BODIES[found["system"]], found["context"].get("secrets")
    if secrets is None:
        return body
    now, before = [*secrets, None][:2]
    return with_secrets(body, webhook_secret=now, previous_webhook_secret=before)


@contextmanager
def at_second(second: int) -> Iterator[None]:
    """Let the route believe that it is this second."""
    token = CLOCK.set(lambda: datetime.fromtimestamp(second, UTC))
    try:
        yield
    finally:
        CLOCK.reset(token)


@contextmanager
def a_bench(provider: IdentityProvider, folder: Path) -> Iterator[Bench]:
    """Yield a bench, with settings for a stage that calls nothing but public machines."""
    with a_key_server(folder) as keys, webhooks_at(provider, stage="dev") as queue_url:
        yield Bench(ApiClient(provider), keys, queue_url, set())


@contextmanager
def webhooks_at(provider: IdentityProvider, stage: str) -> Iterator[str]:
    """Empty tables, a queue for what webhooks take in, and settings for the stage; yields the queue's URL."""
    with empty_tables():
        queue_url = boto3.client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
        here = {"PSA_DELIVERIES_QUEUE_URL": queue_url, "INTEGRATION_SECRETS_PREFIX": SECRETS_PREFIX, "STAGE": stage}
        with configured(**provider.environment, **here):
            yield queue_url
