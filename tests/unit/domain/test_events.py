from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given

from chalicelib.domain.events import Event, EventType, created_event, events_between
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from tests.support.builders import (
    ACME,
    ALEX,
    HANDOFF_ID,
    SAM,
    SESSION_ID,
    SUMMARY,
    a_claimed_handoff,
    a_handoff,
    a_snapshot,
    minute,
)
from tests.support.scenarios.handoff_histories import (
    EVENT_OF,
    Change,
    assessed,
    claimed,
    given_up,
    image_before,
    lives,
    not_noted,
    noted,
    passed_on,
    released,
    resolved,
    withdrawn,
)


def events_of(images: Sequence[Handoff]) -> list[Event]:
    return [event for old, new in pairwise([None, *images]) if new for event in events_between(old, new)]


def types(events: list[Event]) -> list[EventType]:
    return [event.type for event in events]


@pytest.mark.parametrize("change", EVENT_OF, ids=lambda change: change.__name__)
def test_change_gives_exactly_its_own_event(change: Change) -> None:
    before = image_before(change)

    expected = EVENT_OF[change]
    assert types(events_between(before, change(before))) == ([expected] if expected else [])


def test_claim_says_at_which_epoch() -> None:
    (event,) = events_between(a_handoff(), a_claimed_handoff())

    assert event.data["claim_epoch"] == 3


def test_new_handoff_is_told_as_created_alone() -> None:
    assert types(events_between(None, a_handoff())) == [EventType.CREATED]


@given(lives())
def test_birth_of_a_handoff_is_the_same_however_long_it_lives(life: tuple[list[Handoff], list[Change]]) -> None:
    images, _ = life

    assert [created_event(image) for image in images] == events_between(None, images[0]) * len(images)


@given(lives())
def test_events_of_a_life_retell_it(life: tuple[list[Handoff], list[Change]]) -> None:
    images, changes = life

    expected = [kind for change in changes if (kind := EVENT_OF[change])]
    assert types(events_of(images)) == [EventType.CREATED, *expected]


@given(lives())
def test_replay_of_a_life_gives_the_very_same_events(life: tuple[list[Handoff], list[Change]]) -> None:
    images, _ = life

    replayed = [HandoffDetail.model_validate_json(image.model_dump_json()) for image in images]
    assert events_of(replayed) == events_of(images)


@given(lives())
def test_events_of_a_handoff_have_ids_of_their_own(life: tuple[list[Handoff], list[Change]]) -> None:
    ids = [event.id for event in events_of(life[0])]

    assert len(ids) == len(set(ids))


@given(lives())
def test_image_that_did_not_change_tells_nothing(life: tuple[list[Handoff], list[Change]]) -> None:
    last = life[0][-1]

    assert events_between(last, last) == []


@given(lives())
def test_life_is_told_in_order(life: tuple[list[Handoff], list[Change]]) -> None:
    versions = [event.version for event in events_of(life[0])]

    assert versions == sorted(versions)


@given(lives())
def test_every_event_survives_json(life: tuple[list[Handoff], list[Change]]) -> None:
    events = events_of(life[0])

    assert [Event.model_validate_json(event.model_dump_json()) for event in events] == events


def test_id_is_a_uuid_that_every_release_of_ours_gives_again() -> None:
    event = events_between(None, a_handoff())[0]

    assert (UUID(event.id).version, event.id) == (5, "288abafa-d72b-52ca-9fc8-4cbc21da97d7")


def test_another_version_gives_another_id() -> None:
    ids = {events_between(None, a_handoff(version=version))[0].id for version in (1, 2, 12)}

    assert len(ids) == 3


def test_change_with_two_effects_makes_two_events() -> None:
    old = a_handoff()

    events = events_between(old, assessed(claimed(old)))

    assert types(events) == [EventType.CLAIMED, EventType.ASSESSMENT_READY]


def test_event_names_what_it_is_about() -> None:
    event = events_between(a_handoff(), claimed(a_handoff()))[0]

    assert event.model_dump(include={"account_id", "session_id", "handoff_id", "version", "occurred_at", "actor"}) == {
        "account_id": ACME,
        "session_id": SESSION_ID,
        "handoff_id": HANDOFF_ID,
        "version": 2,
        "occurred_at": minute(11),
        "actor": {"id": "sub-sam", "name": "Sam"},
    }


def test_event_tells_where_the_handoff_stands() -> None:
    event = events_between(a_handoff(), given_up(a_claimed_handoff(by=SAM, level=1, round=0)))[-1]

    assert event.data == {
        "intent": "escalate",
        "status": "claimed",
        "priority": "high",
        "psa_ticket_id": "4711",
        "claimed_by": {"id": "sub-sam", "name": "Sam"},
        "level": 1,
        "round": 0,
        "assessment_status": "unavailable",
        "assessment_error": "timeout",
    }


@pytest.mark.parametrize("change", [assessed, given_up, noted, not_noted])
def test_event_of_a_machine_has_no_actor(change: Change) -> None:
    before = image_before(change)

    assert events_between(before, change(before))[0].actor is None


@pytest.mark.parametrize("change", [claimed, released, withdrawn, passed_on, resolved])
def test_event_of_a_person_has_its_actor(change: Change) -> None:
    after = change(image_before(change))

    assert events_between(image_before(change), after)[0].actor == after.actor


@pytest.mark.parametrize(
    ("change", "lead"),
    [
        (claimed, "Picked up by Sam"),
        (released, "Put back by Sam"),
        (withdrawn, "Withdrawn by Jane"),
        (passed_on, "Passed on by Sam"),
        (resolved, "Resolved by Sam"),
        (assessed, "Assessment ready"),
        (given_up, "Assessment unavailable"),
        (noted, "Ticket note sent"),
        (not_noted, "Ticket note failed"),
    ],
)
def test_title_says_what_happened_to_which_problem(change: Change, lead: str) -> None:
    before = image_before(change)

    assert events_between(before, change(before))[0].title == f"{lead} · #4711: {SUMMARY}"


def test_new_escalation_has_the_title_of_its_notification() -> None:
    assert events_between(None, a_handoff())[0].title == f"Escalation from Jane · #4711: {SUMMARY}"


def test_parked_session_is_titled_as_parked() -> None:
    title = events_between(None, a_handoff(intent=Intent.PARK))[0].title

    assert title == f"Parked by Jane · #4711: {SUMMARY}"


def test_title_shows_no_secret() -> None:
    snapshot = a_snapshot(problem_summary="password: Sommer2024! is refused", psa_ticket_id=None)

    assert (
        events_between(None, a_handoff(snapshot=snapshot))[0].title
        == "Escalation from Jane: password: [masked: password] is refused"
    )


def test_event_carries_no_notes_and_no_turns() -> None:
    handoff = a_handoff(engineer_notes="CANARY-NOTES", release_note="CANARY-RELEASE")

    assert "CANARY" not in events_between(None, handoff)[0].model_dump_json()


def test_name_with_braces_is_only_a_name() -> None:
    braced = ALEX.model_copy(update={"name": "{actor.__class__}"})

    title = events_between(a_handoff(), claimed(a_handoff(), by=braced))[0].title

    assert title is not None
    assert title.startswith("Picked up by {actor.__class__} ·")
