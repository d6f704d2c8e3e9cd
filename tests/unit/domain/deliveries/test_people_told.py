"""Which people get an e-mail of an event: the lists of the notifications, the ladder, and what each has chosen."""

import pytest

from chalicelib.domain.audiences import audiences_of
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.deliveries.device import Device, Devices
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind, Recipient, RecipientDevice
from chalicelib.domain.deliveries.notification_settings import (
    KindRule,
    NotificationRules,
    NotificationSettings,
    QuietHours,
)
from chalicelib.domain.deliveries.people_told import (
    Addressee,
    Told,
    choosers,
    concerns_people,
    is_mail_address,
    level_told,
    people_told,
    pushes_to,
)
from chalicelib.domain.deliveries.still_wanted import why_not_sent
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.people import Caller, Engineer
from tests.support.builders import ALEX, JANE, JOE, OLGA, SAM, VIC, a_claimed_handoff, a_handoff, an_event, minute

EVERYBODY = (JANE, JOE, SAM, ALEX, OLGA, VIC)
EMAIL, PUSH = DeliveryKind.EMAIL, DeliveryKind.PUSH
TO_SAM, TO_ALEX = (Recipient(kind=EMAIL, id=one.id, name=one.name) for one in (SAM, ALEX))
MINE, ESCALATIONS, LADDER = EventSort.MINE, EventSort.ESCALATIONS, EventSort.LADDER


def staff(*away: Caller) -> Staff:
    gone = Availability(presence=Presence.AWAY)
    people = (
        Colleague(id=one.id, role=one.role, availability=gone if one in away else Availability()) for one in EVERYBODY
    )
    return Staff(people=tuple(people))


def told(
    kind: EventType, handoff: Handoff, by: Caller | None = JANE, *away: Caller, step: tuple[str, ...] = ()
) -> Told:
    event = an_event(kind, actor=by.person if by else None)
    return people_told(event, audiences_of(event, handoff), step, staff(*away), clocked(handoff).target_context)


def addressee(who: Caller, **settings: object) -> Addressee:
    engineer = Engineer(id=who.id, name=who.name, email=who.email, role=who.role)
    return Addressee(engineer=engineer, settings=NotificationSettings.model_validate(settings))


def test_new_escalation_is_told_to_seniors_but_not_to_its_author() -> None:
    assert told(EventType.CREATED, a_handoff(sender=SAM.person, owner_id=SAM.id), SAM) == {ALEX.id: {ESCALATIONS}}
    assert set(told(EventType.CREATED, a_handoff())) == {SAM.id, ALEX.id}


def test_seniors_who_are_away_are_told_only_when_nobody_else_is_left() -> None:
    assert set(told(EventType.CREATED, a_handoff(), JANE, SAM)) == {ALEX.id}
    assert set(told(EventType.CREATED, a_handoff(), JANE, SAM, ALEX)) == {SAM.id, ALEX.id}


def test_directed_escalation_notifies_its_person_alone_as_their_case_and_as_an_escalation() -> None:
    handoff = a_handoff(to=SAM.person, directed_until=minute(20))

    assert told(EventType.CREATED, handoff) == {}
    assert told(EventType.DIRECTED, handoff) == {SAM.id: {MINE, ESCALATIONS}}


def test_step_of_the_ladder_is_told_to_its_people_and_to_the_sender() -> None:
    found = told(EventType.OVERDUE, a_handoff(level=1), None, step=(OLGA.id, SAM.id))

    assert found == {JANE.id: {MINE}, OLGA.id: {LADDER}, SAM.id: {LADDER}}


def test_people_of_a_step_that_the_hand_off_reaches_are_told_of_the_hand_off() -> None:
    found = told(EventType.CREATED, a_handoff(level=0), JANE, step=(OLGA.id, JANE.id))

    assert found == {SAM.id: {ESCALATIONS}, ALEX.id: {ESCALATIONS}, OLGA.id: {ESCALATIONS}}


@pytest.mark.parametrize(
    ("kind", "level", "expected"),
    [
        (EventType.CREATED, 0, 0),
        (EventType.RETURNED, 1, 1),
        (EventType.RELEASED, 0, 0),
        (EventType.OPENED, 0, 0),
        (EventType.CLAIM_UNDONE, 2, 2),
        (EventType.OVERDUE, 2, 2),
        (EventType.CREATED, None, None),
        (EventType.DECLINED, 0, None),
        (EventType.CLAIMED, 0, None),
    ],
)
def test_step_reached_is_told_whenever_the_case_waits(kind: EventType, level: int | None, expected: int | None) -> None:
    event = an_event(kind, data={"level": level})

    assert level_told(event, a_handoff()) == expected
    assert level_told(event, a_handoff(to=SAM.person, directed_until=minute(20))) is None


def test_claim_is_told_to_the_sender_and_not_to_the_claimer() -> None:
    assert told(EventType.CLAIMED, a_claimed_handoff(), SAM) == {JANE.id: {MINE}}


