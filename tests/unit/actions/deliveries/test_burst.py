"""A burst of escalations through the real functions of `notify`: what each person gets, how often, and how soon."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.people.save_device import add_device
from chalicelib.adapters.aws import sms
from chalicelib.domain.deliveries.gathering import MOST_ALONE, SMS_PAUSE, URGENT_PAUSE, WINDOW
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import NotificationSettings, QuietHours
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries, notification_settings
from infra.local.post_office import PostOffice
from tests.support.builders import ACME, ALEX, JANE, SAM, an_event
from tests.support.deliveries.received_messages import Received, WatchedQueue, most_within
from tests.support.deliveries.worked_queue import HOUR, NOW, a_mailing_queue
from tests.support.environment import configure
from tests.support.phones import NUMBER, OTHER_NUMBER, confirm_number
from tests.support.push import a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.post_office import empty

URGENT, HIGH = Priority.URGENT, Priority.HIGH
BURSTS = [
    pytest.param(15, timedelta(seconds=10), id="15 in two minutes and a half"),
    pytest.param(60, timedelta(0), id="60 at once", marks=pytest.mark.prove),
    pytest.param(500, timedelta(seconds=1), id="500 in eight minutes", marks=pytest.mark.prove),
]

Place = tuple[DeliveryKind, str]


@pytest.fixture
def queue(serving_post_office: PostOffice, tables: None, monkeypatch: pytest.MonkeyPatch) -> WatchedQueue:
    """Two seniors with an address, a device and a number each, of whom Alex has quiet hours."""
    sms._client.cache_clear()
    a_mailing_queue(monkeypatch, JANE, SAM, ALEX)
    send_pushes(monkeypatch, STAGE="local")
    configure(monkeypatch, SENDS_SMS="true")
    empty(serving_post_office)
    for who, number in ((SAM, NUMBER), (ALEX, OTHER_NUMBER)):
        confirm_number(who, number)
        add_device(a_subscription(serving_post_office), by=who, at=NOW)
    begins, ends = (f"{at:%H:%M}" for at in (NOW - HOUR, NOW + 2 * HOUR))
    quiet = NotificationSettings(quiet=QuietHours(time_zone="UTC", begins=begins, ends=ends), version=1)
    assert notification_settings.save(ACME, ALEX.id, quiet, NotificationSettings())
    return WatchedQueue(serving_post_office)


def burst(queue: WatchedQueue, count: int, gap: timedelta) -> list[Event]:
    """Have Jane hand off so many escalations, every third of them urgent, and work until nothing is left."""
    events = []
    for number in range(count):
        priority = HIGH if number % 3 else URGENT
        handoff = hand_off(open_case().id, priority=priority)
        about: dict[str, Any] = {"id": f"e{number}", "handoff_id": handoff.id, "session_id": handoff.session_id}
        said: dict[str, Any] = {"title": f"Case {number} is {priority.value}", "data": {"priority": priority.value}}
        events.append(an_event(**about, **said, actor=JANE.person, occurred_at=NOW + number * gap))
    queue.waiting = [(event.occurred_at, event.model_dump_json()) for event in events]
    queue.work(HOUR)
    return events


def entries_of(events: list[Event]) -> list[LedgerEntry]:
    return [entry for event in events for entry in deliveries.all_of_subject(ACME, event.handoff_id or "")]


def by_place(queue: WatchedQueue) -> dict[Place, list[Received]]:
    """What arrived by kind at each address, device or number."""
    found = defaultdict(list)
    for one in queue.received:
        found[one.kind, one.to].append(one)
    return found


def require_within_limits(place: Place, got: list[Received]) -> None:
    """No more than the limits of one kind to one person, of urgent cases and others by themselves and together."""
    if place[0] is DeliveryKind.SMS:
        assert most_within([one.at for one in got], SMS_PAUSE) == 1, place
        return
    for is_urgent, pause in ((True, URGENT_PAUSE), (False, WINDOW)):
        lane = [one for one in got if ("urgent" in one.title) is is_urgent]
        assert most_within([one.at for one in lane if not one.is_gathered], WINDOW) <= MOST_ALONE, (place, is_urgent)
        assert most_within([one.at for one in lane if one.is_gathered], pause) <= 1, (place, is_urgent)
    assert most_within([one.at for one in got], WINDOW) <= 2 * MOST_ALONE + WINDOW // URGENT_PAUSE + 1, place


@pytest.mark.parametrize(("count", "gap"), BURSTS)
def test_burst_reaches_everybody_within_the_limits_and_urgent_ones_in_time(
    queue: WatchedQueue, count: int, gap: timedelta
) -> None:
    events = burst(queue, count, gap)

    entries, places = entries_of(events), by_place(queue)
    urgent = sum(event.data["priority"] == "urgent" for event in events)
    others = [entry for entry in entries if entry.event.data["priority"] != "urgent"]
    theirs = {who.id: [one for one in entries if one.recipient.id == who.id] for who in (SAM, ALEX)}
    for place, got in places.items():
        require_within_limits(place, got)
    assert len(places) == 6
    for who in (SAM, ALEX):
        told = [one for one in theirs[who.id] if one.event.data["priority"] == "urgent"]
        assert len(told) == 3 * urgent
        assert {one.state for one in told} == {DeliveryState.ACCEPTED}
        assert max(_wait(one) for one in told) <= URGENT_PAUSE
    assert {one.state for one in theirs[ALEX.id] if one in others} == {DeliveryState.SKIPPED}
    sams = [one for one in theirs[SAM.id] if one in others]
    assert {one.state for one in sams} == {DeliveryState.ACCEPTED}
    assert max(_wait(one) for one in sams) <= WINDOW
    assert sum(one.cases for one in queue.received) == sum(one.state is DeliveryState.ACCEPTED for one in entries)
    assert len(queue.received) < len(entries) / 2


def _wait(entry: LedgerEntry) -> timedelta:
    assert entry.accepted_at
    return entry.accepted_at - entry.event.occurred_at
