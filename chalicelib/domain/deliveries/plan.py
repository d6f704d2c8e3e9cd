"""Decide who is told of an event, and how. Pure: the same facts always give the same deliveries."""

from collections.abc import Iterable
from datetime import timedelta

from chalicelib.domain.deliveries.channel import Channel, ChannelKind
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import (
    WENT_OUT,
    DeliveryKind,
    DeliveryState,
    LedgerEntry,
    Recipient,
    RoundShown,
)
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.instants import format_instant

CLAIM_DELAY_S = 20
"""Twice as long as a claim can be taken back."""

WAITS_FOR_SOMEBODY = frozenset(
    {
        "handoff_created",
        "handoff_released",
        "handoff_returned",
        "handoff_opened",
        "handoff_overdue",
        "handoff_directed",
        "handoff_claim_undone",
    }
)
"""Types of events that ask for somebody: once somebody has come, they page nobody."""

SAME_NEWS = timedelta(minutes=5)
"""How long a step that was passed, having nobody, is not announced to people who have heard of the case."""

_BEGINS_A_WAIT = {
    EventType.CREATED,
    EventType.RELEASED,
    EventType.RETURNED,
    EventType.OPENED,
    EventType.CLAIM_UNDONE,
    EventType.DIRECTED,
}

TOLD_IN_CHATS = WAITS_FOR_SOMEBODY | {"handoff_claimed", "handoff_resolved", "handoff_withdrawn"}
"""The event types that a chat gets when its filter names none."""


def recipients_of(event: Event, handoff: Handoff | None, channels: Iterable[Channel]) -> list[Recipient]:
    """Return who gets `event`: every channel that is on and whose filter lets it through."""
    return [
        Recipient(kind=DeliveryKind(channel.kind), id=channel.id, name=channel.name)
        for channel in channels
        if channel.may_be_sent_to
        and channel.filter.lets_through(event, handoff)
        and _is_asked_for(event, handoff, channel)
    ]


def _is_asked_for(event: Event, handoff: Handoff | None, channel: Channel) -> bool:
    """Whether the channel gets events of this type: people are not told of everything unless they ask for it.

    Of a new escalation a chat is told once: as a directed one while it is directed, else as one for everybody; and not
    again within a minute since nobody is on call. Of what was parked, which asks for nobody, it is told the SLA time.
    """
    is_for_people = channel.kind is not ChannelKind.WEBHOOK
    if channel.filter.types or not is_for_people:
        return True
    is_directed = handoff is not None and handoff.is_directed_at(event.occurred_at)
    is_parked = handoff is not None and handoff.intent is Intent.PARK and event.type is not EventType.OVERDUE
    says_it_twice = event.type is (EventType.CREATED if is_directed else EventType.DIRECTED) or may_be_told_already(
        event
    )
    return event.type.value in TOLD_IN_CHATS and not says_it_twice and not is_parked


def why_told_already(event: Event, to: Recipient, entries: Iterable[LedgerEntry]) -> str | None:
    """Return why `to` is not told of `event` again, None when they are; `entries` are those of its case.

    Without a rota the first step passes within a minute to those whom the hand off itself has told (ADR 0045). Who has
    got, or is getting, the same kind of message of that is not told twice.
    """
    if not may_be_told_already(event):
        return None
    begun = [
        entry
        for entry in entries
        if (entry.recipient.kind, entry.recipient.place) == (to.kind, to.place)
        and entry.event.type in _BEGINS_A_WAIT
        and timedelta(0) <= event.occurred_at - entry.event.occurred_at <= SAME_NEWS
        and entry.state not in (DeliveryState.FAILED, DeliveryState.SKIPPED)
    ]
    return "They were told of it a moment before." if begun else None


def may_be_told_already(event: Event) -> bool:
    """Whether `event` is of a step that was passed, within a minute of the hand off, since nobody is there for it."""
    return event.type is EventType.OVERDUE and event.data.get("because") == "nobody"


def ends_the_wait(event: Event) -> bool:
    """Whether nobody is waited for any more from `event` on, so that push messages which asked are replaced."""
    return event.type in (EventType.CLAIMED, EventType.WITHDRAWN)


def pushes_to_replace(entries: Iterable[LedgerEntry], told: Iterable[Recipient]) -> list[Recipient]:
    """Return the devices whose last push message of `entries` asks for somebody, without those `told` anyway."""
    known = {recipient.place for recipient in told if recipient.kind is DeliveryKind.PUSH}
    last = {
        entry.recipient.place: entry
        for entry in sorted(entries, key=lambda entry: entry.event.occurred_at)
        if entry.recipient.kind is DeliveryKind.PUSH and entry.round is None and entry.state in WENT_OUT
    }
    return [
        entry.recipient.model_copy(update={"only_replaces": True})
        for place, entry in last.items()
        if place not in known and entry.event.type.value in WAITS_FOR_SOMEBODY
    ]


def gathered_pushes_to_replace(entries: Iterable[LedgerEntry]) -> list[Recipient]:
    """Return the devices on which a gathered message of `entries` asks for somebody, once for each lane of theirs."""
    last = {
        LaneId.of(entry): entry
        for entry in sorted(entries, key=lambda entry: entry.event.occurred_at)
        if entry.recipient.kind is DeliveryKind.PUSH
        and entry.round
        and entry.state in WENT_OUT
        and entry.event.type.value in WAITS_FOR_SOMEBODY
    }
    return [
        entry.recipient.model_copy(
            update={
                "only_replaces": True,
                "replaces_round": RoundShown(name=entry.round or "", is_urgent=lane.is_urgent),
            }
        )
        for lane, entry in last.items()
    ]


def delay_s_of(event: Event, kind: DeliveryKind) -> int:
    """Return how many seconds a message waits: a claim may be taken back, so people are told of it late."""
    is_claim = event.type is EventType.CLAIMED
    return CLAIM_DELAY_S if is_claim and kind is not DeliveryKind.WEBHOOK else 0


def why_not_needed(event: Event, handoff: Handoff | None, kind: DeliveryKind) -> str | None:
    """Return why a message about `event` need not be sent any more, None when it is still true; webhooks get all."""
    if kind is DeliveryKind.WEBHOOK or handoff is None:
        return None
    if event.data.get("because") == "sla":
        return _why_sla_not_needed(event, handoff)
    if event.type.value in WAITS_FOR_SOMEBODY and handoff.status is not HandoffStatus.UNCLAIMED:
        return "Nobody was waited for any more when its turn came."
    if event.type is EventType.CLAIMED and not _is_claim_of(event, handoff):
        return "The claim had ended when its turn came."
    return None


def _why_sla_not_needed(event: Event, handoff: Handoff) -> str | None:
    """Return why a warning of the ticket's SLA time is not: a holder is warned too, and a later time warns again."""
    if handoff.status.value != event.data["status"]:
        return "The case was in other hands when its turn came."
    due_at = handoff.sla_due_at
    if due_at is None or format_instant(due_at) != event.data["sla_due_at"]:
        return "The SLA time had moved when its turn came."
    return None


def _is_claim_of(event: Event, handoff: Handoff) -> bool:
    is_held = handoff.status in (HandoffStatus.CLAIMED, HandoffStatus.RESOLVED)
    by = handoff.claimed_by
    is_theirs = by is None or event.actor is None or by.id == event.actor.id
    return is_held and is_theirs and event.data.get("claim_epoch") in (None, handoff.claim_epoch)
