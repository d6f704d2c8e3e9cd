"""What people have chosen, as it is stored."""

import pytest

from chalicelib.domain.deliveries.notification_settings import NotificationSettings
from chalicelib.store import engineers, notification_settings
from tests.support.builders import ACME, SAM

FIRST, SECOND = (NotificationSettings(version=version) for version in (1, 2))


@pytest.fixture(autouse=True)
def _sam(tables: None) -> None:
    engineers.enter(SAM)


def save(settings: NotificationSettings, loaded: NotificationSettings) -> bool:
    return notification_settings.save(ACME, SAM.id, settings, loaded)


def test_settings_are_not_saved_over_what_has_changed_since() -> None:
    assert save(FIRST, NotificationSettings())

    assert not save(FIRST, NotificationSettings())
    assert not save(SECOND, NotificationSettings(version=7))
    assert save(SECOND, FIRST)
    assert notification_settings.load(ACME, SAM.id) == SECOND


def test_settings_of_nobody_are_not_saved() -> None:
    assert not notification_settings.save(ACME, "sub-nobody", FIRST, NotificationSettings())
