from itertools import product

import pytest

from chalicelib.domain.audiences import Audience, AudienceKind, audiences_of, notified_audiences, notifies
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.people import Caller
from tests.support.builders import ACME, ALEX, JANE, JOE, OLGA, SAM, VIC, a_claimed_handoff, a_handoff, an_event

ACCOUNT = Audience(account_id=ACME, kind=AudienceKind.ACCOUNT)
SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)
MACHINE = [
    EventType.ASSESSMENT_READY,
    EventType.ASSESSMENT_UNAVAILABLE,
    EventType.TICKET_UPDATED,
    EventType.TICKET_NOTE_SENT,
    EventType.TICKET_NOTE_FAILED,
]
BY_CLOCK = [EventType.OVERDUE, EventType.IDLE, EventType.RETURNED, EventType.OPENED]
BY_PEOPLE = [kind for kind in EventType if kind not in [*MACHINE, *BY_CLOCK]]
BELL_OF_SENDER = [
    EventType.CLAIMED,
    EventType.PASSED_ON,
    EventType.RESOLVED,
    EventType.RELEASED,
    EventType.WITHDRAWN,
    EventType.OVERDUE,
    EventType.DECLINED,
    EventType.CLAIM_UNDONE,
]
BELL_OF_SENIORS = [EventType.CREATED, EventType.RELEASED, EventType.RETURNED, EventType.OPENED, EventType.CLAIM_UNDONE]


def own(caller: Caller) -> Audience:
    return Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=caller.id)


def done_by(caller: Caller, kind: EventType) -> Event:
    return an_event(kind, actor=None if kind in MACHINE else caller.person)


def who_hears(kind: EventType, by: Caller, handoff: Handoff) -> list[Caller]:
    """Whose bell rings, found the way a bell is read: the feeds of each caller, less what is no news to them."""
    event = done_by(by, kind)
    feeds = audiences_of(event, handoff)
    everyone = [JANE, JOE, SAM, ALEX, OLGA, VIC]
    return [
        one
        for one in everyone
        if notifies(event, one) and any(notifications in feeds for notifications in notified_audiences(one))
    ]


@pytest.mark.parametrize(("kind", "intent"), [*product(EventType, Intent)])
def test_account_hears_everything_first(kind: EventType, intent: Intent) -> None:
    assert audiences_of(done_by(SAM, kind), a_claimed_handoff(intent=intent))[0] == ACCOUNT


@pytest.mark.parametrize("kind", EventType)
def test_seniors_hear_of_new_and_released_escalations_alone(kind: EventType) -> None:
    assert (SENIORS in audiences_of(done_by(SAM, kind), a_handoff())) == (kind in BELL_OF_SENIORS)


@pytest.mark.parametrize("kind", EventType)
def test_seniors_hear_nothing_of_what_was_parked(kind: EventType) -> None:
    assert SENIORS not in audiences_of(done_by(SAM, kind), a_handoff(intent=Intent.PARK))


@pytest.mark.parametrize("kind", EventType)
def test_sender_hears_of_what_another_does_with_the_handoff(kind: EventType) -> None:
    assert (own(JANE) in audiences_of(done_by(SAM, kind), a_handoff())) == (kind in BELL_OF_SENDER)


@pytest.mark.parametrize("kind", EventType)
def test_owner_hears_what_the_sender_of_a_later_handoff_hears(kind: EventType) -> None:
    passed_on = a_claimed_handoff(by=ALEX, sender=SAM.person, owner_id=JANE.id)

    feeds = audiences_of(done_by(ALEX, kind), passed_on)

    assert (own(JANE) in feeds) == (own(SAM) in feeds) == (kind in BELL_OF_SENDER)


@pytest.mark.parametrize("kind", BY_PEOPLE)
def test_own_action_is_not_put_into_the_senders_feed(kind: EventType) -> None:
    assert own(JANE) not in audiences_of(done_by(JANE, kind), a_claimed_handoff(by=JANE, intent=Intent.PARK))


@pytest.mark.parametrize(("kind", "intent"), [*product(BY_PEOPLE, Intent)])
def test_own_change_notifies_nobody(kind: EventType, intent: Intent) -> None:
    for sender, actor in [(JANE, JANE), (SAM, SAM), (SAM, ALEX)]:
        handoff = a_claimed_handoff(by=actor, sender=sender.person, intent=intent)

        assert actor not in who_hears(kind, actor, handoff)


def test_holder_hears_that_the_assessment_is_ready() -> None:
    event = done_by(SAM, EventType.ASSESSMENT_READY)

    assert audiences_of(event, a_claimed_handoff(by=SAM)) == [ACCOUNT, own(SAM)]


def test_ready_assessment_of_a_claim_without_claimer_rings_nowhere() -> None:
    event = done_by(SAM, EventType.ASSESSMENT_READY)

    assert audiences_of(event, a_claimed_handoff(claimed_by=None)) == [ACCOUNT]


def test_ready_assessment_of_an_unclaimed_handoff_rings_nowhere() -> None:
    assert audiences_of(done_by(JANE, EventType.ASSESSMENT_READY), a_handoff()) == [ACCOUNT]


@pytest.mark.parametrize("status", [HandoffStatus.PASSED_ON, HandoffStatus.RESOLVED])
def test_late_assessment_does_not_ring_for_one_who_holds_the_session_no_more(status: HandoffStatus) -> None:
    event = done_by(SAM, EventType.ASSESSMENT_READY)

    assert audiences_of(event, a_claimed_handoff(by=SAM, status=status)) == [ACCOUNT]


def test_feeds_of_an_event_differ() -> None:
    for kind, sender, actor in product(EventType, [JANE, SAM], [JANE, SAM, ALEX]):
        feeds = audiences_of(done_by(actor, kind), a_claimed_handoff(by=actor, sender=sender.person))

        assert len(feeds) == len(set(feeds))


def test_feeds_are_those_of_the_events_account() -> None:
    event = an_event(EventType.CLAIMED, account_id="globex", actor=SAM.person)

    assert {feed.account_id for feed in audiences_of(event, a_claimed_handoff())} == {"globex"}


def test_new_escalation_rings_for_every_senior() -> None:
    assert who_hears(EventType.CREATED, JANE, a_handoff()) == [SAM, ALEX, OLGA]


def test_senior_who_escalates_is_the_one_senior_who_hears_nothing() -> None:
    assert who_hears(EventType.CREATED, SAM, a_handoff(sender=SAM.person)) == [ALEX, OLGA]


def test_claim_rings_for_the_sender_alone() -> None:
    assert who_hears(EventType.CLAIMED, SAM, a_claimed_handoff(by=SAM)) == [JANE]


def test_release_rings_for_the_sender_and_the_other_seniors() -> None:
    assert who_hears(EventType.RELEASED, SAM, a_handoff()) == [JANE, ALEX, OLGA]


def test_resumed_park_rings_for_nobody_when_its_sender_resumed_it() -> None:
    assert who_hears(EventType.CLAIMED, JANE, a_claimed_handoff(by=JANE, intent=Intent.PARK)) == []


def test_engineer_reads_one_feed_of_notifications() -> None:
    assert notified_audiences(JOE) == [own(JOE)]


def test_senior_reads_the_seniors_feed_too() -> None:
    assert notified_audiences(SAM) == [own(SAM), SENIORS]


def test_event_of_a_machine_notifies_everyone() -> None:
    assert notifies(done_by(SAM, EventType.ASSESSMENT_READY), SAM)
