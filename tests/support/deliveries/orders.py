"""The orders that are in the queue of notifications."""

import boto3

from chalicelib.contracts.send_order import SendOrder
from tests.support.tables import NOTIFICATIONS_QUEUE_URL


def ordered() -> list[SendOrder]:
    """Take the orders that are in the queue."""
    sqs = boto3.client("sqs")
    taken: list[SendOrder] = []
    while found := sqs.receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            sqs.delete_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])
            taken.append(SendOrder.model_validate_json(message["Body"]))
    return taken
