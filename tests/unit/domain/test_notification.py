"""What many events come to for one reader: one notification for each subject, settled by what became of it."""

import pytest

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Priority
from chalicelib.domain.notification import Notification, ReadMarks, by_subject, is_settled
from chalicelib.domain.people import Caller
from tests.support.builders import HANDOFF_ID, JANE, SAM, SESSION_ID, a_handoff, an_event, minute, without_parts

CALLS = [
    "handoff_created",
    "handoff_released",
    "handoff_returned",
    "handoff_directed",
    "handoff_opened",
    "handoff_claim_undone",
]
NEWS = ["handoff_claimed", "handoff_resolved", "handoff_passed_on", "handoff_withdrawn", "handoff_declined"]


def told(kind: EventType = EventType.CREATED, at: int = 10, **changes: object) -> Event:
    return an_event(kind, occurred_at=minute(at), **changes)


def handoff_that_is(status: HandoffStatus, **changes: object) -> Handoff:
    holder = SAM.person if status is HandoffStatus.CLAIMED else None
    return without_parts(a_handoff(status=status, claimed_by=holder, **changes))


def test_events_of_a_handoff_are_folded_with_the_newest_on_top() -> None:
    events = [told(EventType.RELEASED, 30, title="newest"), told(EventType.CLAIMED, 20), told(EventType.CREATED, 10)]

    (one,) = by_subject(events)

    assert (one.subject, one.newest.title, one.began_at) == (HANDOFF_ID, "newest", minute(10))


def test_event_without_a_handoff_belongs_to_its_session() -> None:
    note = told(EventType.SESSION_NOTE_ADDED, 20, handoff_id=None)

    assert [each.subject for each in by_subject([note, told()])] == [SESSION_ID, HANDOFF_ID]


def test_event_of_an_integration_belongs_to_it() -> None:
    failed = told(EventType.INTEGRATION_FAILED, handoff_id=None, session_id=None, data={"integration_id": "psa"})

    assert by_subject([failed])[0].subject == "psa"


def test_notification_shows_the_present_state_of_its_handoff() -> None:
    handoff = handoff_that_is(HandoffStatus.CLAIMED, priority=Priority.URGENT, client="Acorn")
    (folded,) = by_subject([told()])

    shown = Notification.of(folded, handoff, ReadMarks(), JANE.person)

    assert (shown.state, shown.priority, shown.client) == (HandoffStatus.CLAIMED, Priority.URGENT, "Acorn")
    assert (shown.created_at, shown.updated_at) == (minute(10), minute(10))


@pytest.mark.parametrize("status", HandoffStatus)
@pytest.mark.parametrize("kind", CALLS)
def test_call_for_a_claim_is_settled_once_the_handoff_no_longer_waits(kind: str, status: HandoffStatus) -> None:
    settled = is_settled(told(EventType(kind)), handoff_that_is(status), SAM.person)

    assert settled is (status is not HandoffStatus.UNCLAIMED)


@pytest.mark.parametrize("kind", NEWS)
def test_news_of_ones_own_case_is_not_settled_by_what_became_of_it(kind: str) -> None:
    assert not is_settled(told(EventType(kind)), handoff_that_is(HandoffStatus.RESOLVED), JANE.person)


def test_ready_assessment_is_listed_and_never_counted() -> None:
    assert is_settled(told(EventType.ASSESSMENT_READY), handoff_that_is(HandoffStatus.CLAIMED), SAM.person)


@pytest.mark.parametrize(("asked_at", "reader", "settled"), [(5, SAM, False), (None, SAM, True), (5, JANE, True)])
def test_idle_question_is_settled_by_an_answer_or_by_losing_the_case(
    asked_at: int | None, reader: Caller, *, settled: bool
) -> None:
    asked = minute(asked_at) if asked_at else None
    handoff = handoff_that_is(HandoffStatus.CLAIMED, asked_at=asked)

    assert is_settled(told(EventType.IDLE), handoff, reader.person) is settled


@pytest.mark.parametrize(("marks", "is_read"), [
    (ReadMarks(), False),
    (ReadMarks(up_to=minute(9)), False),
    (ReadMarks(up_to=minute(10)), True),
    (ReadMarks(opened={HANDOFF_ID: minute(10)}), True),
    (ReadMarks(opened={HANDOFF_ID: minute(9)}), False),
    (ReadMarks(opened={SESSION_ID: minute(99)}), False),
])  # fmt: skip
def test_notification_is_read_by_time_or_by_opening_its_subject(marks: ReadMarks, *, is_read: bool) -> None:
    (folded,) = by_subject([told()])

    shown = Notification.of(folded, handoff_that_is(HandoffStatus.UNCLAIMED), marks, SAM.person)

    assert (shown.is_read, shown.is_unread) == (is_read, not is_read)


@pytest.mark.parametrize(("reader", "settled"), [(SAM, False), (JANE, True)])
def test_sla_warning_is_settled_for_all_but_who_holds_the_case(reader: Caller, *, settled: bool) -> None:
    warning = told(EventType.OVERDUE, data={"because": "sla"})

    assert is_settled(warning, handoff_that_is(HandoffStatus.CLAIMED), reader.person) is settled
    assert is_settled(warning, handoff_that_is(HandoffStatus.RESOLVED), reader.person)
    assert not is_settled(warning, handoff_that_is(HandoffStatus.UNCLAIMED), reader.person)
