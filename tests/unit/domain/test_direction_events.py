"""What is told of a handoff that is directed, and to whom."""

import pytest

from chalicelib.domain.audiences import Audience, AudienceKind, audiences_of
from chalicelib.domain.deliveries.channel import Channel, ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.plan import recipients_of
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import CLOCK, Person
from tests.support.builders import ACME, ALEX, JANE, SAM, SUMMARY, a_claimed_handoff, a_handoff, minute
from tests.support.channels import a_channel
from tests.support.scenarios.handoff_histories import NO_CLAIMER, changed

ACCOUNT = Audience(account_id=ACME, kind=AudienceKind.ACCOUNT)
SENIORS = Audience(account_id=ACME, kind=AudienceKind.SENIORS)
NOBODYS = {"to": None, "directed_until": None}


def own(person: Person) -> Audience:
    return Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=person.id)


def a_directed_handoff(until: int = 20, **changes: object) -> HandoffDetail:
    return a_handoff(to=SAM.person, directed_until=minute(until), **changes)


def told(old: Handoff | None, new: Handoff) -> dict[EventType, Event]:
    return {event.type: event for event in events_between(old, new)}


def heard(old: Handoff | None, new: Handoff) -> dict[EventType, list[Audience]]:
    return {kind: audiences_of(event, new) for kind, event in told(old, new).items()}


def test_directed_hand_off_notifies_its_person_alone() -> None:
    assert heard(None, a_directed_handoff()) == {
        EventType.CREATED: [ACCOUNT],
        EventType.DIRECTED: [ACCOUNT, own(SAM.person)],
    }


def test_hand_off_directed_to_somebody_away_is_news_to_all_seniors() -> None:
    audiences = heard(None, a_directed_handoff(until=10))

    assert audiences[EventType.CREATED] == [ACCOUNT, SENIORS]
    assert audiences[EventType.DIRECTED] == [ACCOUNT, own(SAM.person)]


def test_direction_says_to_whom_and_until_when() -> None:
    event = told(None, a_directed_handoff())[EventType.DIRECTED]

    assert event.title == f"Directed to Sam by Jane · #4711: {SUMMARY}"
    assert event.data["to"] == SAM.person.model_dump()
    assert event.data["directed_until"] == "2026-11-23T09:20:00.000Z"


def test_reassignment_is_a_release_and_a_direction() -> None:
    old = a_claimed_handoff(by=SAM)
    back = {"status": HandoffStatus.UNCLAIMED, **NO_CLAIMER, "released_by": SAM.person}
    new = changed(
        old, SAM, change=HandoffChange.REASSIGNED, to=ALEX.person, directed_until=minute(30), claim_epoch=4, **back
    )

    assert heard(old, new) == {
        EventType.RELEASED: [ACCOUNT, own(JANE.person)],
        EventType.DIRECTED: [ACCOUNT, own(ALEX.person)],
    }
    release = told(old, new)[EventType.RELEASED]
    assert (release.data["from"], release.data["to"]) == (SAM.person.model_dump(), ALEX.person.model_dump())


@pytest.mark.parametrize(
    ("change", "by", "because"),
    [(HandoffChange.DECLINED, SAM.person, "declined"), (HandoffChange.OPENED, CLOCK, "time")],
)
def test_opening_says_why_and_is_news_to_all_seniors(change: HandoffChange, by: Person, because: str) -> None:
    old = a_directed_handoff()
    new = old.model_copy(update={**NOBODYS, "change": change, "version": 2, "actor": by, "updated_at": minute(20)})

    opened = told(old, new)[EventType.OPENED]

    assert (opened.data["because"], opened.actor) == (because, by)
    assert audiences_of(opened, new) == [ACCOUNT, SENIORS]


def test_decline_is_told_to_the_sender() -> None:
    old = a_directed_handoff()
    new = changed(old, SAM, change=HandoffChange.DECLINED, **NOBODYS)

    assert heard(old, new)[EventType.DECLINED] == [ACCOUNT, own(JANE.person)]


def test_later_change_of_a_directed_handoff_directs_nothing_again() -> None:
    old = a_directed_handoff(change=HandoffChange.REASSIGNED)

    assert told(old, old.model_copy(update={"version": 1})) == {}
    assert EventType.DIRECTED not in told(old, old.model_copy(update={"version": 2, "change": HandoffChange.CLAIMED}))


@pytest.mark.parametrize(("until", "kind"), [(20, EventType.DIRECTED), (10, EventType.CREATED)])
def test_chat_is_told_once_of_an_escalation(until: int, kind: EventType) -> None:
    handoff = a_directed_handoff(until)

    def gets(channel: Channel) -> list[EventType]:
        return [event.type for event in events_between(None, handoff) if recipients_of(event, handoff, [channel])]

    assert gets(a_channel(kind=ChannelKind.SLACK)) == [kind]
    assert gets(a_channel()) == [EventType.CREATED, EventType.DIRECTED]
    assert gets(a_channel(kind=ChannelKind.SLACK, filter=ChannelFilter(types=(EventType.CREATED,)))) == [
        EventType.CREATED
    ]
