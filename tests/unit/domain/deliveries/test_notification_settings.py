"""What people choose to be told: least priorities by sort of event, and quiet hours."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.notification_settings import (
    KindRule,
    NotificationRules,
    NotificationSettings,
    QuietHours,
)
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.handoff import Priority

NIGHT = QuietHours(time_zone="Europe/Brussels", begins="22:00", ends="06:30")
NOON = QuietHours(time_zone="America/New_York", begins="12:00", ends="13:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_defaults_are_email_for_high_escalations_and_for_all_of_ones_own() -> None:
    rules = NotificationSettings().rules

    told = {sort: [one for one in Priority if rules.sends(DeliveryKind.EMAIL, sort, one)] for sort in EventSort}

    assert told == {
        EventSort.ESCALATIONS: [Priority.HIGH, Priority.URGENT],
        EventSort.MINE: list(Priority),
        EventSort.LADDER: list(Priority),
    }
    assert NotificationSettings().quiet is None


def test_rule_of_null_sends_nothing_not_even_the_urgent() -> None:
    rules = NotificationRules(mine=KindRule(email=None))

    assert not any(rules.sends(DeliveryKind.EMAIL, EventSort.MINE, priority) for priority in Priority)


def test_rules_without_email_send_none_of_any_sort() -> None:
    rules = NotificationRules().without_email()

    assert not any(rules.sends(DeliveryKind.EMAIL, sort, priority) for sort in EventSort for priority in Priority)


def test_defaults_are_push_messages_for_high_escalations_and_the_ladder() -> None:
    rules = NotificationSettings().rules

    told = {sort: [one for one in Priority if rules.sends(DeliveryKind.PUSH, sort, one)] for sort in EventSort}

    assert told == {
        EventSort.ESCALATIONS: [Priority.HIGH, Priority.URGENT],
        EventSort.MINE: [],
        EventSort.LADDER: list(Priority),
    }


def test_kind_is_switched_off_only_with_its_last_rule() -> None:
    off = NotificationRules().without_email()

    assert (off.never_send(DeliveryKind.EMAIL), off.never_send(DeliveryKind.PUSH)) == (True, False)
    assert not off.model_copy(update={"mine": KindRule(email=Priority.URGENT)}).never_send(DeliveryKind.EMAIL)


@pytest.mark.parametrize(
    ("hours", "at", "is_quiet"),
    [
        (NIGHT, "2026-11-27T20:59:59", False),
        (NIGHT, "2026-11-27T21:00:00", True),
        (NIGHT, "2026-11-27T23:00:00", True),
        (NIGHT, "2026-11-28T05:29:59", True),
        (NIGHT, "2026-11-28T05:30:00", False),
        (NIGHT, "2026-07-01T20:00:00", True),
        (NIGHT, "2026-07-01T04:30:00", False),
        (NOON, "2026-11-27T16:59:59", False),
        (NOON, "2026-11-27T17:00:00", True),
        (NOON, "2026-11-27T18:00:00", False),
    ],
)
def test_quiet_hours_are_half_open_and_local(hours: QuietHours, at: str, *, is_quiet: bool) -> None:
    assert hours.hold_back(Priority.HIGH, utc(at)) is is_quiet


def test_quiet_hours_hold_back_all_but_urgent() -> None:
    held = [priority for priority in Priority if NIGHT.hold_back(priority, utc("2026-11-27T23:00:00"))]

    assert held == [Priority.LOW, Priority.NORMAL, Priority.HIGH]


@pytest.mark.parametrize(
    "wrong", [{"ends": "22:00"}, {"time_zone": "Mars/Olympus"}, {"begins": "24:00"}, {"ends": "6:30"}, {"until": "x"}]
)
def test_quiet_hours_that_make_no_sense_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        QuietHours.model_validate({"time_zone": "UTC", "begins": "22:00", "ends": "06:30"} | wrong)


def test_settings_saved_since_they_were_read_are_not_replaced() -> None:
    settings = NotificationSettings(version=3)

    settings.require_version(3)
    settings.require_version(None)
    with pytest.raises(InvalidState):
        settings.require_version(2)
