"""What people have chosen, as it is stored."""

from typing import Any

import pytest

from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.notification_settings import NotificationRules, NotificationSettings
from chalicelib.domain.handoff import Priority
from chalicelib.store import addressees, engineers, notification_settings
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.rows.row import UnknownLayout
from tests.support.builders import ACME, SAM

FIRST, SECOND = (NotificationSettings(version=version) for version in (1, 2))
BEFORE_SMS = {
    "rules": {
        "escalations": {"email": "normal", "push": None},
        "mine": {"email": None, "push": "low"},
        "ladder": {"email": "low", "push": "low"},
    },
    "quiet": None,
    "version": 3,
}
"""Settings as they were saved before SMS were sent."""


@pytest.fixture(autouse=True)
def _sam(tables: None) -> None:
    engineers.enter(SAM)


def save(settings: NotificationSettings, loaded: NotificationSettings) -> bool:
    return notification_settings.save(ACME, SAM.id, settings, loaded)


def store(content: dict[str, Any]) -> None:
    """Have Sam's row hold `content`, as another release wrote it."""
    EngineerRow(ACME, SAM.id).update([EngineerRow.notification_settings.set(content)])


def sends(rules: NotificationRules, kind: DeliveryKind, priority: Priority) -> list[EventSort]:
    return [sort for sort in EventSort if rules.sends(kind, sort, priority)]


def test_settings_are_not_saved_over_what_has_changed_since() -> None:
    assert save(FIRST, NotificationSettings())

    assert not save(FIRST, NotificationSettings())
    assert not save(SECOND, NotificationSettings(version=7))
    assert save(SECOND, FIRST)
    assert notification_settings.load(ACME, SAM.id) == SECOND


def test_settings_of_nobody_are_not_saved() -> None:
    assert not notification_settings.save(ACME, "sub-nobody", FIRST, NotificationSettings())


def test_settings_from_before_sms_have_the_default_for_sms_and_keep_what_they_mention() -> None:
    store(BEFORE_SMS)

    rules = notification_settings.load(ACME, SAM.id).rules

    assert sends(rules, DeliveryKind.SMS, Priority.URGENT) == [EventSort.ESCALATIONS, EventSort.LADDER]
    assert sends(rules, DeliveryKind.SMS, Priority.HIGH) == []
    assert sends(rules, DeliveryKind.EMAIL, Priority.LOW) == [EventSort.LADDER]
    assert sends(rules, DeliveryKind.PUSH, Priority.URGENT) == [EventSort.MINE, EventSort.LADDER]


def test_settings_from_before_push_messages_have_the_defaults_for_both_later_kinds() -> None:
    store({"rules": {"escalations": {"email": None}}, "version": 1})

    rules = notification_settings.load(ACME, SAM.id).rules

    assert rules.escalations == NotificationRules().escalations.without_email()


def test_kinds_that_were_switched_off_stay_off() -> None:
    off = NotificationRules.model_validate({sort.value: {"email": None} for sort in EventSort})

    assert save(NotificationSettings(rules=off, version=1), NotificationSettings())

    loaded = notification_settings.load(ACME, SAM.id)
    assert all(loaded.rules.never_send(kind) for kind in (DeliveryKind.EMAIL, DeliveryKind.PUSH, DeliveryKind.SMS))


def test_settings_that_were_read_are_saved_over_older_ones_with_the_newest_layout() -> None:
    store(BEFORE_SMS)
    loaded = notification_settings.load(ACME, SAM.id)

    assert save(loaded.model_copy(update={"version": 4}), loaded)

    assert notification_settings.load(ACME, SAM.id).rules == loaded.rules
    stored = EngineerRow.get(ACME, SAM.id).notification_settings.as_dict()
    assert stored["layout"] == notification_settings.LAYOUT


def test_settings_of_a_later_release_are_refused() -> None:
    store({**BEFORE_SMS, "layout": notification_settings.LAYOUT + 1})

    with pytest.raises(UnknownLayout, match=r"EngineerRow.notification_settings in .* layout 3; this release knows 2"):
        notification_settings.load(ACME, SAM.id)
    with pytest.raises(UnknownLayout):
        addressees.read_all(ACME)
