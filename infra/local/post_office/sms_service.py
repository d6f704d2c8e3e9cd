"""SMS that the stack sent through SNS on the emulator, as their readers would see them.

MiniStack (1.5.33) keeps each `Publish` to a phone number with its id and without its time, and lists them at an address
of its own. So an SMS has the time at which it was found here, and on another emulator none is found. MiniStack takes
every SMS: `sending_api` refuses some before they come to it.
"""

import threading
from collections.abc import Iterator
from typing import Any

import httpx2

from infra.local.post_office.mailbox import Mailbox, PostedMessage

SMS = "sms"
PATH = "/_ministack/sns/sms-messages"
LONGEST_LOOK_S = 5


class SmsService:
    """The SMS service of the emulator at `endpoint_url`, which puts its messages into `mailbox` when asked to."""

    def __init__(self, endpoint_url: str, mailbox: Mailbox) -> None:
        self._url, self._mailbox = endpoint_url.rstrip("/") + PATH, mailbox
        self._known: set[str] = set()
        self._looking = threading.Lock()

    def collect(self) -> None:
        """Put what was sent since the last look into the mailbox; an emulator that does not answer has sent nothing."""
        with self._looking:
            for sent in self._sent():
                if sent["MessageId"] not in self._known:
                    self._known.add(sent["MessageId"])
                    self._mailbox.messages.append(posted(sent))

    def _sent(self) -> Iterator[dict[str, Any]]:
        try:
            answer = httpx2.get(self._url, timeout=LONGEST_LOOK_S)
        except httpx2.HTTPError:
            return
        if answer.is_success:
            for messages in answer.json().get("sms_messages", {}).values():
                yield from messages


def posted(sent: dict[str, Any]) -> PostedMessage:
    """Return a message as its reader would see it, with what it was sent as."""
    given = sent.get("MessageAttributes") or {}
    attributes = {name: str(value.get("StringValue", "")) for name, value in given.items()}
    text = str(sent["Message"])
    return PostedMessage(SMS, str(sent["PhoneNumber"]), text, text, None, attributes)
