"""Messages to Slack and Teams, sent to receivers that are as strict as theirs."""

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.save_channel import save_chat_channel
from chalicelib.actions.deliveries.send_delivery import SendAgain, send_delivery
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.adapters.aws import notifications_queue, versioned_secrets
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.events import Event, EventType
from chalicelib.settings import settings
from chalicelib.store import channels, deliveries
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, OLGA, SAM, an_event
from tests.support.channels import chat_at, now
from tests.support.scenarios import preconditions
from tests.support.servers.post_office import empty
from tests.support.tables import NOTIFICATIONS_QUEUE

TITLE = "Escalation from Jane: <!channel> *up* [x](https://evil.example) {{DATE(x)}}"


@pytest.fixture(params=["slack", "teams"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def post_office(
    serving_post_office: PostOffice, tables: None, kind: str, monkeypatch: pytest.MonkeyPatch
) -> PostOffice:
    """A post office that nothing has arrived at, and a channel of acme that leads to it."""
    versioned_secrets.forget()
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    monkeypatch.setenv("PAGE_URL", "https://pilot.example.com/")
    settings.cache_clear()
    empty(serving_post_office)
    save_chat_channel("ops", chat_at(f"{serving_post_office.url}/{kind}/ops", kind), by=OLGA, at=now())
    return serving_post_office


def planned(event: Event) -> SendOrder:
    plan_deliveries(event, at=now())
    return SendOrder.of(entry_of(event))


def entry_of(event: Event) -> LedgerEntry:
    (found,) = [
        entry for entry in deliveries.all_of_subject(ACME, event.handoff_id or "") if entry.event.id == event.id
    ]
    return found


def send(order: SendOrder, *, is_last: bool = False) -> None:
    send_delivery(order, attempt=1, is_last=is_last, clock=now)


@pytest.fixture
def event(post_office: PostOffice) -> Event:
    """The hand off of an escalation that waits."""
    ids = preconditions.own_handoff(SAM)
    return an_event(handoff_id=ids["handoff_id"], session_id=ids["session_id"], title=TITLE)


def test_message_arrives_with_the_title_as_it_was_written(post_office: PostOffice, event: Event, kind: str) -> None:
    send(planned(event))

    (message,) = post_office.mailbox.messages
    assert (message.kind, message.title) == (kind, TITLE)
    assert (entry_of(event).state, list(post_office.mailbox.refused)) == (DeliveryState.ACCEPTED, [])


def test_escalation_that_was_picked_up_before_is_told_to_nobody(post_office: PostOffice, event: Event) -> None:
    order = planned(event)
    claim_handoff(event.session_id or "", event.handoff_id or "", by=OLGA, at=now())

    send(order)

    assert (entry_of(event).state, len(post_office.mailbox.messages)) == (DeliveryState.SKIPPED, 0)


def test_claim_waits_before_it_is_told(post_office: PostOffice, event: Event) -> None:
    claimed = event.model_copy(update={"type": EventType.CLAIMED, "id": "9b1f0c0e-0000-5000-8000-000000000002"})

    planned(claimed)

    received = boto3.client("sqs").receive_message(QueueUrl=settings().notifications_queue_url)
    assert "Messages" not in received


@pytest.mark.parametrize("status", ["404", "410"])
def test_address_that_is_known_no_longer_switches_the_channel_off(
    post_office: PostOffice, event: Event, status: str
) -> None:
    post_office.mailbox.faults.switch_on(DeliveryFault(kind=status))

    send(planned(event))

    assert entry_of(event).state is DeliveryState.FAILED
    assert not channels.load(ACME, "ops", webhook=False).may_be_sent_to


@pytest.mark.parametrize("status", ["400", "403", "413", "redirect"])
def test_message_that_is_refused_is_not_tried_again(post_office: PostOffice, event: Event, status: str) -> None:
    post_office.mailbox.faults.switch_on(DeliveryFault(kind=status))

    send(planned(event))

    assert entry_of(event).state is DeliveryState.FAILED
    assert channels.load(ACME, "ops", webhook=False).may_be_sent_to


@pytest.mark.parametrize("fault", ["429", "500", "drop"])
def test_trouble_that_may_pass_is_tried_again(post_office: PostOffice, event: Event, fault: str) -> None:
    post_office.mailbox.faults.switch_on(DeliveryFault(kind=fault, retry_after_s=30))

    with pytest.raises(SendAgain) as again:
        send(planned(event))

    assert again.value.pause_s == (5 if fault == "drop" else 30)
