"""What a person wants to be told outside the page, as requests and answers have it."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.contracts.devices import DeviceView
from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.clock.weekly_hours import TimeOfDay
from chalicelib.domain.clock.zones import TimeZoneName
from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.deliveries.notification_settings import NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.instants import Instant

SettingsVersion = Annotated[int, Field(ge=0, le=10**9, description="The version that was read; null saves over any.")]


class QuietSpan(StrictModel):
    """Hours of every day in which only urgent cases are told of: from `from` until before `to`, also past midnight."""

    time_zone: TimeZoneName
    begins: Annotated[TimeOfDay, Field(alias="from")]
    ends: Annotated[TimeOfDay, Field(alias="to")]


class NotificationSettingsRequest(StrictModel):
    """The settings to save. A sort of event that `rules` leaves out gets its default."""

    rules: NotificationRules
    quiet: QuietSpan | None
    version: SettingsVersion | None = None


class EmailTroubleView(StrictModel):
    """Why no e-mail is sent to an address any more: mail came back for good, or was marked as spam; and since when."""

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
    devices: list[DeviceView]
    """The browsers that get your push messages, oldest first."""
    push_public_key: str | None
    """What a browser subscribes with (`applicationServerKey`); null where the stack sends no push messages."""
    version: int

    @classmethod
    def of(
        cls,
        settings: NotificationSettings,
        email: str,
        trouble: EmailTrouble | None,
        devices: Devices,
        public_key: str,
        reached: dict[str, Instant],
    ) -> "NotificationSettingsView":
        """Show `settings`, and the devices of their person; `reached`: when a message last reached which place."""
        hours = settings.quiet
        quiet = QuietSpan(**{"time_zone": hours.time_zone, "from": hours.begins, "to": hours.ends}) if hours else None
        return cls(
            rules=settings.rules,
            quiet=quiet,
            email_to=email,
            email_trouble=EmailTroubleView.of(trouble) if trouble and trouble.is_about(email) else None,
            email_reached_at=reached.get(email_place(email)),
            devices=[DeviceView.of(device, reached.get(device.id)) for device in devices.items],
            push_public_key=public_key or None,
            version=settings.version,
        )
