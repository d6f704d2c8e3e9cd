"""From an event to push messages, as the function behind the queue goes, sent to a push service that is strict."""

import json
import re
from typing import Any

import boto3
import httpx2
import pytest

from chalicelib.actions.deliveries.mark_shown import mark_shown
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import SendAgain, send_delivery
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.notifications.mark_read import mark_handoff_read
from chalicelib.actions.people.save_device import add_device, list_devices, remove_device
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, an_event
from tests.support.channels import now
from tests.support.push import KEYS_SECRET, a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.post_office import empty
from tests.support.tables import NOTIFICATIONS_QUEUE

TITLE = "Escalation from Jane: VPN is down"


@pytest.fixture
def server(serving_post_office: PostOffice, tables: None, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """A push service that nothing has arrived at, a stack that sends, and four people in the directory."""
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    send_pushes(monkeypatch, STAGE="local", PAGE_URL="https://pilot.example.com/")
    empty(serving_post_office)
    for one in (JANE, SAM, ALEX, OLGA):
        engineers.enter(one)
    return serving_post_office


def subscribe(server: PostOffice, who: Caller, name: str = "Phone") -> str:
    return add_device(a_subscription(server, name=name), by=who, at=now()).id


@pytest.fixture
def event(server: PostOffice) -> Event:
    """The hand off of an escalation of Jane's that waits, and a phone and a desk of Sam's."""
    subscribe(server, SAM, "Phone")
    subscribe(server, SAM, "Desk")
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    return an_event(handoff_id=handoff.id, session_id=handoff.session_id, title=TITLE, actor=JANE.person)


def entries(event: Event) -> list[LedgerEntry]:
    found = deliveries.all_of_subject(ACME, event.handoff_id or "")
    return [entry for entry in found if entry.event.id == event.id]


def states(event: Event) -> dict[str, DeliveryState]:
    return {entry.recipient.device.name: entry.state for entry in entries(event) if entry.recipient.device}


def send(event: Event, *, is_last: bool = False) -> None:
    """Plan what is sent of `event`, and send it."""
    plan_deliveries(event, at=now())
    for entry in entries(event):
        send_delivery(SendOrder.of(entry), attempt=1, is_last=is_last, clock=now)


def arrived(server: PostOffice) -> list[dict[str, Any]]:
    assert list(server.mailbox.refused) == []
    return [json.loads(message.text) for message in server.mailbox.messages]


def claimed(event: Event, by: Caller = ALEX) -> Event:
    claim_handoff(event.session_id or "", event.handoff_id or "", by=by, at=now())
    return an_event(
        EventType.CLAIMED,
        id="claimed",
        handoff_id=event.handoff_id,
        session_id=event.session_id,
        title="Alex picked up: VPN is down",
        actor=by.person,
        occurred_at=now(),
    )


def test_escalation_arrives_on_each_device_once(server: PostOffice, event: Event) -> None:
    send(event)
    send(event)

    assert [message["title"] for message in arrived(server)] == ["Escalation from Jane"] * 2
    assert all(message["body"].startswith("VPN is down · Priority") for message in arrived(server))
    assert states(event) == {"Phone": DeliveryState.ACCEPTED, "Desk": DeliveryState.ACCEPTED}


def test_stack_without_keys_sends_no_push_messages(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUSH_PUBLIC_KEY", "")
    from chalicelib.settings import settings

    settings.cache_clear()

    assert plan_deliveries(event, at=now()) == 0


def test_escalation_that_was_picked_up_before_is_pushed_to_nobody(server: PostOffice, event: Event) -> None:
    plan_deliveries(event, at=now())
    claimed(event)

    send(event)

    assert (arrived(server), set(states(event).values())) == ([], {DeliveryState.SKIPPED})


def test_claim_replaces_the_message_on_each_device_without_a_sound(server: PostOffice, event: Event) -> None:
    send(event)

    send(claimed(event))

    first, _, third, last = arrived(server)
    topics = {message.headers["topic"] for message in server.mailbox.messages}
    assert (third["silent"], last["silent"], last["title"]) == (True, True, "Alex picked up")
    assert (first["tag"], len(topics)) == (last["tag"], 1)


def test_claim_replaces_nothing_on_devices_that_were_not_pushed_to(server: PostOffice, event: Event) -> None:
    send(event)
    late = subscribe(server, SAM, "Tablet")
    end = claimed(event)

    send(end)

    assert late not in {entry.recipient.device.id for entry in entries(end) if entry.recipient.device}
    assert len(entries(end)) == 2


@pytest.mark.parametrize("status", ["404", "410"])
def test_device_that_is_gone_is_removed(server: PostOffice, event: Event, status: str) -> None:
    server.mailbox.faults.switch_on(DeliveryFault(kind=status, count=1))

    send(event)

    assert sorted(states(event).values()) == [DeliveryState.ACCEPTED, DeliveryState.FAILED]
    (left,) = list_devices(by=SAM).items
    assert states(event)[left.name] is DeliveryState.ACCEPTED


@pytest.mark.parametrize(("fault", "pause_s"), [("429", 900), ("500", 900), ("503", 900), ("drop", 5)])
def test_service_that_takes_nothing_now_is_tried_again(
    server: PostOffice, event: Event, fault: str, pause_s: int
) -> None:
    server.mailbox.faults.switch_on(DeliveryFault(kind=fault, retry_after_s=900, count=1))

    with pytest.raises(SendAgain) as again:
        send(event)

    assert again.value.pause_s == pause_s
    assert len(list_devices(by=SAM).items) == 2


@pytest.mark.parametrize("fault", ["400", "401", "403", "413", "redirect"])
def test_refusal_ends_the_message_and_keeps_the_device(server: PostOffice, event: Event, fault: str) -> None:
    server.mailbox.faults.switch_on(DeliveryFault(kind=fault))

    send(event)

    assert set(states(event).values()) == {DeliveryState.FAILED}
    assert len(list_devices(by=SAM).items) == 2
    assert all(re.search(r"\(?(400|401|403|413|302)", entry.detail or "") for entry in entries(event))


def test_device_that_was_removed_meanwhile_gets_nothing(server: PostOffice, event: Event) -> None:
    plan_deliveries(event, at=now())
    for device in list_devices(by=SAM).items:
        remove_device(device.id, by=SAM)

    send(event)

    assert (arrived(server), set(states(event).values())) == ([], {DeliveryState.SKIPPED})
    assert {entry.detail for entry in entries(event)} == {"The device was removed before its turn came."}


def test_key_that_cannot_be_read_is_tried_again(event: Event) -> None:
    boto3.client("secretsmanager").put_secret_value(SecretId=KEYS_SECRET, SecretString="{}")

    with pytest.raises(SendAgain):
        send(event)


def test_device_says_once_that_it_showed_a_message(server: PostOffice, event: Event) -> None:
    send(event)
    token = arrived(server)[0]["token"]

    mark_shown(token, at=now())

    assert sorted(states(event).values()) == [DeliveryState.ACCEPTED, DeliveryState.SHOWN]
    with pytest.raises(NotFound):
        mark_shown(token, at=now())


@pytest.mark.parametrize("wrong", ["", "x", "YWNtZX4", "ä", "A" * 2_000, "YWNtZX5zZWNyZXR-Y2FzZX5ldmVudCN4I3B1c2g"])
def test_token_that_was_never_issued_is_not_found(event: Event, wrong: str) -> None:
    send(event)

    with pytest.raises(NotFound):
        mark_shown(wrong, at=now())

    assert set(states(event).values()) == {DeliveryState.ACCEPTED}


def test_message_that_was_shown_before_its_try_has_ended_stays_shown(server: PostOffice, event: Event) -> None:
    plan_deliveries(event, at=now())
    planned = entries(event)[0]
    taken = deliveries.take(planned, now(), shown_secret="secret")
    assert taken

    assert deliveries.mark_shown(ACME, taken.subject, taken.position, "secret", now())
    assert not deliveries.settle(taken, DeliveryState.ACCEPTED, None, now())

    assert DeliveryState.SHOWN in states(event).values()


def test_opening_the_case_marks_what_was_sent_to_that_person_alone(server: PostOffice, event: Event) -> None:
    subscribe(server, ALEX, "Laptop")
    send(event)
    tokens = [message["token"] for message in arrived(server)]

    mark_handoff_read(event.handoff_id or "", by=SAM, at=now())
    for token in tokens:
        mark_shown(token, at=now())

    opened = DeliveryState.OPENED
    assert states(event) == {"Phone": opened, "Desk": opened, "Laptop": DeliveryState.SHOWN}
    assert all(entry.shown_at for entry in entries(event))


def test_opening_after_somebody_elses_claim_is_known_of_what_was_sent_before(server: PostOffice, event: Event) -> None:
    send(event)
    claimed(event)

    mark_handoff_read(event.handoff_id or "", by=SAM, at=now())

    assert set(states(event).values()) == {DeliveryState.OPENED}


def test_opening_again_keeps_the_first_time(server: PostOffice, event: Event) -> None:
    send(event)
    mark_handoff_read(event.handoff_id or "", by=SAM, at=now())
    first = [entry.opened_at for entry in entries(event)]

    mark_handoff_read(event.handoff_id or "", by=SAM, at=now().replace(year=2099))

    assert [entry.opened_at for entry in entries(event)] == first


def test_message_that_failed_is_not_opened(server: PostOffice, event: Event) -> None:
    server.mailbox.faults.switch_on(DeliveryFault(kind="403"))
    send(event)

    mark_handoff_read(event.handoff_id or "", by=SAM, at=now())

    assert set(states(event).values()) == {DeliveryState.FAILED}


def test_other_peoples_devices_cannot_be_removed(server: PostOffice, event: Event) -> None:
    device = list_devices(by=SAM).items[0]

    with pytest.raises(NotFound):
        remove_device(device.id, by=ALEX)

    assert len(list_devices(by=SAM).items) == 2
    assert httpx2.get(f"{server.url}/health").is_success
