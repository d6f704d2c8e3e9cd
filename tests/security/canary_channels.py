"""What leaves on the canary walk through the topic: webhooks, Slack, Teams and tickets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import boto3
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.domain.people import Caller
from chalicelib.entry.deliveries import notify
from chalicelib.entry.ticket_notes import push_to_psa
from chalicelib.settings import settings
from infra.local.psa_sandbox.ticket_store import Ticket
from tests.security.canaries import CANARIES
from tests.support.api.client import Answer
from tests.support.builders import OLGA
from tests.support.channels import SIGNING_SECRET
from tests.support.dynamodb.stream_simulator import Context
from tests.support.scenarios.psa import forget_process, link
from tests.support.servers.post_office import a_post_office
from tests.support.servers.psa_sandbox import a_psa_sandbox, ticket_of
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL

SYSTEM = "connectwise"


class Calls(Protocol):
    """Calls the API."""

    def call(self, method: str, path: str, by: Caller | None = None, body: object = None, **headers: str) -> Answer:
        """Send a request."""


def sent_to_channels(walker: Calls) -> list[str]:
    """What a webhook, Slack and Teams are sent of all that was published, by the function behind the queue."""
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    with a_post_office() as post_office:
        name = CANARIES["address of a webhook"]
        post_office.mailbox.secrets[name] = [SIGNING_SECRET]
        hook = {"name": "Operations", "url": f"{post_office.url}/webhook/{name}", "secret": SIGNING_SECRET}
        walker.call("PUT", "/webhooks/ops", OLGA, hook)
        walker.call("POST", "/webhooks/ops/deliveries", OLGA)
        for kind in ("slack", "teams"):
            channel = {"kind": kind, "name": "Operations", "url": f"{post_office.url}/{kind}/{name}"}
            walker.call("PUT", f"/channels/{kind}", OLGA, channel)
            walker.call("POST", f"/channels/{kind}/test", OLGA)
        for event in messages_published():
            notify({"Records": [queued(event)]}, None)
        while found := boto3.client("sqs").receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL).get("Messages"):
            notify({"Records": [queued(message["Body"]) for message in found]}, None)
        return [message.text for message in post_office.mailbox.messages]


def queued(body: str) -> dict[str, object]:
    """A message of the queue as Lambda hands it over."""
    return {"messageId": "1", "receiptHandle": "1", "body": body, "attributes": {"ApproximateReceiveCount": "1"}}


def messages_published() -> list[str]:
    """What the topic was given."""
    topic = get_backend("sns")[DEFAULT_ACCOUNT_ID]["us-east-1"].topics[settings().events_topic_arn]
    return [str(notification[1]) for notification in topic.sent_notifications]


@contextmanager
def a_ticket() -> Iterator[Ticket]:
    """A ticket in a PSA that the account is linked to."""
    with a_psa_sandbox() as server:
        forget_process()
        link(server, SYSTEM)
        yield ticket_of(server, SYSTEM)
        forget_process()


def written_to(ticket: Ticket) -> list[str]:
    """What the ticket is told of all that was published, by the function behind the queue."""
    for event in messages_published():
        push_to_psa({"Records": [queued(event)]}, Context(120))
    return [note.text for note in ticket.notes]
