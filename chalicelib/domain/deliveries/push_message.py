"""An alert as a push message: what the page's service worker shows, and how the push service handles it."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple

from chalicelib.domain.deliveries.alert import WAITING, Alert, page_of
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import format_instant
from chalicelib.domain.titles import split_title

LARGEST_TEXT = 3993
"""The most bytes that fit into one encrypted message of 4,096 (RFC 8291, section 4)."""

TTL_S = 24 * 3600
"""How long a push service keeps a message for a device that is off. What was claimed meanwhile has been replaced."""

_URGENCIES = {Priority.URGENT: "high", Priority.HIGH: "high", Priority.NORMAL: "normal", Priority.LOW: "low"}


class PushMessage(NamedTuple):
    """A message, and its headers `Urgency` and `Topic` (RFC 8030, sections 5.3 and 5.4).

    A message replaces one of the same topic that still waits at the push service.
    """

    text: bytes
    urgency: str
    topic: str


def push_message(
    entry: LedgerEntry, alert: Alert, priority: Priority, token: str, *, is_gathered: bool = False
) -> PushMessage:
    """Return `alert` as a push message; `token` is what the service worker says with that it was shown.

    Messages about the same case have the same tag, so that on a device a later one replaces the earlier. One that only
    does that makes no sound. How long something waits is left to the service worker, as a message may arrive late.
    One that gathers others replaces the last of its lane that did, and leads to the first screen. Its title only counts
    them, as the body names them. Of one case the title says what happened, and the body begins with ticket and problem:
    a lock screen or a desktop cuts titles after some thirty characters.
    """
    title, about = (alert.heading, "") if alert.heading else split_title(alert.title)
    facts = [f"{name}: {value}" for name, value in alert.facts if name != WAITING]
    replaces = entry.recipient.only_replaces
    tag = _gathered_tag(LaneId.of(entry)) if is_gathered else entry.subject
    content = {
        "title": title,
        "body": " · ".join([about, *facts] if about else facts),
        "waiting_since": format_instant(alert.waiting_since) if alert.waiting_since else None,
        "tag": tag,
        "path": "/" if is_gathered else _path(entry),
        "silent": replaces,
        "token": token,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return PushMessage(text, "normal" if replaces else _URGENCIES[priority], topic_of(tag))


def _gathered_tag(lane: LaneId) -> str:
    return "gathered-urgent" if lane.is_urgent else "gathered"


def _path(entry: LedgerEntry) -> str:
    if entry.event.session_id:
        return f"/pilot/{entry.event.session_id}?pickup=true"
    return page_of(entry.event) or "/"


def topic_of(subject: str) -> str:
    """Return the topic of messages about a case: 32 characters that tell the push service nothing."""
    return urlsafe_b64encode(sha256(subject.encode()).digest()).decode()[:32]
