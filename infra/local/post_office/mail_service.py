"""SES as it speaks later: publishes to the stack's topic on the emulator what became of an e-mail.

The emulator (MiniStack 1.5.33) keeps neither tags of a message nor its headers, so the tags are found again by the id
of the message, which the ledger of deliveries keeps.
"""

import json
import threading
from datetime import UTC, datetime
from typing import Any

import boto3

from chalicelib.domain.deliveries.mail_feedback import MailReference
from chalicelib.domain.instants import format_instant
from infra.local.polling import attempts
from infra.local.post_office.mail_events import mail_event
from infra.local.site import REGION, STAGE

LONGEST_LOOK_S = 30
LOOK_EVERY_S = 0.5


class MailService:
    """The mail service of the stack that runs on the emulator at `endpoint_url`."""

    def __init__(self, endpoint_url: str) -> None:
        session = boto3.session.Session("test", "test", region_name=REGION)
        self._tables: Any = session.client("dynamodb", endpoint_url=endpoint_url)
        self._topics: Any = session.client("sns", endpoint_url=endpoint_url)

    def say_later(self, kind: str, address: str, message_id: str) -> None:
        """Say what became of the message, once the ledger has it: this returns at once."""
        sent_at = format_instant(datetime.now(UTC))
        threading.Thread(target=self._say, args=(kind, address, message_id, sent_at), daemon=True).start()

    def _say(self, kind: str, address: str, message_id: str, sent_at: str) -> None:
        found = (self._reference_of(message_id) for _ in attempts(LONGEST_LOOK_S, LOOK_EVERY_S))
        reference = next(filter(None, found), None)
        tags = reference.tags if reference else {}
        event = mail_event(kind, address, tags, sent_at=sent_at, message_id=message_id)
        self._topics.publish(TopicArn=self._topic(), Message=json.dumps(event), Subject="Amazon SES Email Event")

    def _reference_of(self, message_id: str) -> MailReference | None:
        found = self._tables.get_paginator("scan").paginate(
            TableName=f"flowpilot-{STAGE}-deliveries",
            FilterExpression="message_id = :id",
            ExpressionAttributeValues={":id": {"S": message_id}},
        )
        items = [item for page in found for item in page["Items"]]
        names = ("account_id", "subject", "position")
        return MailReference(**{name: items[0][name]["S"] for name in names}) if items else None

    def _topic(self) -> str:
        arns = [topic["TopicArn"] for topic in self._topics.list_topics()["Topics"]]
        return str(next(arn for arn in arns if arn.endswith(f":flowpilot-{STAGE}-email-events")))
