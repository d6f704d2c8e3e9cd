"""The ledger of deliveries: what was sent to whom, how, and what is known of it."""

from datetime import timedelta
from enum import StrEnum

from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant

KEPT_FOR = timedelta(days=90)

LEASE = timedelta(seconds=60)
"""How long a run may take to send one message; a run that takes longer has died."""

LONGEST_GATHERING = timedelta(hours=18)
"""How long after its time a gathered message may still be tried: as long as one that goes out alone."""

OF_ADMINS = "admin"
"""The subject of entries that concern the account and no case."""

PAUSES_S = (5, 60, 300, 1_800, 7_200, 18_000, 36_000)
"""Pauses between tries: together more than 17 hours. Source: Standard Webhooks 1.0.0, "Retry schedule"."""

MOST_TRIES = len(PAUSES_S) + 1

MOST_RECEIVES = MOST_TRIES + 2
"""How often a message is received before it goes to the dead-letter queue: two more times, for runs that died."""

LONGEST_PAUSE_S = 12 * 3600
"""The longest that SQS hides a message that was received."""


class DeliveryKind(StrEnum):
    """How a message is sent: the kinds of channels, and those that reach a person."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    TEAMS = "teams"
    EMAIL = "email"
    PUSH = "push"
    SMS = "sms"


TO_PEOPLE = frozenset({DeliveryKind.EMAIL, DeliveryKind.PUSH, DeliveryKind.SMS})
"""Kinds that reach one person."""

SENT_ONCE = frozenset({DeliveryKind.EMAIL, DeliveryKind.SMS})
"""Kinds of which a second message is worse than an unknown end: their receivers cannot drop a repeat."""


class DeliveryState(StrEnum):
    """What is known of a delivery, and no more than that."""

    PENDING = "pending"
    SENDING = "sending"
    ACCEPTED = "accepted"
    """The mail, push or SMS service, or the channel, took it."""
    SHOWN = "shown"
    """The person's device showed it, and said so."""
    OPENED = "opened"
    """The person, signed in, opened the case after it was sent."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It was begun and its end is not known: the run died, or the other side took the message and said nothing."""
    SKIPPED = "skipped"
    """It was no longer needed when its turn came."""
    GATHERED = "gathered"
    """Its person got many at once, so it waits to go out with others in one message."""


ARRIVING = frozenset({DeliveryState.SENDING, DeliveryState.ACCEPTED, DeliveryState.UNKNOWN, DeliveryState.SHOWN})
"""States of a message that may have reached its person, who has not opened the case since."""

WENT_OUT = ARRIVING | {DeliveryState.OPENED}
"""States of a message that may have reached its person."""


class RecipientDevice(FrozenModel):
    """The device that a push message is for."""

    id: str
    name: str


class RoundShown(FrozenModel):
    """The round whose one message a device shows; of urgent cases rounds are apart."""

    name: str
    is_urgent: bool


class Recipient(FrozenModel):
    """Whom a delivery is for: a channel of the account or a person, by kind of message, id and name.

    A push message is for one `device` of its person. One that `only_replaces` brings nothing but the end of what the
    device shows already: of the message about the case, or, with `replaces_round`, of one that gathered it with others.
    `instead_of` is the kind of message that failed to reach the person; `sorts`, of a message that they have chosen,
    says why the event concerns them.
    """

    kind: DeliveryKind
    id: str
    name: str
    device: RecipientDevice | None = None
    only_replaces: bool = False
    replaces_round: RoundShown | None = None
    instead_of: DeliveryKind | None = None
    sorts: tuple[EventSort, ...] = ()

    @property
    def place(self) -> str:
        """Tells recipients of the same kind apart."""
        return f"{self.id}:{self.device.id}" if self.device else self.id

    @property
    def is_one_of_many(self) -> bool:
        """Whether they are told because the case waits for anybody, not because it is theirs."""
        return bool(self.sorts) and EventSort.MINE not in self.sorts and not self.only_replaces


