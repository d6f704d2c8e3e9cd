"""A message that fails for good is followed by the person's next channel, once, whatever dies in between."""

from contextlib import suppress
from datetime import timedelta

import boto3
import pytest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.handle_mail_feedback import handle_mail_feedback
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.people.save_device import add_device, list_devices, remove_device
from chalicelib.adapters.aws import notifications_queue, ses
from chalicelib.contracts.mail_event import MailEvent
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries, engineers, notification_settings
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, JANE, SAM, an_event
from tests.support.channels import now
from tests.support.deliveries.mail_events import event_about
from tests.support.dynamodb.faults import Died, Fault
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import WriteFault, met_by
from tests.support.push import a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.post_office import empty
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL

SENDER = "flowpilot@msp.example"
EMAIL, PUSH = DeliveryKind.EMAIL, DeliveryKind.PUSH
ACCEPTED, FAILED, SKIPPED = DeliveryState.ACCEPTED, DeliveryState.FAILED, DeliveryState.SKIPPED


@pytest.fixture
def server(serving_post_office: PostOffice, tables: None, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """A push service and a sender of e-mail; Sam has a phone, and gets push messages from high up, e-mail of urgent."""
    notifications_queue._client.cache_clear()
    ses._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    send_pushes(monkeypatch, STAGE="local", PAGE_URL="https://pilot.example.com/", EMAIL_SENDER=SENDER)
    empty(serving_post_office)
    for one in (JANE, SAM):
        engineers.enter(one)
    add_device(a_subscription(serving_post_office), by=SAM, at=now())
    choose(KindRule(email=Priority.URGENT, push=Priority.HIGH))
    return serving_post_office


def choose(rule: KindRule) -> None:
    loaded = notification_settings.load(ACME, SAM.id)
    chosen = NotificationSettings(rules=NotificationRules(escalations=rule), version=loaded.version + 1)
    assert notification_settings.save(ACME, SAM.id, chosen, loaded)


@pytest.fixture
def event(server: PostOffice) -> Event:
    """The hand off of an escalation of high priority that waits."""
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    return an_event(handoff_id=handoff.id, session_id=handoff.session_id, actor=JANE.person)


def fails(server: PostOffice, status: str = "410") -> None:
    server.mailbox.faults.switch_on(DeliveryFault(kind=status))


def work() -> None:
    """Work the orders in the queue until there are none, as often as each comes."""
    sqs = boto3.client("sqs")
    while found := sqs.receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            sqs.delete_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])
            send_delivery(SendOrder.model_validate_json(message["Body"]), attempt=1, is_last=False, clock=now)


def mails() -> int:
    return len(get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages)


def ledger(event: Event) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, event.handoff_id or "")


def told(event: Event) -> dict[DeliveryKind, DeliveryState]:
    return {entry.recipient.kind: entry.state for entry in ledger(event)}


@pytest.mark.parametrize("status", ["404", "410", "403"])
def test_push_that_fails_with_no_device_left_is_followed_by_an_email(
    server: PostOffice, event: Event, status: str
) -> None:
    fails(server, status)
    plan_deliveries(event, at=now())

    work()

    assert (told(event), mails()) == ({PUSH: FAILED, EMAIL: ACCEPTED}, 1)
    assert [entry.recipient.instead_of for entry in ledger(event) if entry.recipient.kind is EMAIL] == [PUSH]


def test_push_that_reaches_another_device_is_followed_by_nothing(server: PostOffice, event: Event) -> None:
    add_device(a_subscription(server, name="Desk"), by=SAM, at=now())
    server.mailbox.faults.switch_on(DeliveryFault(kind="410", count=1))
    plan_deliveries(event, at=now())

    work()

    assert sorted(entry.state for entry in ledger(event)) == [ACCEPTED, FAILED]


def test_kind_that_is_never_wanted_is_not_tried(server: PostOffice, event: Event) -> None:
    choose(KindRule(email=None, push=Priority.HIGH))
    fails(server)
    plan_deliveries(event, at=now())

    work()

    assert (told(event), mails()) == ({PUSH: FAILED}, 0)


def test_who_has_no_device_gets_an_email_in_place_of_the_push_message(server: PostOffice, event: Event) -> None:
    remove_devices()

    plan_deliveries(event, at=now())
    work()

    assert (told(event), mails()) == ({EMAIL: ACCEPTED}, 1)


