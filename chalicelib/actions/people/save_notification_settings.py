"""Read and save what the caller is told outside the page."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.notification_settings import NotificationSettingsRequest
from chalicelib.domain.deliveries.notification_settings import NotificationSettings, QuietHours
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, notification_settings
from chalicelib.store.stale_write import StaleWrite


def read_notification_settings(*, by: Caller) -> NotificationSettings:
    """Return the caller's settings; version 0 are the defaults."""
    return notification_settings.load(by.account_id, by.id)


def save_notification_settings(body: NotificationSettingsRequest, *, by: Caller, at: Instant) -> NotificationSettings:
    """Replace the caller's settings; it writes them into the directory where they are new.

    They hold for every message that is sent from now on, and an address that was switched off gets e-mail again. Raises
    InvalidRequest for quiet hours of no length, and InvalidState when the settings were saved since the version that
    the body names.
    """
    quiet = _quiet_hours(body)
    engineers.enter(by)

    def save() -> NotificationSettings:
        loaded = notification_settings.load(by.account_id, by.id)
        saved = NotificationSettings(rules=body.rules, quiet=quiet, version=loaded.version + 1)
        if body.version == loaded.version - 1 and saved == loaded.model_copy(update={"version": saved.version}):
            return loaded  # the same change once more: its first answer may have been lost
        loaded.require_version(body.version)
        if not notification_settings.save(by.account_id, by.id, saved, loaded, confirmed_at=at):
            raise StaleWrite
        return saved

    saved = retry_stale(save, what="Your notifications")
    log.info("notifications saved", version=saved.version)
    return saved


def _quiet_hours(body: NotificationSettingsRequest) -> QuietHours | None:
    span = body.quiet
    if span is None:
        return None
    if span.begins == span.ends:
        raise InvalidRequest("/quiet/to", "Quiet hours have to end at a different time than they begin.")
    return QuietHours(time_zone=span.time_zone, begins=span.begins, ends=span.ends)
