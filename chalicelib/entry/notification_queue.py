"""The queue of notifications, whose limits `infra/template.yaml` sets.

It holds events, as the topic puts them there, shares of those who are told of one, what SES says later of e-mails, and
orders to send one message each. What a message needs is imported when it is worked: packaging and the API import this
module for its registration alone.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from chalice.app import Blueprint, SQSEvent

from chalicelib import log
from chalicelib.entry.partial_batch import BatchResponse, batch_response
from chalicelib.entry.sqs_batches import Message, receives_of
from chalicelib.entry.wall_clock import current_instant, now

notification_queue = Blueprint(__name__)

BATCH_SIZE = 5


@notification_queue.on_sqs_message(queue="notifications", batch_size=BATCH_SIZE)
def notify(event: SQSEvent) -> BatchResponse:
    """Plan deliveries of events and send messages, side by side; only the messages that fail come again."""
    messages = [record.to_dict() for record in event]
    with ThreadPoolExecutor(BATCH_SIZE) as pool:
        runs = [pool.submit(copy_context().run, _succeeds, message) for message in messages]
    return batch_response(message["messageId"] for message, run in zip(messages, runs, strict=True) if not run.result())


def _succeeds(message: Message) -> bool:
    from chalicelib.actions.deliveries.send_delivery import SendAgain, wait_for_next_try

    try:
        _work(message)
    except SendAgain as again:
        wait_for_next_try(message["receiptHandle"], again.pause_s)
        return False
    except Exception as failure:  # noqa: BLE001  the message goes back to SQS, which retries, then dead-letters it
        log.error("message failed", failure, handler="notify", message_id=message["messageId"])
        return False
    return True


def _work(message: Message) -> None:
    from chalicelib.actions.deliveries.handle_mail_feedback import handle_mail_feedback
    from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries, plan_share
    from chalicelib.actions.deliveries.send_delivery import send_delivery
    from chalicelib.actions.deliveries.send_gathered import send_gathered
    from chalicelib.contracts.gather_order import GatherOrder
    from chalicelib.contracts.mail_event import MailEvent, is_mail_event
    from chalicelib.contracts.plan_share import PlanShare
    from chalicelib.contracts.send_order import SendOrder
    from chalicelib.domain.deliveries.ledger import MOST_TRIES
    from chalicelib.domain.events import Event

    content = json.loads(message["body"])
    if "position" in content:
        attempt = receives_of(message)
        order = SendOrder.model_validate(content)
        send_delivery(order, attempt=attempt, is_last=attempt >= MOST_TRIES, clock=now)
        return
    if "lane" in content:
        attempt = receives_of(message)
        is_last = attempt >= MOST_TRIES
        gathered = GatherOrder.model_validate(content)
        send_gathered(gathered, attempt=attempt, is_last=is_last, clock=now)
        return
    if "recipients" in content:
        plan_share(PlanShare.model_validate(content), at=current_instant())
        return
    told = content.get("Message", message["body"])
    if is_mail_event(about := json.loads(told)):
        for feedback in MailEvent.model_validate(about).feedback:
            handle_mail_feedback(feedback, at=current_instant())
        return
    event = Event.model_validate_json(told)
    plan_deliveries(event, at=current_instant())