class LedgerEntry(FrozenModel):
    """One delivery of one event. `attempts` rises with each try and tells an older run from a newer one.

    `message_id` is what the mail or SMS service calls a message that it took; its logs have it. `sent_to` is the place
    of its person that it went to, as a digest (`reach_marks`), and `round` the round in which it was gathered.
    `is_place_gone`: it was not sent, as its person no longer has the device or the address that it was for.
    """

    account_id: str
    subject: str
    event: Event
    recipient: Recipient
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    detail: str | None = None
    leased_until: Instant | None = None
    next_try_at: Instant | None = None
    accepted_at: Instant | None = None
    shown_at: Instant | None = None
    opened_at: Instant | None = None
    message_id: str | None = None
    sent_to: str | None = None
    round: str | None = None
    is_place_gone: bool | None = None
    created_at: Instant
    updated_at: Instant

    @classmethod
    def planned(cls, event: Event, recipient: Recipient, at: Instant) -> "LedgerEntry":
        """Return the entry of a delivery that was just decided."""
        own = event.id if event.type in (EventType.PAGE_TEST, EventType.SHIFT_TAKEN) else None
        subject = event.handoff_id or event.session_id or own or OF_ADMINS
        return cls(
            account_id=event.account_id,
            subject=subject,
            event=event,
            recipient=recipient,
            created_at=at,
            updated_at=at,
        )

    @property
    def position(self) -> str:
        """The entry's place among those of its subject: one for each event, recipient and kind, and round replaced."""
        to = self.recipient
        place = f"{to.place}:{to.replaces_round.name}" if to.replaces_round else to.place
        return position_of(self.event.id, place, to.kind)

    @property
    def delivery_id(self) -> str:
        """What the delivery is called in the log of its webhook."""
        return f"{self.subject}.{self.event.id}"

    def settled(self, state: DeliveryState, outcome: SendOutcome) -> "LedgerEntry":
        """Return the entry as `state`, with which the `outcome` of its last try ended it."""
        return self.model_copy(update={"state": state, "is_place_gone": outcome.is_place_gone})

    def may_be_taken(self, at: Instant) -> bool:
        """Whether a run may send it now.

        A try that died is made again where receivers drop an id they have seen; of other kinds it stays unknown.
        """
        if self.state is DeliveryState.SENDING:
            return self.recipient.kind not in SENT_ONCE and self._is_lost(at)
        return self.state in (DeliveryState.PENDING, DeliveryState.GATHERED)

    def known_state(self, at: Instant) -> DeliveryState:
        """Return the state as it is known at `at`: a try whose time is over ended in a way that nobody knows."""
        is_overdue = self.next_try_at is not None and self.next_try_at + LONGEST_GATHERING <= at
        is_lost = self.state is DeliveryState.SENDING and self._is_lost(at)
        is_lost = is_lost or (self.state is DeliveryState.GATHERED and is_overdue)
        return DeliveryState.UNKNOWN if is_lost else self.state

    def _is_lost(self, at: Instant) -> bool:
        return self.leased_until is not None and self.leased_until <= at

    def require_redeliverable(self, at: Instant) -> None:
        """Raise InvalidState while a try is under way. One that waits for its next try may be made now."""
        if self.known_state(at) is DeliveryState.SENDING:
            raise InvalidState("It is being sent right now.", status=self.state)


def position_of(event_id: str, recipient: str, kind: DeliveryKind) -> str:
    """Return the place of an entry among those of its subject; `recipient` is its recipient's `place`."""
    return f"{event_id}#{recipient}#{kind.value}"


def pause_after_try_s(attempt: int, retry_after_s: float | None) -> int:
    """Return the pause after try number `attempt`, in seconds: what the other side asked for, or more."""
    planned = PAUSES_S[min(attempt, len(PAUSES_S)) - 1]
    return int(min(max(planned, retry_after_s or 0), LONGEST_PAUSE_S))
