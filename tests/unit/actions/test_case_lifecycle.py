"""A case from its opening to its end: people act, the stream follows, and the events tell it all."""

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.notifications.list_notifications import list_notifications
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import SessionStatus
from chalicelib.store import feed
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, ALEX, JANE, SAM, VIC, minute
from tests.support.scenarios.actions import (
    assess,
    claim,
    escalated,
    hand_off,
    now,
    release,
    resolve,
    session_of,
    stream,
    try_step,
)
from tests.support.scenarios.store import everything
from tests.support.servers.rehearsal_model import a_fault
from tests.support.topic import Topic

pytestmark = pytest.mark.usefixtures("topic")

PAGE = PageRequest(100)


def tell_all() -> list[Event]:
    """Announce every change there was, as the stream would."""
    return [event for change in stream() for event in announce_change(*change)]


def assess_all(at_minute: int) -> list[Assessing]:
    """Have every change there was assessed, as the stream would."""
    return [assess(change, at_minute) for change in stream()]


@pytest.fixture
def case(ai: RehearsalModel) -> HandoffDetail:
    """Handed off, its assessment refused and had later, claimed, put back, claimed by another, handed on, resolved."""
    first = escalated()
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    assert assess(stream()[-1]) is Assessing.UNAVAILABLE
    claim(first, SAM, at_minute=20)
    request_assessment(first.session_id, first.id, by=SAM, at=minute(21))
    assert assess(stream()[-1], at_minute=22) is Assessing.READY
    release(first, SAM)
    claim(first, ALEX, at_minute=30)
    try_step(first.session_id, by=ALEX, epoch=5)
    second = hand_off(first.session_id, by=ALEX, at_minute=35)
    claim(second, SAM, at_minute=36)
    assert Assessing.READY in assess_all(at_minute=37)
    resolve(first.session_id, by=SAM, epoch=7)
    return second


def test_events_cover_the_whole_case(case: HandoffDetail) -> None:
    tell_all()

    announced = [event.type.value.removeprefix("handoff_") for event in read_feed(None, PAGE, by=VIC).events]
    assert sorted(announced) == sorted(
        [
            "created",
            "assessment_unavailable",
            "claimed",
            "assessment_ready",
            "released",
            "claimed",
            "created",
            "passed_on",
            "claimed",
            "assessment_ready",
            "resolved",
        ]
    )


def test_feed_is_in_the_order_in_which_it_happened(case: HandoffDetail) -> None:
    tell_all()

    events = read_feed(None, PAGE, by=VIC).events
    assert [event.occurred_at for event in events] == sorted(event.occurred_at for event in events)
    of_the_first = [event.version for event in events if event.handoff_id != case.id]
    assert of_the_first == sorted(of_the_first)


def test_every_event_is_on_the_topic_once_and_again_with_the_same_id(case: HandoffDetail, topic: Topic) -> None:
    announced = tell_all()
    assert [published.event["id"] for published in topic.take()] == [event.id for event in announced]

    assert tell_all() == announced
    assert len({event.id for event in announced}) == len(announced)


def test_stream_that_is_read_again_leaves_everything_as_it_is(case: HandoffDetail) -> None:
    tell_all()
    before = (
        everything(),
        read_feed(None, PAGE, by=VIC),
        list_notifications(PAGE, by=JANE),
        list_notifications(PAGE, by=SAM),
    )

    assert set(assess_all(at_minute=60)) == {Assessing.NOT_NEEDED}
    tell_all()

    assert (
        everything(),
        read_feed(None, PAGE, by=VIC),
        list_notifications(PAGE, by=JANE),
        list_notifications(PAGE, by=SAM),
    ) == before


def test_notifications_of_the_owner_cover_the_case_to_its_end(case: HandoffDetail) -> None:
    tell_all()

    own = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=JANE.id)
    assert [event.type for event in feed.list_newest(own, 100)][::-1] == [
        EventType.CLAIMED,
        EventType.RELEASED,
        EventType.CLAIMED,
        EventType.PASSED_ON,
        EventType.CLAIMED,
        EventType.RESOLVED,
    ]


def test_owner_has_one_notification_for_each_handoff(case: HandoffDetail) -> None:
    tell_all()

    found = list_notifications(PAGE, by=JANE)

    assert [(item.type, item.state) for item in found.items] == [
        (EventType.RESOLVED, HandoffStatus.RESOLVED),
        (EventType.PASSED_ON, HandoffStatus.PASSED_ON),
    ]
    assert found.unread == 2


def test_case_is_closed_at_the_end(case: HandoffDetail) -> None:
    session = session_of(case)

    assert (session.status, session.holder, session.open_handoff_id) == (SessionStatus.RESOLVED, SAM.person, None)
    assert (session.epoch, now(case).status) == (7, HandoffStatus.RESOLVED)
    assert list_escalations(PAGE, by=VIC).items == []


def test_verdict_is_stored_with_the_resolution(ai: RehearsalModel) -> None:
    handoff = escalated()
    assess(stream()[0])
    claim(handoff, SAM)

    resolve(handoff.session_id, verdict=Verdict.PARTLY)

    assert [event.type for event in tell_all()] == [
        EventType.CREATED,
        EventType.ASSESSMENT_READY,
        EventType.CLAIMED,
        EventType.RESOLVED,
    ]
    assert now(handoff).verdict is Verdict.PARTLY
