from datetime import datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.actions.notifications.list_notifications import (
    NEWEST,
    NotificationList,
    list_notifications,
    mark_notifications_read,
)
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.events import Event
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import feed
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import audience_key
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.feed import FeedRow
from tests.support.builders import ACME, ALEX, GLOBEX, HANK, JANE, SAM, an_event, minute
from tests.support.tables import empty_tables

SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)
SAMS_OWN = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=SAM.id)
JANES_OWN = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=JANE.id)


def at(number: int, actor: Caller = JANE, occurred_at: datetime | None = None) -> Event:
    """An event in the minute of its number, by `actor`."""
    return an_event(
        id=f"00000000-0000-5000-8000-{number:012}", occurred_at=occurred_at or minute(number), actor=actor.person
    )


def ring(audience: Audience, *events: Event) -> None:
    """Put many events into a feed at once."""
    with FeedRow.batch_write() as batch:
        for event in events:
            row = FeedRow(audience_key(audience), feed.position_of(event), event=to_document(event), expires_at=0)
            batch.save(row)


def walk(by: Caller, limit: int) -> list[Event]:
    """The whole bell, read part by part."""
    events: list[Event] = []
    cursor: str | None = None
    for _ in range(60):
        notifications = list_notifications(PageRequest(limit, cursor), by=by)
        assert len(notifications.events) <= limit
        events += notifications.events
        cursor = notifications.next_cursor
        if cursor is None:
            return events
    raise AssertionError("the bell does not end")


def first(by: Caller) -> NotificationList:
    return list_notifications(PageRequest(25), by=by)


def test_a_senior_hears_both_bells_newest_first(tables: None) -> None:
    ring(SENIORS, at(1), at(3))
    ring(SAMS_OWN, at(2))

    assert first(SAM).events == [at(3), at(2), at(1)]


def test_an_engineer_hears_their_own_bell_alone(tables: None) -> None:
    ring(SENIORS, at(1))
    ring(JANES_OWN, at(2, by := SAM), at(3, by))

    assert first(JANE).events == [at(3, SAM), at(2, SAM)]


def test_nobody_hears_what_they_did_themselves(tables: None) -> None:
    ring(SENIORS, at(1, SAM), at(2, ALEX))

    assert first(SAM).events == [at(2, ALEX)]


def test_what_rings_both_bells_is_heard_once(tables: None) -> None:
    ring(SENIORS, at(1))
    ring(SAMS_OWN, at(1))

    assert walk(SAM, 1) == [at(1)]


def test_the_bell_of_another_account_is_another(tables: None) -> None:
    ring(SENIORS, at(1))

    assert first(HANK).events == []
    assert HANK.account_id == GLOBEX


def test_what_was_not_read_is_counted(tables: None) -> None:
    ring(SENIORS, at(1), at(2), at(3))

    assert first(SAM).unread == 3
    mark_notifications_read(minute(2), by=SAM, at=minute(9))
    assert (first(SAM).unread, first(SAM).read_up_to) == (1, minute(2))


def test_reading_up_to_an_earlier_time_unreads_nothing(tables: None) -> None:
    ring(SENIORS, at(1), at(2))
    mark_notifications_read(minute(2), by=SAM, at=minute(9))

    mark_notifications_read(minute(1), by=SAM, at=minute(9))

    assert first(SAM).unread == 0


def test_reading_up_to_a_time_that_has_not_come_leaves_what_comes_unread(tables: None) -> None:
    ring(SENIORS, at(1), at(2))
    mark_notifications_read(minute(9), by=SAM, at=minute(2))

    ring(SENIORS, at(3))

    assert (first(SAM).unread, first(SAM).read_up_to) == (1, minute(2))


def test_later_parts_tell_the_same_count(tables: None) -> None:
    ring(SENIORS, at(1), at(2), at(3))
    part = list_notifications(PageRequest(2), by=SAM)

    assert list_notifications(PageRequest(2, part.next_cursor), by=SAM).unread == part.unread == 3


@pytest.mark.parametrize("limit", [60, 100])
def test_a_long_bell_is_heard_to_its_end(tables: None, limit: int) -> None:
    rung = [at(number, SAM) for number in range(NEWEST * 2 + 50)]
    ring(JANES_OWN, *rung)

    assert walk(JANE, limit) == rung[::-1]


def test_a_bell_full_of_ones_own_deeds_hides_nothing_behind_them(tables: None) -> None:
    ring(SENIORS, at(1, ALEX), *(at(number, SAM) for number in range(2, NEWEST + 10)))
    ring(SAMS_OWN, at(0, JANE))

    assert walk(SAM, 25) == [at(1, ALEX), at(0, JANE)]


@pytest.mark.parametrize("cursor", ["x", encode_cursor("a"), encode_cursor(None, 1), encode_cursor("a", -1)])
def test_a_forged_cursor_is_refused(tables: None, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        list_notifications(PageRequest(25, cursor), by=SAM)


RUNG = st.lists(
    st.tuples(st.sampled_from([SENIORS, SAMS_OWN]), st.integers(0, 3), st.sampled_from([JANE, SAM])), max_size=9
)


@settings(max_examples=15, phases=[Phase.generate])
@given(RUNG, st.integers(1, 4))
def test_reading_part_by_part_loses_nothing_and_repeats_nothing(
    rung: list[tuple[Audience, int, Caller]], limit: int
) -> None:
    events = [at(number, actor, minute(when)) for number, (_, when, actor) in enumerate(rung)]
    with empty_tables():
        for event, (audience, *_) in zip(events, rung, strict=True):
            feed.put(audience, event)
        heard = walk(SAM, limit)

    by_others = [event for event in events if event.actor != SAM.person]
    assert heard == sorted(by_others, key=lambda event: (event.occurred_at, event.id), reverse=True)
