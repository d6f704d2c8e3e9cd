"""An engineer's notifications: whose events, in what order, and how many still wait."""

from datetime import datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.actions.notifications.list_notifications import NEWEST, NotificationList, list_notifications
from chalicelib.actions.notifications.mark_read import mark_handoff_read, mark_notifications_read, mark_session_read
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.notification import Notification
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import feed, handoff_readers
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import audience_key
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.feed import FeedRow
from tests.support.builders import ACME, ALEX, GLOBEX, HANK, JANE, JOE, SAM, an_event, minute
from tests.support.scenarios.actions import claim, escalated, open_case
from tests.support.tables import empty_tables

SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)
SAMS_OWN = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=SAM.id)
JANES_OWN = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=JANE.id)


def at(
    number: int,
    actor: Caller = JANE,
    occurred_at: datetime | None = None,
    kind: EventType = EventType.CREATED,
    **changes: object,
) -> Event:
    """An event in the minute of its number, by `actor`, about a handoff of its own."""
    there = {"handoff_id": f"handoff-{number}", "occurred_at": occurred_at or minute(number), "actor": actor.person}
    return an_event(kind, **({"id": f"00000000-0000-5000-8000-{number:012}"} | there | changes))


def ring(audience: Audience, *events: Event) -> None:
    """Put many events into a feed at once."""
    with FeedRow.batch_write() as batch:
        for event in events:
            row = FeedRow(audience_key(audience), feed.position_of(event), event=to_document(event), expires_at=0)
            batch.save(row)


def walk(by: Caller, limit: int) -> list[str]:
    """The subjects of all notifications, read part by part."""
    subjects: list[str] = []
    cursor: str | None = None
    for _ in range(60):
        notifications = list_notifications(PageRequest(limit, cursor), by=by)
        assert len(notifications.items) <= limit
        subjects += [item.id for item in notifications.items]
        cursor = notifications.next_cursor
        if cursor is None:
            return subjects
    raise AssertionError("the list does not end")


def first(by: Caller) -> NotificationList:
    return list_notifications(PageRequest(25), by=by)


def subjects(by: Caller) -> list[str]:
    return [item.id for item in first(by).items]


def only(by: Caller) -> Notification:
    (one,) = first(by).items
    return one


def test_notifications_of_a_senior_merge_both_feeds_newest_first(tables: None) -> None:
    ring(SENIORS, at(1), at(3))
    ring(SAMS_OWN, at(2))

    assert subjects(SAM) == ["handoff-3", "handoff-2", "handoff-1"]


def test_notifications_of_an_engineer_are_their_own_alone(tables: None) -> None:
    ring(SENIORS, at(1))
    ring(JANES_OWN, at(2, SAM), at(3, SAM))

    assert subjects(JANE) == ["handoff-3", "handoff-2"]


def test_notifications_leave_out_the_callers_own_actions(tables: None) -> None:
    ring(SENIORS, at(1, SAM), at(2, ALEX))

    assert subjects(SAM) == ["handoff-2"]


def test_many_events_of_a_handoff_are_one_notification(tables: None) -> None:
    ring(SENIORS, at(1, handoff_id="one"), at(2, handoff_id="two"), at(3, handoff_id="one", title="Put back"))
    ring(SAMS_OWN, at(3, handoff_id="one", title="Put back"))

    assert walk(SAM, 1) == ["one", "two"]
    assert (first(SAM).items[0].title, first(SAM).unread) == ("Put back", 2)


def test_notifications_of_another_account_are_hidden(tables: None) -> None:
    ring(SENIORS, at(1))

    assert first(HANK).items == []
    assert HANK.account_id == GLOBEX


def test_unread_notifications_are_counted(tables: None) -> None:
    ring(SENIORS, at(1), at(2), at(3))

    assert first(SAM).unread == 3
    mark_notifications_read(minute(2), by=SAM, at=minute(9))
    assert first(SAM).unread == 1


def test_reading_up_to_an_earlier_time_unreads_nothing(tables: None) -> None:
    ring(SENIORS, at(1), at(2))
    mark_notifications_read(minute(2), by=SAM, at=minute(9))

    mark_notifications_read(minute(1), by=SAM, at=minute(9))

    assert first(SAM).unread == 0


def test_reading_up_to_a_time_that_has_not_come_leaves_what_comes_unread(tables: None) -> None:
    ring(SENIORS, at(1), at(2))
    mark_notifications_read(minute(9), by=SAM, at=minute(2))

    ring(SENIORS, at(3))

    assert first(SAM).unread == 1


