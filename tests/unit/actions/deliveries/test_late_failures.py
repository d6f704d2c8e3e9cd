"""What is known late of a message says something of the address that it was sent to, and nothing of a new one."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions.deliveries.delete_channel import delete_channel
from chalicelib.actions.deliveries.page_me import confirm_page, page_me
from chalicelib.actions.deliveries.save_channel import save_chat_channel, save_webhook
from chalicelib.actions.people.save_device import add_device, list_devices
from chalicelib.adapters.aws import sms, versioned_secrets
from chalicelib.contracts.devices import DeviceRequest
from chalicelib.domain.deliveries.channel import ChannelHealth
from chalicelib.domain.deliveries.ledger import DeliveryState
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import addressees, channels, deliveries, engineers
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, JANE, OLGA, SAM, an_event
from tests.support.channels import chat_at, now, webhook_to
from tests.support.deliveries.worked_queue import NOW, WorkedQueue, a_mailing_queue
from tests.support.dynamodb.faults import Deliver
from tests.support.dynamodb.recorder import Asked, Recorder
from tests.support.environment import configure
from tests.support.phones import NUMBER, OPTED_OUT, confirm_number
from tests.support.push import a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.post_office import webhook_url_of

MOVED = SAM.model_copy(update={"email": "sam@new.example"})


@pytest.fixture
def queue(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    """A queue, a mail service, and an engineer, a senior and an admin in the directory."""
    versioned_secrets.forget()
    return a_mailing_queue(monkeypatch, JANE, SAM, OLGA)


def escalation(priority: Priority = Priority.HIGH) -> Event:
    handoff = hand_off(open_case().id, priority=priority)
    about: dict[str, Any] = {
        "handoff_id": handoff.id,
        "session_id": handoff.session_id,
        "data": {"priority": priority.value},
    }
    return an_event(**about, title="Escalation from Jane: VPN", actor=JANE.person, occurred_at=NOW)


def send(queue: WorkedQueue, event: Event) -> None:
    queue.put(event)
    queue.work(timedelta(minutes=1))


def states(event: Event, kind: str) -> set[DeliveryState]:
    found = deliveries.all_of_subject(ACME, event.handoff_id or "")
    return {one.state for one in found if one.recipient.kind == kind}


def places_reached() -> set[str]:
    person = addressees.find(ACME, SAM.id)
    return set(person.reached) if person else set()


def right_before(recorder: Recorder, written: str, act: Callable[[], object]) -> None:
    """Let somebody do `act` right before the first write that has this text."""
    waiting = [act]

    def carry(asked: Asked, deliver: Deliver) -> AWSResponse:
        if waiting and asked.operation in ("UpdateItem", "PutItem") and written in json.dumps(asked.body):
            waiting.pop()()
        return deliver()

    recorder.every = carry


def save_channel(kind: str, server: PostOffice, place: str) -> None:
    if kind == "webhook":
        save_webhook("ops", webhook_to(f"{webhook_url_of(server)}{place}"), by=OLGA, at=now())
    else:
        save_chat_channel("ops", chat_at(f"{server.url}/{kind}/{place}", kind), by=OLGA, at=now())


def saved_again(kind: str, server: PostOffice) -> None:
    save_channel(kind, server, "new")


def made_again(kind: str, server: PostOffice) -> None:
    delete_channel("ops", webhook=kind == "webhook", by=OLGA)
    at = now() + timedelta(seconds=1)
    if kind == "webhook":
        save_webhook("ops", webhook_to(f"{webhook_url_of(server)}new"), by=OLGA, at=at)
    else:
        save_chat_channel("ops", chat_at(f"{server.url}/{kind}/new", kind), by=OLGA, at=at)


@pytest.mark.parametrize("kind", ["webhook", "slack", "teams"])
@pytest.mark.parametrize("change", [saved_again, made_again])
def test_refusal_of_a_former_address_leaves_a_channel_on_and_tells_no_admin(
    queue: WorkedQueue,
    recorder: Recorder,
    server: PostOffice,
    kind: str,
    change: Callable[[str, PostOffice], None],
) -> None:
    save_channel(kind, server, "old")
    server.mailbox.faults.switch_on(DeliveryFault.model_validate({"kind": "410", "of": kind}))
    right_before(recorder, "failing_since", lambda: change(kind, server))
    event = escalation()

    send(queue, event)

    channel = channels.load(ACME, "ops", webhook=kind == "webhook")
    assert states(event, kind) == {DeliveryState.FAILED}
    assert (channel.may_be_sent_to, channel.health) == (True, ChannelHealth())
    assert deliveries.all_of_subject(ACME, "admin") == []


def test_refusal_of_a_former_subscription_leaves_a_device_that_has_subscribed_again(
    queue: WorkedQueue, recorder: Recorder, server: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_pushes(monkeypatch, PAGE_URL="https://pilot.example.com/")
    first, other = a_subscription(server), a_subscription(server)
    renewed = DeviceRequest(name="Phone", endpoint=first.endpoint, keys=other.keys)
    add_device(first, by=SAM, at=now())
    server.mailbox.faults.switch_on(DeliveryFault.model_validate({"kind": "410", "of": "push"}))
    right_before(recorder, f"devices#{SAM.id}", lambda: add_device(renewed, by=SAM, at=now()))
    event = escalation()

    send(queue, event)

    assert states(event, "push") == {DeliveryState.FAILED}
    assert [one.p256dh for one in list_devices(by=SAM).items] == [other.keys.p256dh]


def test_refusal_of_a_former_number_leaves_the_new_one(
    queue: WorkedQueue, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms._client.cache_clear()
    configure(monkeypatch, SENDS_SMS="true")
    confirm_number(SAM, OPTED_OUT)
    event = escalation(Priority.URGENT)
    right_before(recorder, '"failed"', lambda: confirm_number(SAM, NUMBER))

    send(queue, event)

    person = addressees.find(ACME, SAM.id)
    assert states(event, "sms") == {DeliveryState.FAILED}
    assert (person and person.phone and person.phone.number) == NUMBER


def test_acceptance_at_a_former_address_says_nothing_of_the_new_one(queue: WorkedQueue, recorder: Recorder) -> None:
    event = escalation()
    right_before(recorder, '"accepted"', lambda: engineers.enter(MOVED))

    send(queue, event)

    assert states(event, "email") == {DeliveryState.ACCEPTED}
    assert places_reached() == {email_place(SAM.email)}


def test_test_message_that_arrived_at_a_former_address_says_nothing_of_the_new_one(queue: WorkedQueue) -> None:
    test = page_me(by=SAM, at=NOW)
    queue.work(timedelta(minutes=1))
    engineers.enter(MOVED)

    confirm_page(test.id, "email", by=MOVED, at=NOW)

    assert places_reached() == {email_place(SAM.email)}
