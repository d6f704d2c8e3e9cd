"""Decide when a message to a person goes out alone, and when it is gathered with others into one. Pure."""

from datetime import timedelta
from enum import Enum, auto
from typing import NamedTuple

from chalicelib.domain.deliveries.ledger import TO_PEOPLE, DeliveryKind, LedgerEntry
from chalicelib.domain.events import EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant

MOST_ALONE = 3
"""How many messages of one kind a person gets one by one within `WINDOW`; of urgent cases as many besides. Not SMS."""

WINDOW = timedelta(minutes=5)

URGENT_PAUSE = timedelta(minutes=1)
"""The least time between two gathered messages about urgent cases, and the longest that one of them waits."""

SMS_PAUSE = timedelta(minutes=1)
"""The least time between two SMS to a person, whatever they are about."""

GIVEN_UP_AFTER = timedelta(minutes=30)
"""How long after its time a round may still be sent; nothing joins one that is older."""


class Pace(NamedTuple):
    """How many messages go out alone within `window`, and the longest that one which is gathered waits.

    `counts_gathered`: whether a message that gathers others counts like one that went out alone.
    """

    most_alone: int
    window: timedelta
    pause: timedelta
    counts_gathered: bool = False


_OF_URGENT = Pace(MOST_ALONE, WINDOW, URGENT_PAUSE)
_OF_OTHERS = Pace(MOST_ALONE, WINDOW, WINDOW)
_OF_SMS = Pace(1, SMS_PAUSE, SMS_PAUSE, counts_gathered=True)


class LaneId(FrozenModel):
    """Messages that are counted together: those of one kind to one person, on one device; urgent cases apart.

    SMS are counted together whatever they are about.
    """

    account_id: str
    place: str
    kind: str
    is_urgent: bool

    @classmethod
    def of(cls, entry: LedgerEntry) -> "LaneId":
        """Return the lane of `entry`; of one that replaces the message of a round, the lane of that."""
        to = entry.recipient
        is_of_urgent = entry.event.data.get("priority") == "urgent" and to.kind is not DeliveryKind.SMS
        is_urgent = to.replaces_round.is_urgent if to.replaces_round else is_of_urgent
        return cls(account_id=entry.account_id, place=to.place, kind=to.kind.value, is_urgent=is_urgent)

    @property
    def pace(self) -> Pace:
        """How many messages of the lane go out, and when."""
        if self.kind == DeliveryKind.SMS:
            return _OF_SMS
        return _OF_URGENT if self.is_urgent else _OF_OTHERS


class Slot(FrozenModel):
    """A message that went out alone, and when."""

    message: str
    at: Instant


class Decision(Enum):
    """What happens to a message."""

    WENT_ALONE = auto()
    """It has its slot already: this is another try."""
    ALONE = auto()
    JOINS = auto()
    """It waits for the round that is open."""
    OPENS = auto()
    """It waits for a round of its own making."""


class Lane(FrozenModel):
    """What went out lately, and the round that is open: what joins it goes out in one message at `due_at`.

    `shown`: the round whose message was taken last, which a device shows in place of those before it.
    """

    alone: tuple[Slot, ...] = ()
    round: str | None = None
    due_at: Instant | None = None
    gathered_at: Instant | None = None
    shown: str | None = None
    version: int = 0

    def without(self, message: str) -> "Lane | None":
        """Return the lane with the slot of a message that was not sent after all free again; None if it has none."""
        alone = tuple(slot for slot in self.alone if slot.message != message)
        if alone == self.alone:
            return None
        return self.model_copy(update={"alone": alone, "version": self.version + 1})

    def closed(self, at: Instant) -> "Lane":
        """Return the lane once its round goes out."""
        changes = {"round": None, "due_at": None, "gathered_at": at, "version": self.version + 1}
        return self.model_copy(update=changes)

    def showing(self, round_name: str) -> "Lane":
        """Return the lane once the message of a round was taken."""
        return self.model_copy(update={"shown": round_name, "version": self.version + 1})


class Decided(NamedTuple):
    """What happens to a message, and the lane with that."""

    decision: Decision
    lane: Lane


def is_counted(entry: LedgerEntry) -> bool:
    """Whether `entry` counts: a message to a person that makes a sound, and that they have not just asked for."""
    is_asked_for = entry.event.type is EventType.PAGE_TEST
    return entry.recipient.kind in TO_PEOPLE and not entry.recipient.only_replaces and not is_asked_for


def decide(lane: Lane, message: str, at: Instant, pace: Pace) -> Decided:
    """Decide over `message` at `at`: as many as `pace` allows go out alone, what is more waits for one message.

    That message goes out as soon as the window has room again, and of urgent cases within `URGENT_PAUSE`.
    """
    recent = tuple(slot for slot in lane.alone if at - slot.at < pace.window)
    if any(slot.message == message for slot in recent):
        return Decided(Decision.WENT_ALONE, lane)
    if lane.round and lane.due_at and at < lane.due_at + GIVEN_UP_AFTER:
        return Decided(Decision.JOINS, lane)
    rests_until = lane.gathered_at + pace.pause if lane.gathered_at else at
    is_resting = pace.counts_gathered and at < rests_until
    if len(recent) < pace.most_alone and not is_resting:
        alone = (*recent, Slot(message=message, at=at))
        return Decided(Decision.ALONE, _changed(lane, alone=alone))
    due_at = max(rests_until, _has_room_at(recent, at, pace))
    name = f"{at.timestamp():.3f}.{lane.version + 1}"
    return Decided(Decision.OPENS, _changed(lane, alone=recent, round=name, due_at=min(due_at, at + pace.pause)))


def _has_room_at(recent: tuple[Slot, ...], at: Instant, pace: Pace) -> Instant:
    if len(recent) < pace.most_alone:
        return at
    return recent[0].at + pace.window if pace.pause == pace.window else at + pace.pause


def _changed(lane: Lane, **changes: object) -> Lane:
    return lane.model_copy(update={**changes, "version": lane.version + 1})