def test_opening_a_handoff_reads_it_for_its_reader_alone(tables: None) -> None:
    handoff = escalated()
    ring(SENIORS, at(20, handoff_id=handoff.id))

    mark_handoff_read(handoff.id, by=SAM, at=minute(30))

    assert ((only(SAM).is_read, first(SAM).unread), (only(ALEX).is_read, first(ALEX).unread)) == ((True, 0), (False, 1))


def test_what_happens_to_an_opened_handoff_later_is_unread_again(tables: None) -> None:
    handoff = escalated()
    ring(SENIORS, at(20, handoff_id=handoff.id))
    mark_handoff_read(handoff.id, by=SAM, at=minute(30))

    ring(SENIORS, at(40, kind=EventType.RELEASED, handoff_id=handoff.id))

    assert first(SAM).unread == 1


def test_claim_by_anybody_settles_it_for_all(tables: None) -> None:
    handoff = escalated()
    ring(SENIORS, at(20, handoff_id=handoff.id))

    claim(handoff, SAM)

    assert (only(ALEX).state, only(ALEX).is_settled, first(ALEX).unread) == (HandoffStatus.CLAIMED, True, 0)


def test_opening_a_session_reads_its_notes(tables: None) -> None:
    session = open_case(JANE)
    note = at(20, SAM, kind=EventType.SESSION_NOTE_ADDED, handoff_id=None, session_id=session.id)
    ring(JANES_OWN, note)

    mark_session_read(session.id, by=JANE, at=minute(30))

    assert (only(JANE).id, first(JANE).unread) == (session.id, 0)


def test_opening_what_is_not_there_is_refused(tables: None) -> None:
    elsewhere, session = escalated(), open_case(JANE)

    with pytest.raises(NotFound):
        mark_handoff_read(elsewhere.id, by=HANK, at=minute(30))
    with pytest.raises(NotFound):
        mark_session_read(session.id, by=JOE, at=minute(30))


def test_sender_can_see_who_opened_what_waits(tables: None) -> None:
    handoff = escalated()

    for by in (SAM, ALEX, SAM, JANE):
        mark_handoff_read(handoff.id, by=by, at=minute(30))
    claim(handoff, SAM)
    mark_handoff_read(handoff.id, by=JOE, at=minute(40))

    assert handoff_readers.find_many(ACME, [handoff.id]) == {handoff.id: [ALEX.person, SAM.person]}


def test_later_parts_tell_the_same_count(tables: None) -> None:
    ring(SENIORS, at(1), at(2), at(3))
    part = list_notifications(PageRequest(2), by=SAM)

    assert list_notifications(PageRequest(2, part.next_cursor), by=SAM).unread == part.unread == 3


@pytest.mark.parametrize("limit", [60, 100])
def test_list_ends_with_the_newest_hundred_events_of_a_feed(tables: None, limit: int) -> None:
    ring(JANES_OWN, *[at(number, SAM) for number in range(NEWEST + 50)])

    assert walk(JANE, limit) == [f"handoff-{number}" for number in range(NEWEST + 49, 49, -1)]
    assert first(JANE).unread == NEWEST


@pytest.mark.parametrize("cursor", ["x", encode_cursor(None), encode_cursor("a", 1), encode_cursor(1)])
def test_forged_cursor_is_refused(tables: None, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        list_notifications(PageRequest(25, cursor), by=SAM)


RUNG = st.lists(
    st.tuples(
        st.sampled_from([SENIORS, SAMS_OWN]), st.integers(0, 3), st.sampled_from([JANE, SAM]), st.sampled_from("abc")
    ),
    max_size=9,
)


@settings(max_examples=15, phases=[Phase.generate])
@given(RUNG, st.integers(1, 4))
def test_reading_part_by_part_loses_nothing_and_repeats_nothing(
    rung: list[tuple[Audience, int, Caller, str]], limit: int
) -> None:
    events = [at(n, actor, minute(when), handoff_id=about) for n, (_, when, actor, about) in enumerate(rung)]
    with empty_tables():
        for event, (audience, *_) in zip(events, rung, strict=True):
            feed.put(audience, event)
        heard = walk(SAM, limit)

    by_others = [event for event in events if event.actor != SAM.person]
    newest_first = sorted(by_others, key=lambda event: (event.occurred_at, event.id), reverse=True)
    assert heard == list(dict.fromkeys(event.handoff_id for event in newest_first))
