"""From an event to e-mails, as the function behind the queue goes; moto stands in for SES."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.message import Message
from typing import Any

import boto3
import pytest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import SendAgain, send_delivery
from chalicelib.actions.deliveries.unsubscribe import unsubscribe
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.adapters.aws import notifications_queue, ses
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers, notification_settings
from tests.support.builders import ACME, ALEX, GLOBEX, JANE, OLGA, SAM, an_event
from tests.support.deliveries.orders import ordered
from tests.support.environment import configure
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = to_milliseconds(datetime.now(UTC))
SENDER = "flowpilot@msp.example"
TITLE = "Escalation from Jane: <b>Outlook</b> https://evil.example"


@pytest.fixture(autouse=True)
def _mail(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue, a verified sender, and four people in the directory."""
    notifications_queue._client.cache_clear()
    ses._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", EMAIL_SENDER=SENDER)
    for one in (JANE, SAM, ALEX, OLGA):
        engineers.enter(one)


@pytest.fixture
def event() -> Event:
    """The hand off of an escalation of Jane's that waits."""
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    return an_event(handoff_id=handoff.id, session_id=handoff.session_id, title=TITLE, actor=JANE.person)


def plan(event: Event) -> list[SendOrder]:
    plan_deliveries(event, at=NOW)
    return ordered()


def send(*orders: SendOrder, at: Instant = NOW) -> None:
    for order in orders:
        send_delivery(order, attempt=1, is_last=False, clock=lambda: at)


def sent() -> list[Message]:
    """The messages that SES took."""
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return [message_from_string(one.raw_data) for one in taken]


def states(event: Event) -> dict[str, DeliveryState]:
    return {entry.recipient.id: entry.state for entry in ledger(event)}


def ledger(event: Event) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, event.handoff_id or "")


def choose(who: Caller, **settings: Any) -> None:
    chosen = NotificationSettings.model_validate({"version": 1, **settings})
    assert notification_settings.save(ACME, who.id, chosen, NotificationSettings())


def token_in(message: Message) -> str:
    return message["List-Unsubscribe"].strip("<>").rpartition("/")[2]


def test_escalation_is_mailed_to_each_senior_once(event: Event) -> None:
    send(*plan(event), *plan(event))

    assert sorted(message["To"] for message in sent()) == [ALEX.email, SAM.email]
    assert {message["Subject"] for message in sent()} == {TITLE}
    assert states(event) == {SAM.id: DeliveryState.ACCEPTED, ALEX.id: DeliveryState.ACCEPTED}


def test_order_that_comes_twice_sends_one_message(event: Event) -> None:
    orders = plan(event)

    send(*orders, *orders)

    assert len(sent()) == 2


def test_stack_without_a_sender_mails_nobody(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, EMAIL_SENDER=None)

    assert plan(event) == []


def test_escalation_that_was_picked_up_before_is_mailed_to_nobody(event: Event) -> None:
    orders = plan(event)
    claim_handoff(event.session_id or "", event.handoff_id or "", by=OLGA, at=NOW)

    send(*orders)

    assert (sent(), set(states(event).values())) == ([], {DeliveryState.SKIPPED})


def test_step_passed_since_nobody_is_on_call_mails_nobody_twice(event: Event) -> None:
    choose(ALEX, rules=NotificationRules(escalations=KindRule(email=None)))
    passed = {"id": "passed", "type": EventType.OVERDUE, "actor": None, "data": {"level": 1, "because": "nobody"}}

    send(*plan(event), *plan(event.model_copy(update=passed)))

    of_step = {entry.recipient.id: entry.state for entry in ledger(event) if entry.event.id == "passed"}
    assert sorted(message["To"] for message in sent()) == [ALEX.email, JANE.email, SAM.email]
    assert of_step == {
        SAM.id: DeliveryState.SKIPPED,
        ALEX.id: DeliveryState.ACCEPTED,
        JANE.id: DeliveryState.ACCEPTED,
    }


def test_claim_waits_before_it_is_mailed(event: Event) -> None:
    claimed = event.model_copy(update={"type": EventType.CLAIMED, "actor": SAM.person})

    assert plan(claimed) == []
    assert states(claimed) == {JANE.id: DeliveryState.PENDING}


def test_what_somebody_has_chosen_decides(event: Event) -> None:
    choose(SAM, rules=NotificationRules(escalations=KindRule(email=Priority.URGENT)))
    choose(ALEX, quiet={"time_zone": "UTC", "begins": f"{NOW:%H:%M}", "ends": f"{NOW + timedelta(hours=1):%H:%M}"})

    send(*plan(event))

    (entry,) = ledger(event)
    assert (sent(), entry.recipient.id, entry.state) == ([], ALEX.id, DeliveryState.SKIPPED)
    assert entry.detail == "It came in their quiet hours."


def test_run_that_died_after_sending_is_unknown_and_sends_nothing_again(event: Event) -> None:
    orders = plan(event)
    for entry in ledger(event):
        deliveries.take(entry, NOW)

    send(*orders, at=NOW + timedelta(hours=1))

    known = {entry.known_state(NOW + timedelta(hours=1)) for entry in ledger(event)}
    assert (sent(), known) == ([], {DeliveryState.UNKNOWN})


def test_refusal_of_the_mail_service_ends_the_message(event: Event) -> None:
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)

    send(*plan(event))

    assert set(states(event).values()) == {DeliveryState.FAILED}


def test_service_that_cannot_be_reached_is_tried_again(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    orders = plan(event)
    configure(monkeypatch, AWS_ENDPOINT_URL_SESV2="http://127.0.0.1:9")
    ses._client.cache_clear()

    with pytest.raises(SendAgain) as again:
        send(orders[0])

    assert again.value.pause_s == 5


def test_unsubscribing_switches_email_off_for_that_person_alone(event: Event) -> None:
    send(*plan(event))
    to_sam = next(message for message in sent() if message["To"] == SAM.email)

    unsubscribe(token_in(to_sam), at=NOW)
    unsubscribe(token_in(to_sam), at=NOW)

    rules = {who.id: notification_settings.load(ACME, who.id).rules for who in (SAM, ALEX)}
    assert rules == {SAM.id: NotificationRules().without_email(), ALEX.id: NotificationRules()}
    assert notification_settings.load(ACME, SAM.id).version == 1


@pytest.mark.parametrize("wrong", ["", "x", "YWNtZX4", "YWNtZX5uZXZlci1pc3N1ZWQ", "ä", "A" * 400])
def test_token_that_was_never_issued_changes_nothing(wrong: str) -> None:
    with pytest.raises(NotFound):
        unsubscribe(wrong, at=NOW)


def test_token_opens_no_other_account_and_ends_after_90_days(event: Event) -> None:
    send(*plan(event))
    token = token_in(sent()[0])
    secret = urlsafe_b64decode(token + "=" * (-len(token) % 4)).partition(b"~")[2]
    foreign = urlsafe_b64encode(b"globex~" + secret).decode().rstrip("=")

    for wrong, at in ((foreign, NOW), (token, NOW + timedelta(days=91))):
        with pytest.raises(NotFound):
            unsubscribe(wrong, at=at)

    assert not any(notification_settings.load(account, SAM.id).version for account in (ACME, GLOBEX))
