"""What a person wants to be told outside the page, as requests and answers have it."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.contracts.devices import DeviceView
from chalicelib.contracts.phones import PhoneCodeView, PhoneView
from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.clock.weekly_hours import TimeOfDay
from chalicelib.domain.clock.zones import TimeZoneName
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.deliveries.notification_settings import NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.reach_marks import email_place, phone_place
from chalicelib.domain.deliveries.ways_to_reach import WaysToReach
from chalicelib.domain.instants import Instant

SettingsVersion = Annotated[int, Field(ge=0, le=10**9, description="The version that was read; null saves over any.")]


class QuietSpan(StrictModel):
    """Daily hours in which only urgent cases are announced: [`from`, `to`), also across midnight."""

    time_zone: TimeZoneName
    begins: Annotated[TimeOfDay, Field(alias="from")]
    ends: Annotated[TimeOfDay, Field(alias="to")]


class NotificationSettingsRequest(StrictModel):
    """The settings to save. A sort of event that `rules` leaves out gets its default."""

    rules: NotificationRules
    quiet: QuietSpan | None
    version: SettingsVersion | None = None


class EmailTroubleView(StrictModel):
    """Why no e-mail is sent to an address any more (mail bounced for good, or was marked as spam), and since when."""

    why: Literal["bounced", "complained"]
    at: Instant

    @classmethod
    def of(cls, trouble: EmailTrouble) -> "EmailTroubleView":
        """Show `trouble`."""
        return cls.model_validate({"why": trouble.why.value, "at": trouble.at})


class NotificationSettingsView(StrictModel):
    """Your settings. Version 0: nothing was saved, and these are the defaults. `email_to`: as your token has it."""

    rules: NotificationRules
    quiet: QuietSpan | None
    email_to: str
    email_trouble: EmailTroubleView | None
    """Why no e-mail is sent to your address; saving your settings switches it on again."""
    email_reached_at: Instant | None
    """When an e-mail last reached this address, as far as is known; it counts for 30 days."""
    sends_sms: bool
    """Whether the stack sends SMS; where it does not, no number can be confirmed, and rules for SMS do nothing."""
    phone: PhoneView | None
    """The number that gets your SMS; null until one is confirmed."""
    phone_code: PhoneCodeView | None
    """The number that waits to be confirmed, while its code is good."""
    devices: list[DeviceView]
    """The browsers that get your push messages, oldest first."""
    push_public_key: str | None
    """What a browser subscribes with (`applicationServerKey`); null where the stack sends no push messages."""
    version: int

    @classmethod
    def of(cls, settings: NotificationSettings, email: str, ways: WaysToReach) -> "NotificationSettingsView":
        """Show `settings`, and the ways to reach their person, whose address is `email`."""
        hours, trouble, phone, reached = settings.quiet, ways.email_trouble, ways.phone, ways.reached
        quiet = QuietSpan(**{"time_zone": hours.time_zone, "from": hours.begins, "to": hours.ends}) if hours else None
        return cls(
            rules=settings.rules,
            quiet=quiet,
            email_to=email,
            email_trouble=EmailTroubleView.of(trouble) if trouble and trouble.is_about(email) else None,
            email_reached_at=reached.get(email_place(email)),
            sends_sms=ways.sends_sms,
            phone=PhoneView.of(phone, reached.get(phone_place(phone.number))) if phone else None,
            phone_code=PhoneCodeView.of(ways.phone_code) if ways.phone_code else None,
            devices=[DeviceView.of(device, reached.get(device.id)) for device in ways.devices.items],
            push_public_key=ways.push_public_key or None,
            version=settings.version,
        )
