"""What a person wants to be told outside the page: by which kind of message, from which priority up, and when not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import model_validator

from chalicelib.domain.clock.weekly_hours import TimeOfDay, minute_of_day
from chalicelib.domain.clock.zones import TimeZoneName, zone_named
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority


class KindRule(FrozenModel):
    """The least priority that each kind of message is sent for; None: never. Push messages go to all devices.

    SMS go to a confirmed number alone, so that a rule for them does nothing without one.
    """

    email: Priority | None
    push: Priority | None = None
    sms: Priority | None = None

    def without_email(self) -> "KindRule":
        """Return the rule without e-mail."""
        return self.model_copy(update={"email": None})


class NotificationRules(FrozenModel):
    """A rule for each sort of event. Without one, the default holds."""

    escalations: KindRule = KindRule(email=Priority.HIGH, push=Priority.HIGH, sms=Priority.URGENT)
    mine: KindRule = KindRule(email=Priority.LOW)
    ladder: KindRule = KindRule(email=Priority.LOW, push=Priority.LOW, sms=Priority.URGENT)

    def sends(self, kind: DeliveryKind, sort: EventSort, priority: Priority) -> bool:
        """Whether an event of this sort, about a case of this priority, is told by this kind of message."""
        least: Priority | None = getattr(getattr(self, sort.value), kind.value)
        return least is not None and priority.rank <= least.rank

    def may_send(self, kind: DeliveryKind, sorts: Iterable[EventSort]) -> bool:
        """Whether this kind of message is switched on for one of `sorts`, from whatever priority up."""
        return any(getattr(getattr(self, sort.value), kind.value) is not None for sort in sorts)

    def never_send(self, kind: DeliveryKind) -> bool:
        """Whether this kind of message is switched off for every sort of event."""
        return not self.may_send(kind, EventSort)

    def without_email(self) -> "NotificationRules":
        """Return the rules with e-mail off for every sort."""
        return NotificationRules(**{sort.value: getattr(self, sort.value).without_email() for sort in EventSort})


class QuietHours(FrozenModel):
    """Hours of every day, [begins, ends) on the clocks of a time zone, in which only urgent cases are told of.

    Where they end before they begin, they cross midnight.
    """

    time_zone: TimeZoneName
    begins: TimeOfDay
    ends: TimeOfDay

    @model_validator(mode="after")
    def _require_some_time(self) -> Self:
        if self.begins == self.ends:
            raise ValueError("Quiet hours have to end at a different time than they begin.")
        return self

    def hold_back(self, priority: Priority, at: datetime) -> bool:
        """Whether a message about a case of this priority is held back at `at`."""
        return priority is not Priority.URGENT and self._contain(at)

    def _contain(self, at: datetime) -> bool:
        local = at.astimezone(zone_named(self.time_zone))
        now, begins, ends = local.hour * 60 + local.minute, minute_of_day(self.begins), minute_of_day(self.ends)
        return begins <= now < ends if begins < ends else now >= begins or now < ends


class NotificationSettings(FrozenModel):
    """What a person has chosen. `version` rises with each save: 0 while the defaults hold."""

    rules: NotificationRules = NotificationRules()
    quiet: QuietHours | None = None
    version: int = 0

    def require_version(self, read: int | None) -> None:
        """Raise InvalidState unless the version that was read, and is to be replaced, is this one; None is any."""
        if read not in (None, self.version):
            detail = f"Your notifications were saved since you read version {read}; they are at {self.version} now."
            raise InvalidState(detail, status="changed")
