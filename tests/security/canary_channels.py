"""What leaves on the canary walk through the topic: webhooks, Slack, Teams, e-mails, push messages, SMS and tickets."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from chalicelib.domain.people import Caller
from chalicelib.entry.psa_pushes import push_to_psa
from infra.local.psa_sandbox.ticket_store import Ticket
from tests.security.canaries import CANARIES
from tests.support.api.client import Answer
from tests.support.builders import JANE, OLGA, SAM
from tests.support.channels import SIGNING_SECRET
from tests.support.dynamodb.stream_simulator import Context
from tests.support.people_reached import (
    ALL_OF_IT,
    a_device_at,
    deliver_all,
    emails_sent,
    messages_published,
    queued,
    reaching_people,
    texts_of,
)
from tests.support.phones import code_in, sms_sent
from tests.support.scenarios.psa import forget_process, link
from tests.support.servers.psa_sandbox import a_psa_sandbox, ticket_of

SYSTEM = "connectwise"


class Calls(Protocol):
    """Calls the API."""

    def call(self, method: str, path: str, by: Caller | None = None, body: object = None, **headers: str) -> Answer:
        """Send a request."""


def sent_to_channels(walker: Calls) -> list[str]:
    """What a webhook, Slack, Teams and people are sent of all that was published, by the function behind the queue."""
    with reaching_people() as post_office:
        name = CANARIES["address of a webhook"]
        post_office.mailbox.secrets[name] = [SIGNING_SECRET]
        hook = {"name": "Operations", "url": f"{post_office.url}/webhook/{name}", "secret": SIGNING_SECRET}
        walker.call("PUT", "/webhooks/ops", OLGA, hook)
        walker.call("POST", "/webhooks/ops/deliveries", OLGA)
        for kind in ("slack", "teams"):
            channel = {"kind": kind, "name": "Operations", "url": f"{post_office.url}/{kind}/{name}"}
            walker.call("PUT", f"/channels/{kind}", OLGA, channel)
            walker.call("POST", f"/channels/{kind}/test", OLGA)
        for who in (JANE, SAM):
            walker.call("PUT", "/me/notifications", who, ALL_OF_IT)
            walker.call("POST", "/me/devices", who, a_device_at(post_office))
        confirm_numbers(walker)
        deliver_all()
        return [message.text for message in post_office.mailbox.messages] + emails() + [text for _, text in sms_sent()]


def confirm_numbers(walker: Calls) -> None:
    """Have Jane get SMS, after a number that gets none and a guess that is wrong."""
    walker.call("POST", "/me/phone", JANE, {"number": CANARIES["phone number"] + "0"})
    walker.call("POST", "/me/phone", JANE, {"number": CANARIES["phone number"]})
    walker.call("POST", "/me/phone/confirm", JANE, {"code": CANARIES["guessed code"]})
    walker.call("POST", "/me/phone/confirm", JANE, {"code": code_in(sms_sent()[-1][1])})


def emails() -> list[str]:
    """Every e-mail as its reader sees it: without what keeps mail programs from making links."""
    return ["\n".join((email["Subject"], *texts_of(email))).replace("\u2060", "") for email in emails_sent()]


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
