import pytest

from chalicelib.actions.handoffs.read_history import read_handoff_history, read_session_history
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from tests.support.builders import ALEX, GINA, JANE, JOE, SAM, minute
from tests.support.scenarios.actions import claim, escalated, hand_off, open_case, stream
from tests.support.topic import Topic


@pytest.fixture
def second(tables: None, topic: Topic) -> HandoffDetail:
    """What Sam passed on of Jane's case, and Alex picked up; all of it announced."""
    first = escalated()
    claim(first, SAM)
    second = hand_off(first.session_id, by=SAM, at_minute=31)
    claim(second, ALEX, at_minute=35)
    for change in stream():
        announce_change(*change)
    return second


def types_and_actors(events: list[Event]) -> list[tuple[EventType, str]]:
    return [(event.type, event.actor.name if event.actor else "") for event in events]


def test_history_of_a_session_has_every_change_of_hands_in_order(second: HandoffDetail) -> None:
    events = read_session_history(second.session_id, by=JANE)

    assert [event.occurred_at for event in events] == [minute(10), minute(20), minute(31), minute(31), minute(35)]
    assert types_and_actors(events[:2]) == [(EventType.CREATED, "Jane"), (EventType.CLAIMED, "Sam")]
    assert set(types_and_actors(events[2:4])) == {(EventType.PASSED_ON, "Sam"), (EventType.CREATED, "Sam")}
    assert types_and_actors(events[4:]) == [(EventType.CLAIMED, "Alex")]


def test_history_of_a_handoff_has_its_own_events_for_anybody_of_the_account(second: HandoffDetail) -> None:
    events = read_handoff_history(second.session_id, second.id, by=JOE)

    assert types_and_actors(events) == [(EventType.CREATED, "Sam"), (EventType.CLAIMED, "Alex")]


def test_past_holder_reads_the_history(second: HandoffDetail) -> None:
    assert len(read_session_history(second.session_id, by=SAM)) == 5


@pytest.mark.parametrize("by", [JOE, GINA], ids=["colleague", "other account"])
def test_history_is_not_found_for_others(second: HandoffDetail, by: object) -> None:
    with pytest.raises(NotFound):
        read_session_history(second.session_id, by=by)  # type: ignore[arg-type]  # a caller by parameter


def test_handoff_has_no_history_in_another_session_or_account(second: HandoffDetail) -> None:
    other = open_case()

    for session_id, by in [(other.id, JANE), (second.session_id, GINA)]:
        with pytest.raises(NotFound):
            read_handoff_history(session_id, second.id, by=by)


def test_session_that_was_never_handed_off_has_an_empty_history(tables: None) -> None:
    assert read_session_history(open_case().id, by=JANE) == []
