"""SNS: the topic that carries every event to its subscribers."""

from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import log
from chalicelib.domain.events import Event
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@cache
def _client() -> "SNSClient":
    import boto3
    from botocore.config import Config

    retries = Config(connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3})
    return boto3.client("sns", config=retries)


def publishes(event: Event) -> bool:
    """Publish `event`; return False, with the reason in the log, when SNS does not take it."""
    try:
        publish(event)
    except (BotoCoreError, ClientError) as error:
        log.error("event not published", error, event_id=event.id)
        return False
    return True


def publish(event: Event) -> None:
    """Publish `event` to the topic `handoff-events`, with attributes for subscribers' filter policies.

    Raises botocore.exceptions.ClientError or BotoCoreError when SNS does not take it.
    """
    attributes = {
        "type": event.type.value,
        "account_id": event.account_id,
        "priority": str(event.data.get("priority", "normal")),
    }
    _client().publish(
        TopicArn=settings().events_topic_arn,
        Subject=f"FlowPilot: {event.type.value.replace('_', ' ')}",  # of e-mails; ASCII only, so not the title
        Message=event.model_dump_json(),
        MessageAttributes={name: {"DataType": "String", "StringValue": text} for name, text in attributes.items()},
    )