def test_device_that_was_removed_meanwhile_is_followed_by_an_email(server: PostOffice, event: Event) -> None:
    plan_deliveries(event, at=now())
    remove_devices()

    work()

    assert (told(event), mails()) == ({PUSH: SKIPPED, EMAIL: ACCEPTED}, 1)


@pytest.mark.parametrize("kind", [Fault.DIES_BEFORE, Fault.DIES_AFTER])
@pytest.mark.parametrize("write", range(4))
def test_run_that_finds_no_device_and_dies_at_any_write_sends_one_email(
    server: PostOffice, event: Event, recorder: Recorder, write: int, kind: Fault
) -> None:
    plan_deliveries(event, at=now())
    remove_devices()
    (push,) = ledger(event)

    with met_by(recorder, WriteFault(kind, write)), suppress(Died):
        work()
    for entry in [push, *ledger(event)]:
        deliver_again(entry)
    work()

    assert mails() <= 1
    assert {entry.recipient.kind for entry in ledger(event)} == {PUSH, EMAIL}


def test_email_that_bounces_is_followed_by_a_push_message_once(server: PostOffice, event: Event) -> None:
    choose(KindRule(email=Priority.HIGH, push=Priority.URGENT))
    plan_deliveries(event, at=now())
    work()
    (mailed,) = ledger(event)
    (feedback,) = MailEvent.model_validate(event_about(mailed, SAM.email)).feedback

    for _ in range(2):
        handle_mail_feedback(feedback, at=now())
        work()

    assert told(event) == {EMAIL: FAILED, PUSH: ACCEPTED}
    assert len(server.mailbox.messages) == 1


def test_email_to_an_address_that_is_off_is_followed_by_a_push_message(server: PostOffice, event: Event) -> None:
    choose(KindRule(email=Priority.HIGH, push=Priority.URGENT))
    plan_deliveries(event, at=now())
    work()
    (mailed,) = ledger(event)
    (feedback,) = MailEvent.model_validate(event_about(mailed, SAM.email)).feedback
    handle_mail_feedback(feedback, at=now())
    work()

    later = event.model_copy(update={"id": "9b1f0c0e-0000-5000-8000-00000000000b"})
    plan_deliveries(later, at=now())
    work()

    of_later = {entry.recipient.kind: entry.state for entry in ledger(event) if entry.event.id == later.id}
    assert (of_later, mails()) == ({EMAIL: FAILED, PUSH: ACCEPTED}, 1)


def test_when_both_fail_it_ends_there(server: PostOffice, event: Event) -> None:
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)
    fails(server)
    plan_deliveries(event, at=now())

    work()
    for entry in ledger(event):
        send_delivery(SendOrder.of(entry), attempt=2, is_last=False, clock=now)
    work()

    assert told(event) == {PUSH: FAILED, EMAIL: FAILED}


@pytest.mark.parametrize("kind", [Fault.DIES_BEFORE, Fault.DIES_AFTER])
@pytest.mark.parametrize("write", range(5))
def test_run_that_dies_at_any_write_loses_nothing_and_sends_one_email(
    server: PostOffice, event: Event, recorder: Recorder, write: int, kind: Fault
) -> None:
    fails(server)
    plan_deliveries(event, at=now())
    (push,) = ledger(event)

    with met_by(recorder, WriteFault(kind, write)), suppress(Died):
        work()
    for entry in [push, *ledger(event)]:
        deliver_again(entry)
    work()

    later = now() + timedelta(minutes=6)
    ends = {entry.recipient.kind: entry.known_state(later) for entry in ledger(event)}
    assert (ends[EMAIL], mails()) in [(ACCEPTED, 1), (DeliveryState.UNKNOWN, 1), (DeliveryState.UNKNOWN, 0)]


@pytest.mark.parametrize("write", range(9))
def test_answer_of_any_write_may_be_lost(server: PostOffice, event: Event, recorder: Recorder, write: int) -> None:
    fails(server)
    plan_deliveries(event, at=now())

    with met_by(recorder, WriteFault(Fault.ANSWER_LOST, write)) as writes:
        work()

    assert writes.met
    assert (told(event), mails()) == ({PUSH: FAILED, EMAIL: ACCEPTED}, 1)


def remove_devices() -> None:
    for device in list_devices(by=SAM).items:
        remove_device(device.id, by=SAM)


def deliver_again(entry: LedgerEntry) -> None:
    """The order comes again, once the lease of a run that died has ended."""
    send_delivery(SendOrder.of(entry), attempt=2, is_last=False, clock=lambda: now() + timedelta(minutes=6))
