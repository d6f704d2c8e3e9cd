from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.events import Event
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import feed
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.rows.feed import FeedRow
from tests.support.builders import ACME, GLOBEX, an_event, minute
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.strategies import EVENTS
from tests.support.tables import empty_tables

ACCOUNT = Audience(account_id=ACME, kind=AudienceKind.ACCOUNT)
SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)


def at(number: int, occurred_at: datetime | None = None) -> Event:
    """An event in the minute of its number."""
    return an_event(id=f"00000000-0000-5000-8000-{number:012}", occurred_at=occurred_at or minute(number))


def put_all(*events: Event) -> None:
    for event in events:
        feed.put(ACCOUNT, event)


def since(after: str | None, limit: int = 100) -> list[Event]:
    """All that happened since, read part by part."""
    events: list[Event] = []
    page = PageRequest(limit)
    for _ in range(30):
        part = feed.list_since(ACCOUNT, after, page)
        assert len(part.items) <= limit
        events += part.items
        if part.next_cursor is None:
            return events
        page = PageRequest(limit, part.next_cursor)
    raise AssertionError("the feed does not end")


def test_event_is_in_the_feed_it_was_put_in_alone(tables: None) -> None:
    feed.put(SENIORS, at(1))

    assert feed.list_newest(SENIORS, 10) == [at(1)]
    assert feed.list_newest(ACCOUNT, 10) == []


@settings(max_examples=15, phases=[Phase.generate])
@given(EVENTS)
def test_event_comes_back_as_it_was_put(event: Event) -> None:
    with empty_tables():
        feed.put(ACCOUNT, event)

        assert feed.list_newest(ACCOUNT, 1) == [event]


def test_putting_an_event_again_changes_nothing(tables: None) -> None:
    feed.put(ACCOUNT, at(1))

    feed.put(ACCOUNT, at(1).model_copy(update={"title": "Told otherwise"}))

    assert feed.list_newest(ACCOUNT, 10) == [at(1)]


def test_event_whose_put_lost_its_answer_is_stored_once(recorder: Recorder) -> None:
    recorder.tamper("PutItem", lose_answer)

    feed.put(ACCOUNT, at(1))

    assert feed.list_newest(ACCOUNT, 10) == [at(1)]


def test_event_is_kept_for_thirty_days(tables: None) -> None:
    feed.put(ACCOUNT, at(1))

    [row] = FeedRow.query(ACME)
    assert row.expires_at == (at(1).occurred_at + timedelta(days=30)).timestamp()


def test_newest_come_first(tables: None) -> None:
    put_all(at(2), at(1), at(3))

    assert feed.list_newest(ACCOUNT, 2) == [at(3), at(2)]


def test_newest_go_on_from_a_place(tables: None) -> None:
    put_all(at(1), at(2), at(3))

    assert feed.list_newest(ACCOUNT, 10, feed.position_of(at(2))) == [at(1)]


def test_feed_without_a_cursor_returns_the_newest_in_order(tables: None) -> None:
    put_all(at(1), at(2), at(3))

    assert feed.list_since(ACCOUNT, None, PageRequest(2)).items == [at(2), at(3)]


def test_page_that_was_away_gets_all_that_it_missed(tables: None) -> None:
    put_all(at(1))
    after = feed.cursor_at(at(1))
    put_all(at(5), at(6), at(7))

    assert since(after, limit=2)[1:] == [at(5), at(6), at(7)]


def test_event_that_enters_the_feed_late_is_not_missed(tables: None) -> None:
    put_all(at(10))
    after = feed.cursor_at(at(10))
    late = at(9, minute(10) - feed.OVERLAP + timedelta(milliseconds=1))

    put_all(late)

    assert late in since(after)


def test_feed_leaves_out_events_older_than_the_overlap(tables: None) -> None:
    put_all(at(1), at(10))

    assert since(feed.cursor_at(at(10))) == [at(10)]


def test_cursor_of_a_part_goes_on_exactly_there(tables: None) -> None:
    put_all(at(1, minute(1)), at(2, minute(1)), at(3, minute(1)))

    assert feed.list_since(ACCOUNT, "ignored", PageRequest(10, feed.cursor_at(at(1)))).items == [
        at(2, minute(1)),
        at(3, minute(1)),
    ]


def test_feed_holds_no_event_of_another_account(tables: None) -> None:
    put_all(at(1))

    theirs = Audience(account_id=GLOBEX, kind=AudienceKind.ACCOUNT)
    assert feed.list_since(theirs, feed.cursor_at(at(1)), PageRequest(10)).items == []


def test_page_is_one_query(recorder: Recorder) -> None:
    put_all(at(1), at(2), at(3))
    recorder.exchanges.clear()

    feed.list_since(ACCOUNT, feed.cursor_at(at(1)), PageRequest(2))

    assert recorder.operations == ["Query"]


@pytest.mark.parametrize(
    "cursor", ["x", encode_cursor(1), encode_cursor(None), encode_cursor("a", "b"), encode_cursor()]
)
def test_forged_cursor_is_refused(tables: None, cursor: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        feed.list_since(ACCOUNT, None, PageRequest(10, cursor))

    assert refusal.value.pointer == "/cursor"


@pytest.mark.parametrize(
    "after",
    [
        "x",
        encode_cursor(None),
        encode_cursor("yesterday"),
        encode_cursor("0001-01-01T00:00:00.000Z#x"),
        encode_cursor("#"),
    ],
)
def test_forged_place_is_refused(tables: None, after: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        feed.list_since(ACCOUNT, after, PageRequest(10))

    assert refusal.value.pointer == "/after"


MOMENTS = st.lists(st.integers(0, 5).map(minute), max_size=10)


@settings(max_examples=15, phases=[Phase.generate])
@given(MOMENTS, st.integers(1, 4), st.integers(0, 9))
def test_reading_part_by_part_loses_nothing_and_repeats_nothing(moments: list[datetime], limit: int, seen: int) -> None:
    events = sorted((at(number, moment) for number, moment in enumerate(moments)), key=lambda e: (e.occurred_at, e.id))
    with empty_tables():
        put_all(*events)
        last = events[min(seen, len(events) - 1)] if events else at(0)
        read = since(feed.cursor_at(last), limit)

    assert read == [event for event in events if event.occurred_at >= last.occurred_at - feed.OVERLAP]
