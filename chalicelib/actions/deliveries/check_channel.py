"""Find out whether a channel takes what is sent to it."""

import json
from uuid import uuid4

from chalicelib import log
from chalicelib.actions.deliveries.compose_and_send import read_secrets, send_alert, send_text
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.channel import ChannelKind
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller
from chalicelib.store import channels

TEST = "test"
"""The type of a test message, which no event has."""


def check_channel(channel_id: str, *, webhook: bool, by: Caller, at: Instant) -> str | None:
    """Send a test message; return what is wrong in words, None when it was accepted. It is in no log of deliveries.

    Raises NotFound.
    """
    channel = channels.load(by.account_id, channel_id, webhook=webhook)
    secrets = read_secrets(channel)
    if channel.kind is ChannelKind.WEBHOOK:
        outcome = send_text(channel, secrets, f"test-{uuid4()}", _body(by, at), at)
    else:
        outcome = send_alert(channel, secrets, Alert.test())
    log.info("channel checked", kind=channel.kind.value, channel_id=channel_id, outcome=outcome.result.name)
    return None if outcome.result is SendResult.ACCEPTED else _trouble(outcome)


def _trouble(outcome: SendOutcome) -> str:
    return outcome.detail or "It was not accepted."


def _body(by: Caller, at: Instant) -> str:
    message = {
        "type": TEST,
        "occurred_at": format_instant(at),
        "account_id": by.account_id,
        "actor": by.person.model_dump(),
        "title": "Test message from FlowPilot",
        "data": {},
    }
    return json.dumps(message, ensure_ascii=False)
