"""How a person can be reached outside the page, and by what they would be at an instant."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.people_told import Addressee, NoMail
from chalicelib.domain.deliveries.reach_marks import counts_until, email_place, phone_place
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority


class Missing(StrEnum):
    """Why somebody would not be reached. Of several reasons the first counts."""

    QUIET = "quiet"
    """It would come in their quiet hours, and works outside them."""
    UNPROVEN = "unproven"
    """Nothing has reached them this way in the last 30 days, so nobody knows that it works."""
    NO_DEVICE = "no_device"
    """They chose push messages and have no device that gets them."""
    NO_PHONE = "no_phone"
    """They chose SMS and have confirmed no number."""
    NO_ADDRESS = NoMail.NO_ADDRESS.value
    """They chose e-mail and their sign-in names no address that mail can be sent to."""
    ADDRESS_OFF = NoMail.ADDRESS_OFF.value
    """Mail to their address came back, or was marked as spam, so none is sent there."""
    OFF = "off"
    """They chose not to be told of such cases outside the page."""

    @property
    def is_chosen(self) -> bool:
        """Whether they have it so because they chose it."""
        return self in (Missing.QUIET, Missing.OFF)


_ORDER = list(Missing)


class Reachable(FrozenModel):
    """Somebody of the directory, what they have chosen, and their devices."""

    person: Addressee
    devices: Devices = Devices()

    @property
    def id(self) -> str:
        """Their id."""
        return self.person.engineer.id

    def reached_by(
        self, kinds: Iterable[DeliveryKind], sort: EventSort, priority: Priority, at: datetime
    ) -> tuple[tuple[DeliveryKind, ...], Missing]:
        """Return the `kinds` of message that would reach them at `at`, and why no other would."""
        found = {kind: self._missing(kind, sort, priority, at) for kind in kinds}
        why = min((each for each in found.values() if each), key=_ORDER.index, default=Missing.OFF)
        return tuple(kind for kind, each in found.items() if each is None), why

    def changes(self) -> Iterator[datetime]:
        """Yield when what has reached them stops to count, and when what they say of their presence ends."""
        yield from (counts_until(at) for at in self.person.reached.values())
        if until := self.person.engineer.availability.until:
            yield until

    def _missing(self, kind: DeliveryKind, sort: EventSort, priority: Priority, at: datetime) -> Missing | None:
        settings = self.person.settings
        if not settings.rules.sends(kind, sort, priority):
            return Missing.OFF
        if kind is DeliveryKind.EMAIL and (no_mail := self.person.why_no_mail):
            return Missing(no_mail.value)
        places = self._places(kind)
        if not places:
            return Missing.NO_DEVICE if kind is DeliveryKind.PUSH else Missing.NO_PHONE
        if not any(self._is_proven(place, at) for place in places):
            return Missing.UNPROVEN
        return Missing.QUIET if settings.quiet and settings.quiet.hold_back(priority, at) else None

    def _places(self, kind: DeliveryKind) -> tuple[str, ...]:
        if kind is DeliveryKind.PUSH:
            return tuple(device.id for device in self.devices.told)
        if kind is DeliveryKind.SMS:
            return (phone_place(self.person.phone.number),) if self.person.phone else ()
        return (email_place(self.person.engineer.email),)

    def _is_proven(self, place: str, at: datetime) -> bool:
        reached_at = self.person.reached.get(place)
        return reached_at is not None and at < counts_until(reached_at)


LOOK_AHEAD = timedelta(days=7)
"""How far readiness looks ahead."""
