"""From an event to a strict receiver of webhooks, as the function behind the queue goes."""

from datetime import timedelta

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.save_channel import save_webhook
from chalicelib.actions.deliveries.send_delivery import SendAgain, send_delivery
from chalicelib.adapters.aws import notifications_queue, versioned_secrets
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.channel import Channel
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.store import channels, deliveries
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, HANDOFF_ID, OLGA, an_event
from tests.support.channels import OTHER_SIGNING_SECRET, now, webhook_to
from tests.support.deliveries.orders import ordered
from tests.support.servers.post_office import RECEIVER, empty, webhook_url_of
from tests.support.tables import NOTIFICATIONS_QUEUE


@pytest.fixture
def post_office(serving_post_office: PostOffice, tables: None) -> PostOffice:
    """A post office that nothing has arrived at, and a webhook of acme that leads to it."""
    now.cache_clear()
    versioned_secrets.forget()
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    empty(serving_post_office)
    save_webhook("ops", webhook_to(webhook_url_of(serving_post_office)), by=OLGA, at=now())
    return serving_post_office


def plan(event: Event | None = None) -> SendOrder:
    plan_deliveries(event or an_event(), at=now())
    (order,) = ordered()
    return order


def send(order: SendOrder, *, attempt: int = 1, is_last: bool = False, at: Instant | None = None) -> None:
    send_delivery(order, attempt=attempt, is_last=is_last, clock=lambda: at or now())


def entry() -> LedgerEntry:
    (found,) = deliveries.all_of_subject(ACME, HANDOFF_ID)
    return found


def webhook() -> Channel:
    return channels.load(ACME, "ops", webhook=True)


def switch_on(server: PostOffice, kind: str, **more: object) -> None:
    server.mailbox.faults.switch_on(DeliveryFault.model_validate({"kind": kind, **more}))


def test_event_arrives_signed_and_is_accepted(post_office: PostOffice) -> None:
    send(plan())

    (message,) = post_office.mailbox.messages
    assert (message.title, message.headers["webhook-id"]) == (an_event().title, an_event().id)
    assert (entry().state, entry().attempts) == (DeliveryState.ACCEPTED, 1)


def test_event_that_comes_twice_is_ordered_once_more_only_while_it_is_not_sent(post_office: PostOffice) -> None:
    plan_deliveries(an_event(), at=now())
    plan_deliveries(an_event(), at=now())
    orders = ordered()

    for order in orders:
        send(order)
    plan_deliveries(an_event(), at=now())

    assert (len(orders), len(post_office.mailbox.messages), ordered()) == (2, 1, [])


def test_order_that_comes_twice_is_sent_once(post_office: PostOffice) -> None:
    order = plan()

    send(order)
    send(order, attempt=2)

    assert len(post_office.mailbox.messages) == 1


@pytest.mark.parametrize("kind", ["500", "429", "404", "400", "413", "drop", "redirect"])
def test_failure_is_tried_again_after_a_pause(post_office: PostOffice, kind: str) -> None:
    switch_on(post_office, kind, count=1)
    order = plan()

    with pytest.raises(SendAgain) as again:
        send(order)
    waiting = entry()
    send(order, attempt=2)

    assert (again.value.pause_s, waiting.state, waiting.next_try_at) == (
        5,
        DeliveryState.PENDING,
        now() + timedelta(seconds=5),
    )
    assert (entry().state, entry().attempts, entry().detail) == (DeliveryState.ACCEPTED, 2, None)
    assert webhook().health.failing_since is None


def test_pause_that_the_receiver_asks_for_is_kept(post_office: PostOffice) -> None:
    switch_on(post_office, "503", retry_after_s=240)

    with pytest.raises(SendAgain) as again:
        send(plan())

    assert again.value.pause_s == 240


def test_last_try_that_fails_ends_the_delivery(post_office: PostOffice) -> None:
    switch_on(post_office, "500")

    send(plan(), attempt=8, is_last=True)

    assert (entry().state, entry().detail) == (DeliveryState.FAILED, "The receiver answered 500, no success.")
    assert webhook().health.failing_since == now()


def test_receiver_that_wants_no_more_is_switched_off_at_once(post_office: PostOffice) -> None:
    switch_on(post_office, "410")

    send(plan())

    assert (entry().state, webhook().may_be_sent_to) == (DeliveryState.FAILED, False)
    plan_deliveries(an_event(id="9b1f0c0e-0000-5000-8000-000000000002"), at=now())
    assert ordered() == []


def test_webhook_is_switched_off_after_five_days_of_failures_and_on_again_by_saving(post_office: PostOffice) -> None:
    switch_on(post_office, "500")
    channels.note_failure(webhook(), "The receiver cannot be reached.", now() - timedelta(days=5))

    send(plan(), is_last=True)

    assert webhook().health.switched_off_at == now()
    save_webhook("ops", webhook_to(webhook_url_of(post_office)), by=OLGA, at=now())
    assert webhook().may_be_sent_to


def test_answer_that_is_lost_brings_the_message_again_under_the_same_id(post_office: PostOffice) -> None:
    switch_on(post_office, "drop_after_accept", count=1)
    order = plan()

    with pytest.raises(SendAgain):
        send(order)
    send(order, attempt=2)

    assert [message.headers["webhook-id"] for message in post_office.mailbox.messages] == [an_event().id] * 2


def test_run_that_died_is_followed_by_another_once_its_lease_has_ended(post_office: PostOffice) -> None:
    order = plan()
    assert deliveries.take(entry(), now())

    send(order, attempt=2, at=now() + timedelta(seconds=59))
    early = len(post_office.mailbox.messages)
    send(order, attempt=3, at=now() + timedelta(seconds=60))

    assert (early, len(post_office.mailbox.messages), entry().state) == (0, 1, DeliveryState.ACCEPTED)


def test_late_run_does_not_write_over_the_one_that_followed_it(post_office: PostOffice) -> None:
    send_order = plan()
    late = deliveries.take(entry(), now())
    assert late
    send(send_order, attempt=2, at=now() + timedelta(seconds=60))

    assert not deliveries.settle(late, DeliveryState.FAILED, "late", now())

    assert entry().state is DeliveryState.ACCEPTED


def test_webhook_that_was_deleted_or_switched_off_meanwhile_is_skipped(post_office: PostOffice) -> None:
    order = plan()
    save_webhook("ops", webhook_to(webhook_url_of(post_office), is_on=False), by=OLGA, at=now())

    send(order)

    assert (entry().state, len(post_office.mailbox.messages)) == (DeliveryState.SKIPPED, 0)


def test_replaced_secret_signs_beside_the_new_one_for_a_day(post_office: PostOffice) -> None:
    save_webhook("ops", webhook_to(webhook_url_of(post_office), secret=OTHER_SIGNING_SECRET), by=OLGA, at=now())

    send(plan())
    post_office.mailbox.secrets[RECEIVER] = [OTHER_SIGNING_SECRET]
    send(plan(an_event(id="9b1f0c0e-0000-5000-8000-000000000002")))

    assert len(post_office.mailbox.messages) == 2
    assert not post_office.mailbox.refused


def test_old_secret_stops_signing_after_a_day(post_office: PostOffice) -> None:
    yesterday = now() - timedelta(days=1)
    save_webhook("ops", webhook_to(webhook_url_of(post_office), secret=OTHER_SIGNING_SECRET), by=OLGA, at=yesterday)

    with pytest.raises(SendAgain):
        send(plan())

    assert list(post_office.mailbox.refused) == [f"webhook/{RECEIVER}: No signature fits."]
