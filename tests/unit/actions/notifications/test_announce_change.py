import pytest
from botocore.exceptions import ClientError
from pynamodb.exceptions import PutError

from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import feed
from tests.support.builders import ACME, GLOBEX, JANE, SAM, SUMMARY
from tests.support.dynamodb.faults import as_sent, refuse
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, release, resolve, stream
from tests.support.topic import Topic

ACCOUNT = Audience(account_id=ACME, kind=AudienceKind.ACCOUNT)
SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)
JANES = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=JANE.id)
SAMS = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=SAM.id)
EVERYBODY = [ACCOUNT, SENIORS, JANES, SAMS]


@pytest.fixture
def handoff(topic: Topic) -> HandoffDetail:
    return escalated()


def announce(change: int) -> list[Event]:
    """Announce the change of this number in the stream."""
    return announce_change(*stream()[change])


def heard_by(audience: Audience) -> list[EventType]:
    return [event.type for event in feed.list_newest(audience, 100)][::-1]


def feeds() -> list[list[Event]]:
    return [feed.list_newest(audience, 100) for audience in EVERYBODY]


def test_event_is_in_the_feeds_and_on_the_topic_as_the_same_json(handoff: HandoffDetail, topic: Topic) -> None:
    [event] = announce(0)

    [published] = topic.take()
    assert feed.list_newest(ACCOUNT, 10) == feed.list_newest(SENIORS, 10) == [event]
    assert Event.model_validate(published.event) == event


def test_message_can_be_filtered_by_type_account_and_priority(handoff: HandoffDetail, topic: Topic) -> None:
    announce(0)

    [published] = topic.take()
    assert published.attributes == {"type": "handoff_created", "account_id": ACME, "priority": "high"}


def test_title_says_who_needs_help_with_what(handoff: HandoffDetail) -> None:
    [event] = announce(0)

    assert event.title == f"Escalation from Jane · #4711: {SUMMARY}"


def test_change_notifies_whom_it_concerns(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)
    claim(handoff, SAM, at_minute=30)
    resolve(handoff.session_id, epoch=5)

    for change in range(5):
        announce(change)

    created, claimed, released, resolved = (
        EventType.CREATED,
        EventType.CLAIMED,
        EventType.RELEASED,
        EventType.RESOLVED,
    )
    assert heard_by(ACCOUNT) == [created, claimed, released, claimed, resolved]
    assert heard_by(SENIORS) == [created, released]
    assert heard_by(JANES) == [claimed, released, claimed, resolved]
    assert heard_by(SAMS) == []


def test_event_reaches_no_other_account(handoff: HandoffDetail) -> None:
    announce(0)

    assert feed.list_newest(Audience(account_id=GLOBEX, kind=AudienceKind.ACCOUNT), 10) == []


def test_announcing_again_changes_nothing_in_the_feeds(handoff: HandoffDetail, topic: Topic) -> None:
    claim(handoff, SAM)
    first = [announce(0), announce(1)]
    before = feeds()

    assert [announce(0), announce(1)] == first
    assert feeds() == before


def test_announcing_again_publishes_the_same_ids(handoff: HandoffDetail, topic: Topic) -> None:
    announce(0)
    announce(0)

    first, second = topic.take()
    assert first == second


def test_change_that_nobody_needs_to_hear_of_is_not_announced(handoff: HandoffDetail, topic: Topic) -> None:
    _, image = stream()[0]

    assert announce_change(image, {**image, "assessment_attempts": {"N": "1"}}) == []
    assert (topic.take(), heard_by(ACCOUNT)) == ([], [])


def test_announcement_that_died_before_publishing_is_repeated(handoff: HandoffDetail, topic: Topic) -> None:
    topic.go_away()
    with pytest.raises(ClientError):
        announce(0)
    before = feeds()

    topic.come_back()
    [event] = announce(0)

    assert feeds() == before
    assert [published.event["id"] for published in topic.take()] == [event.id]


def test_announcement_that_died_between_two_feeds_is_repeated(
    handoff: HandoffDetail, topic: Topic, recorder: Recorder
) -> None:
    recorder.tamper("PutItem", as_sent, as_sent, refuse("InternalFailure"))
    with pytest.raises(PutError):
        announce(0)
    assert (heard_by(ACCOUNT), heard_by(SENIORS), topic.take()) == ([EventType.CREATED], [], [])

    announce(0)

    assert heard_by(ACCOUNT) == heard_by(SENIORS) == [EventType.CREATED]
    assert len(topic.take()) == 1
