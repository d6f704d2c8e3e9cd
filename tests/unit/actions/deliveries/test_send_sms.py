"""From an event to SMS, as the function behind the queue goes; moto stands in for SNS."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import SendAgain, send_delivery
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.people.confirm_phone import remove_phone
from chalicelib.adapters.aws import notifications_queue, ses, sms
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.phone import MOST_SMS_PER_ACCOUNT, MOST_SMS_PER_PERSON
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers, notification_settings
from chalicelib.store.rows.accounts import SpentRow
from infra.local.fake_http import Answer
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, an_event
from tests.support.deliveries.orders import ordered
from tests.support.environment import configure
from tests.support.phones import NUMBER, OPTED_OUT, confirm_number, sms_sent
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.scripted_server import ScriptedServer
from tests.support.servers.serving import serving
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = to_milliseconds(datetime.now(UTC))
SENDER = "flowpilot@msp.example"
ACCEPTED, FAILED, SKIPPED = DeliveryState.ACCEPTED, DeliveryState.FAILED, DeliveryState.SKIPPED


@pytest.fixture(autouse=True)
def _phones(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue, a stack that sends SMS, and four people in the directory, of whom Sam has confirmed a number."""
    for adapter in (notifications_queue, ses, sms):
        adapter._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", SENDS_SMS="true")
    for one in (JANE, SAM, ALEX, OLGA):
        engineers.enter(one)
    confirm_number(SAM)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """An SMS service that answers as a test says; it takes nothing right now unless told otherwise."""
    with serving(ScriptedServer({"POST /": refusal(400, "Throttling")})) as server:
        configure(monkeypatch, AWS_ENDPOINT_URL_SNS=server.url)
        yield server
    sms._client.cache_clear()


def refusal(status: int, code: str) -> Answer:
    error = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
    return Answer(status, error.encode(), {"content-type": "text/xml"})


def escalation(priority: Priority = Priority.URGENT, **changes: Any) -> Event:
    """The hand off of an escalation of Jane's that waits."""
    handoff = hand_off(open_case().id, priority=priority)
    about = {"handoff_id": handoff.id, "session_id": handoff.session_id, "data": {"priority": priority.value}}
    return an_event(**{"title": "Escalation from Jane: Outlook", "actor": JANE.person, **about, **changes})


def plan(event: Event) -> list[SendOrder]:
    plan_deliveries(event, at=NOW)
    return ordered()


def send(*orders: SendOrder, at: Instant = NOW, is_last: bool = False) -> None:
    for order in orders:
        send_delivery(order, attempt=1, is_last=is_last, clock=lambda: at)


def ledger(event: Event) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, event.handoff_id or "")


def told(event: Event) -> dict[DeliveryKind, DeliveryState]:
    return {entry.recipient.kind: entry.state for entry in ledger(event)}


def choose(who: Caller, **settings: Any) -> None:
    chosen = NotificationSettings.model_validate({"version": 1, **settings})
    assert notification_settings.save(ACME, who.id, chosen, NotificationSettings())


def counted() -> dict[str, int]:
    return {row.item.split("#")[1]: int(row.calls) for row in SpentRow.query(ACME, SpentRow.item.startswith("sms#"))}


def test_urgent_escalation_goes_once_to_those_who_confirmed_a_number() -> None:
    event = escalation()

    send(*plan(event), *plan(event))

    ((number, text),) = sms_sent()
    assert (number, told(event)) == (NUMBER, {DeliveryKind.SMS: ACCEPTED})
    assert text.startswith("FlowPilot: Escalation from Jane: Outlook (Urgent")
    assert text.endswith(f" https://pilot.example.com/pilot/{event.session_id}?pickup=true")
    assert ledger(event)[0].message_id


def test_order_that_comes_twice_sends_one_message() -> None:
    orders = plan(escalation())

    send(*orders, *orders)

    assert len(sms_sent()) == 1


def test_less_than_urgent_is_sent_to_those_who_chose_it() -> None:
    assert plan(escalation(Priority.HIGH)) == []

    choose(SAM, rules=NotificationRules(escalations=KindRule(email=None, sms=Priority.HIGH)))

    send(*plan(escalation(Priority.HIGH)))
    assert len(sms_sent()) == 1


def test_stack_that_sends_none_plans_none(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, SENDS_SMS="false")

    assert plan(escalation()) == []


def test_stack_that_was_switched_off_sends_none_of_what_was_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    event = escalation()
    orders = plan(event)
    configure(monkeypatch, SENDS_SMS="false")

    send(*orders)

    assert (sms_sent(), told(event)) == ([], {DeliveryKind.SMS: FAILED})


def test_escalation_that_was_picked_up_before_is_sent_to_nobody() -> None:
    event = escalation()
    orders = plan(event)
    claim_handoff(event.session_id or "", event.handoff_id or "", by=OLGA, at=NOW)

    send(*orders)

    assert (sms_sent(), told(event)) == ([], {DeliveryKind.SMS: SKIPPED})


def test_claim_waits_before_it_is_sent() -> None:
    choose(SAM, rules=NotificationRules(mine=KindRule(email=None, sms=Priority.LOW)))
    event = escalation(type=EventType.CLAIMED, actor=OLGA.person)

    assert plan(event) == []