@pytest.mark.parametrize("kind", EventType)
def test_nobody_is_told_of_what_they_did(kind: EventType) -> None:
    for author in EVERYBODY:
        assert author.id not in told(kind, a_handoff(), author, step=(author.id,))


def test_types_that_concern_nobody_are_told_to_nobody() -> None:
    silent = [kind for kind in EventType if not concerns_people(an_event(kind))]

    assert EventType.TICKET_NOTE_SENT in silent
    assert EventType.CREATED not in silent
    assert not any(told(kind, handoff, None) for kind in silent for handoff in (a_handoff(), a_claimed_handoff()))


@pytest.mark.parametrize(
    ("sort", "by_default"),
    [(MINE, list(Priority)), (LADDER, list(Priority)), (ESCALATIONS, [Priority.HIGH, Priority.URGENT])],
)
def test_email_goes_by_sort_and_priority(sort: EventSort, by_default: list[Priority]) -> None:
    why: Told = {SAM.id: frozenset({sort})}

    sent = [priority for priority in Priority if choosers(EMAIL, why, [addressee(SAM), addressee(ALEX)], priority)]

    assert sent == by_default
    off = NotificationRules(**{sort.value: KindRule(email=None)})
    assert not any(choosers(EMAIL, why, [addressee(SAM, rules=off)], priority) for priority in Priority)


def test_quiet_hours_hold_back_all_but_urgent_when_its_turn_comes() -> None:
    asleep = addressee(SAM, quiet=QuietHours(time_zone="UTC", begins="09:00", ends="10:00"))
    event = an_event()

    held = [
        priority
        for priority in Priority
        if why_not_sent(TO_SAM, asleep, event, a_handoff(priority=priority), minute(30))
    ]

    assert held == [Priority.LOW, Priority.NORMAL, Priority.HIGH]
    assert why_not_sent(TO_SAM, asleep, event, a_handoff(), minute(60)) is None


def test_person_who_has_left_or_switched_email_off_since_gets_none() -> None:
    off = addressee(SAM, rules=NotificationRules().without_email())

    assert why_not_sent(TO_SAM, None, an_event(), a_handoff(), minute(10))
    assert why_not_sent(TO_SAM, off, an_event(), a_handoff(), minute(10))


def test_direction_and_holding_that_have_ended_are_told_to_nobody() -> None:
    sam, alex = addressee(SAM), addressee(ALEX)
    directed, idle = an_event(EventType.DIRECTED), an_event(EventType.IDLE)

    assert why_not_sent(TO_SAM, sam, directed, a_handoff(to=SAM.person, directed_until=minute(20)), minute(11)) is None
    assert why_not_sent(TO_SAM, sam, directed, a_handoff(), minute(11))
    assert why_not_sent(TO_SAM, sam, idle, a_claimed_handoff(), minute(30)) is None
    assert why_not_sent(TO_ALEX, alex, idle, a_claimed_handoff(), minute(30))
    assert why_not_sent(TO_SAM, sam, idle, a_handoff(), minute(30))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("sam@acme.example", True),
        ("sam+it.o'neil@mail.acme.example", True),
        ("sam@acme.example\r\nBcc: x@evil.example", False),
        ("sam@acme.example\n", False),
        ('"sam"@acme.example', False),
        ("Sam <sam@acme.example>", False),
        ("sam@acme.example,x@evil.example", False),
        ("sam@localhost", False),
        ("s" * 400 + "@acme.example", False),
        ("säm@acme.example", False),
        ("", False),
    ],
)
def test_address_is_one_plain_address(text: str, *, is_one: bool) -> None:
    assert is_mail_address(text) is is_one


def a_device(name: str) -> Device:
    return Device(id=name, name=name, endpoint="https://push.example/1", p256dh="", auth="", added_at=minute(0))


def test_push_message_goes_to_each_device_of_those_who_chose_it() -> None:
    people = [addressee(SAM).engineer, addressee(ALEX).engineer]

    found = pushes_to(people, {SAM.id: Devices(items=(a_device("phone"), a_device("desk")))})

    assert [(one.id, one.device) for one in found] == [
        (SAM.id, RecipientDevice(id="phone", name="phone")),
        (SAM.id, RecipientDevice(id="desk", name="desk")),
    ]
    assert {one.kind for one in found} == {PUSH}


def test_what_only_replaces_is_not_held_back_by_quiet_hours() -> None:
    asleep = addressee(SAM, quiet=QuietHours(time_zone="UTC", begins="09:00", ends="10:00"))
    normal = a_handoff(priority=Priority.NORMAL)
    push = TO_SAM.model_copy(update={"kind": PUSH})
    silent = push.model_copy(update={"only_replaces": True})

    assert why_not_sent(push, asleep, an_event(), normal, minute(30))
    assert why_not_sent(silent, asleep, an_event(), normal, minute(30)) is None
