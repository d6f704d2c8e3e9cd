"""Decide which people are told of an event, and by what. Pure: the same facts always give the same people."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import Field

from chalicelib.domain.audiences import CONCERN_PEOPLE, Audience, AudienceKind
from chalicelib.domain.clock.ladder import SENIORS
from chalicelib.domain.clock.staff import Staff, TargetContext
from chalicelib.domain.deliveries.device import Device, Devices
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind, Recipient, RecipientDevice
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.deliveries.notification_settings import NotificationSettings
from chalicelib.domain.deliveries.phone import Phone
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Engineer, Role

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+", re.ASCII)
_LONGEST_ADDRESS = 254

_AT_A_STEP = {
    EventType.CREATED,
    EventType.RELEASED,
    EventType.RETURNED,
    EventType.OPENED,
    EventType.CLAIM_UNDONE,
    EventType.OVERDUE,
}
"""Types of events from which a case waits for anybody: the people of the step that it has reached by then are told."""

_FOR_ADMINS = {EventType.INTEGRATION_FAILED, EventType.INTEGRATION_RECOVERED, EventType.READINESS_WARNING}
"""Types about the account and no case of it: its admins are told by e-mail, whatever sorts they have chosen."""

Told = dict[str, frozenset[EventSort]]
"""The ids of people, and why each is told."""


class NoMail(StrEnum):
    """Why no e-mail can be sent to somebody."""

    ADDRESS_OFF = "address_off"
    """Mail to their address came back, or was marked as spam, so none is sent there."""
    NO_ADDRESS = "no_address"
    """Their sign-in names no address that mail can be sent to."""


class Addressee(FrozenModel):
    """Somebody of the directory, what they have chosen, why their address gets no e-mail, if so, and what reached them.

    `phone`: the number that they have confirmed. `reached`: when a message last did, by place.
    """

    engineer: Engineer
    settings: NotificationSettings
    email_trouble: EmailTrouble | None = None
    phone: Phone | None = None
    reached: dict[str, Instant] = Field(default_factory=dict)

    @property
    def why_no_mail(self) -> NoMail | None:
        """Why no e-mail can be sent to them, whatever they have chosen; None when it can."""
        if self.email_trouble:
            return NoMail.ADDRESS_OFF
        return None if is_mail_address(self.engineer.email) else NoMail.NO_ADDRESS

    @property
    def takes_mail(self) -> bool:
        """Whether e-mail can be sent to them, and they have not switched it off for every sort of event."""
        return self.why_no_mail is None and not self.settings.rules.never_send(DeliveryKind.EMAIL)

    @property
    def takes_sms(self) -> bool:
        """Whether they have confirmed a number, and not switched SMS off for every sort of event."""
        return self.phone is not None and not self.settings.rules.never_send(DeliveryKind.SMS)


def concerns_people(event: Event) -> bool:
    """Whether anybody is told of events of this type outside the page."""
    return event.type in CONCERN_PEOPLE


def concerns_admins(event: Event) -> bool:
    """Whether the account's admins are told of events of this type by e-mail."""
    return event.type in _FOR_ADMINS


def admins_mailed(people: Iterable[Addressee]) -> list[Engineer]:
    """Return the admins among `people` who get e-mail at all."""
    return [one.engineer for one in people if one.engineer.role is Role.ADMIN and one.takes_mail]


def level_told(event: Event, handoff: Handoff) -> int | None:
    """Return the step of the ladder whose people `event` is for, None when it is for none.

    Of a ticket's SLA time those of the step reached are told, while nobody has the case.
    A step that is due at once is reached by what begins the ladder, which is then what its people are told.
    """
    if handoff.is_directed_at(event.occurred_at):
        return None
    level = event.data.get("level")
    if event.data.get("because") == "sla":
        is_queued = (event.data["intent"], event.data["status"]) == (Intent.ESCALATE, HandoffStatus.UNCLAIMED)
        return (level if isinstance(level, int) else 0) if is_queued else None
    return level if event.type in _AT_A_STEP and isinstance(level, int) else None


def people_told(
    event: Event, audiences: Iterable[Audience], step: Iterable[str], staff: Staff, case: TargetContext | None
) -> Told:
    """Return whom `event` concerns: the people of its feeds, and those in `step`, whom the ladder tells of it.

    Of the seniors those who are away are told only when nobody else is left. Whom an escalation is directed to is told
    of a case of theirs and of an escalation, whichever they have chosen more of. Nobody is told of what they did.
    """
    told: dict[str, set[EventSort]] = {}
    own = {EventSort.MINE, EventSort.ESCALATIONS} if event.type is EventType.DIRECTED else {EventSort.MINE}
    for audience in audiences:
        if audience.kind is AudienceKind.ENGINEER and audience.engineer_id:
            told.setdefault(audience.engineer_id, set()).update(own)
        if audience.kind is AudienceKind.SENIORS and case:
            present = staff.present_of((SENIORS,), case, event.occurred_at)
            for each in present or staff.all_of((SENIORS,), case):
                told.setdefault(each, set()).add(EventSort.ESCALATIONS)
    for each in step:
        told.setdefault(each, set()).add(_sort_of_step(event))
    author = event.actor.id if event.actor else None
    return {person: frozenset(sorts) for person, sorts in told.items() if person != author}


def choosers(kind: DeliveryKind, told: Told, people: Iterable[Addressee], priority: Priority) -> list[Engineer]:
    """Return who of `told` has chosen this kind of message about a case of this priority."""
    return [
        one.engineer
        for one in people
        if any(one.settings.rules.sends(kind, sort, priority) for sort in told.get(one.engineer.id, ()))
    ]


def emails_to(people: Iterable[Engineer]) -> list[Recipient]:
    """Return an e-mail to each of `people`."""
    return [Recipient(kind=DeliveryKind.EMAIL, id=one.id, name=one.name) for one in people]


def sms_to(people: Iterable[Engineer]) -> list[Recipient]:
    """Return an SMS to each of `people`."""
    return [Recipient(kind=DeliveryKind.SMS, id=one.id, name=one.name) for one in people]


def with_sorts(recipients: Iterable[Recipient], told: Told) -> list[Recipient]:
    """Return `recipients`, who are all people of `told`, each with why the event concerns them."""
    return [one.model_copy(update={"sorts": tuple(sorted(told[one.id]))}) for one in recipients]


def pushes_to(people: Iterable[Engineer], devices: Mapping[str, Devices]) -> list[Recipient]:
    """Return a push message to each of the `devices` that gets any, by the ids of their people, of `people`."""
    return [_push_to(one, device) for one in people for device in devices.get(one.id, Devices()).told]


def priority_of(handoff: Handoff | None) -> Priority:
    """Return the priority of an event about `handoff`; one about a session alone is normal."""
    return handoff.priority if handoff else Priority.NORMAL


def is_mail_address(text: str) -> bool:
    """Whether mail can be sent to `text`: one plain address, no name, no quotes, no line breaks."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _push_to(person: Engineer, device: Device) -> Recipient:
    at = RecipientDevice(id=device.id, name=device.name)
    return Recipient(kind=DeliveryKind.PUSH, id=person.id, name=person.name, device=at)


def _sort_of_step(event: Event) -> EventSort:
    return EventSort.LADDER if event.type is EventType.OVERDUE else EventSort.ESCALATIONS