def test_number_that_was_removed_meanwhile_gets_nothing() -> None:
    event = escalation()
    orders = plan(event)
    remove_phone(by=SAM)

    send(*orders)

    (entry,) = ledger(event)
    assert (sms_sent(), entry.state, entry.detail) == ([], SKIPPED, "They have no confirmed number any more.")


def test_quiet_hours_hold_back_all_but_the_urgent() -> None:
    rules = NotificationRules(escalations=KindRule(email=None, sms=Priority.LOW))
    quiet = {"time_zone": "UTC", "begins": f"{NOW:%H:%M}", "ends": f"{NOW + timedelta(hours=1):%H:%M}"}
    choose(SAM, rules=rules, quiet=quiet)
    high, urgent = escalation(Priority.HIGH), escalation()

    send(*plan(high), *plan(urgent), at=NOW)

    assert (told(high), told(urgent)) == ({DeliveryKind.SMS: SKIPPED}, {DeliveryKind.SMS: ACCEPTED})


def test_second_within_a_minute_is_gathered() -> None:
    first, second = escalation(), escalation(id="second")

    send(*plan(first), *plan(second))

    assert (told(first), told(second)) == (
        {DeliveryKind.SMS: ACCEPTED},
        {DeliveryKind.SMS: DeliveryState.GATHERED},
    )


def test_run_that_died_after_sending_is_unknown_and_sends_nothing_again() -> None:
    event = escalation()
    orders = plan(event)
    deliveries.take(ledger(event)[0], NOW)

    send(*orders, at=NOW + timedelta(hours=1))

    assert (sms_sent(), ledger(event)[0].known_state(NOW + timedelta(hours=1))) == ([], DeliveryState.UNKNOWN)


def test_answer_that_was_lost_is_unknown_and_sends_nothing_again(failing: ScriptedServer) -> None:
    failing.answers["POST /"] = Answer(200, b"<", {"content-length": "99"})
    event = escalation()
    orders = plan(event)

    send(*orders, *orders)

    published = [one for one in failing.received if b"Action=Publish" in one.raw]
    assert (told(event), len(published)) == ({DeliveryKind.SMS: DeliveryState.UNKNOWN}, 1)


def test_service_that_takes_nothing_now_is_tried_again_and_counts_nothing(failing: ScriptedServer) -> None:
    event = escalation()
    orders = plan(event)

    with pytest.raises(SendAgain):
        send(*orders)

    assert told(event) == {DeliveryKind.SMS: DeliveryState.PENDING}
    assert set(counted().values()) == {0}


def test_message_that_the_service_refuses_counts_nothing(failing: ScriptedServer) -> None:
    failing.answers["POST /"] = refusal(400, "InvalidParameter")
    event = escalation()

    send(*plan(event))

    assert told(event) == {DeliveryKind.SMS: FAILED}
    assert set(counted().values()) == {0}


@pytest.mark.parametrize(("whose", "limit"), [(SAM.id, MOST_SMS_PER_PERSON), ("", MOST_SMS_PER_ACCOUNT)])
def test_day_that_is_full_ends_the_message(whose: str, limit: int) -> None:
    day = f"{NOW:%Y-%m-%d}"
    item = f"sms#{whose}#{day}" if whose else f"sms#{day}"
    SpentRow(ACME, item, calls=limit, expires_at=2**33).save()
    event = escalation()

    send(*plan(event))

    (entry,) = ledger(event)
    assert (sms_sent(), entry.state, entry.detail) == ([], FAILED, "The limit of SMS for today is reached.")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack that sends e-mail as well; of what is high, Alex gets none."""
    configure(monkeypatch, EMAIL_SENDER=SENDER)
    choose(ALEX, rules=NotificationRules(escalations=KindRule(email=None)))


def test_sms_that_is_refused_is_followed_by_an_email(mail: None, failing: ScriptedServer) -> None:
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    failing.answers["POST /"] = refusal(400, "InvalidParameter")
    choose(SAM, rules=NotificationRules(escalations=KindRule(email=Priority.URGENT, sms=Priority.HIGH)))
    event = escalation(Priority.HIGH)

    send(*plan(event))
    send(*ordered())

    assert told(event) == {DeliveryKind.SMS: FAILED, DeliveryKind.EMAIL: ACCEPTED}


def test_number_that_has_answered_stop_is_sent_nothing_and_counts_nothing() -> None:
    confirm_number(SAM, OPTED_OUT)
    event = escalation()

    send(*plan(event))

    (entry,) = ledger(event)
    assert (sms_sent(), entry.state, counted()) == ([], FAILED, {})
    assert entry.detail == "Their number has answered STOP, so no SMS reaches it."


def test_email_that_is_refused_is_followed_by_an_sms(mail: None) -> None:
    choose(SAM, rules=NotificationRules(escalations=KindRule(email=Priority.HIGH, sms=Priority.URGENT)))
    event = escalation(Priority.HIGH)  # no sender is verified, so SES refuses

    send(*plan(event))
    send(*ordered())

    assert told(event) == {DeliveryKind.EMAIL: FAILED, DeliveryKind.SMS: ACCEPTED}
    assert [entry.recipient.instead_of for entry in ledger(event)] == [None, DeliveryKind.EMAIL]


def test_failing_email_of_somebody_without_a_number_is_followed_by_nothing(mail: None) -> None:
    remove_phone(by=SAM)
    event = escalation(Priority.HIGH)

    send(*plan(event))
    send(*ordered())

    assert told(event) == {DeliveryKind.EMAIL: FAILED}
