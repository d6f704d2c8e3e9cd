"""Every way for a session to change hands but the plain claim, on the deployed stack."""

import pytest

from infra.local.api import Api
from tests.support.scenarios.http import (
    a_handoff,
    a_session,
    a_step,
    claimed,
    place_of,
    queue_of,
    rang,
    read_again,
    refused,
)


def test_released_handoff_waits_for_the_next_with_a_note(jane: Api, sam: Api, alex: Api) -> None:
    handoff = a_handoff(jane)
    claimed(sam, handoff)

    released = sam.post(f"{place_of(handoff)}/release", {"note": "My shift is over."})

    assert (released["status"], released["claimed_by"]) == ("unclaimed", None)
    assert read_again(alex, handoff)["release_note"] == "My shift is over."
    assert handoff["id"] in queue_of(alex)


def test_released_handoff_is_claimed_by_another(jane: Api, sam: Api, alex: Api) -> None:
    handoff = a_handoff(jane)
    claimed(sam, handoff)
    sam.post(f"{place_of(handoff)}/release", {"note": ""})

    assert claimed(alex, handoff)["claimed_by"]["name"] == "Alex Lindqvist"
    with refused(409, "already_claimed"):
        claimed(sam, handoff)


def test_released_session_is_visible_to_its_former_holder_only(jane: Api, sam: Api, alex: Api) -> None:
    handoff = a_handoff(jane)
    claimed(sam, handoff)
    sam.post(f"{place_of(handoff)}/release", {"note": ""})

    assert sam.get(f"/sessions/{handoff['session_id']}")["holder"] is None
    with refused(404, "not_found"):
        alex.get(f"/sessions/{handoff['session_id']}")


def test_release_notifies_the_sender(jane: Api, sam: Api) -> None:
    handoff = a_handoff(jane)
    claimed(sam, handoff)
    sam.post(f"{place_of(handoff)}/release", {"note": ""})

    assert rang(jane, handoff, "handoff_released")["title"].startswith("Put back by Sam Rivera")


def test_withdrawn_handoff_leaves_the_session_with_its_sender(jane: Api, sam: Api) -> None:
    session = a_session(jane)
    handoff = a_handoff(jane, session)

    jane.post(f"{place_of(handoff)}/withdraw")

    epoch = jane.get(f"/sessions/{session['id']}")["epoch"]
    assert a_step(jane, session, "Found the cable", "narrowed", epoch)["epoch"] == epoch
    with refused(409, "invalid_state"):
        claimed(sam, handoff)


def test_claimed_handoff_cannot_be_withdrawn(jane: Api, sam: Api) -> None:
    handoff = a_handoff(jane)
    receipt = claimed(sam, handoff)

    with refused(409, "already_claimed") as problem:
        jane.post(f"{place_of(handoff)}/withdraw")

    assert problem["claimed_by"] == receipt["claimed_by"]


@pytest.mark.parametrize("resumer", ["jane", "joe"])
def test_parked_session_is_resumed_by_any_engineer(jane: Api, resumer: str, request: pytest.FixtureRequest) -> None:
    handoff = a_handoff(jane, intent="park")
    by: Api = request.getfixturevalue(resumer)

    claimed(by, handoff)

    assert by.get(f"/sessions/{handoff['session_id']}")["status"] == "active"


def test_parked_session_is_in_no_queue(jane: Api, sam: Api) -> None:
    assert a_handoff(jane, intent="park")["id"] not in queue_of(sam)


def test_second_hand_off_passes_the_first_handoff_on(jane: Api, sam: Api, alex: Api) -> None:
    first = a_handoff(jane)
    claimed(sam, first)

    second = a_handoff(sam, {"id": first["session_id"]})

    assert read_again(jane, first)["status"] == "passed_on"
    assert claimed(alex, second)["claimed_by"]["name"] == "Alex Lindqvist"


def test_escalate_route_creates_the_same_handoff(jane: Api, sam: Api) -> None:
    session = a_session(jane)

    escalated = jane.post(f"/sessions/{session['id']}/escalate", {"reason": "Out of ideas.", "priority": "urgent"})

    handoff = {"session_id": session["id"], "id": escalated["escalation_package"]["handoff_id"]}
    assert escalated["status"] == "escalated"
    assert read_again(sam, handoff)["engineer_notes"] == "Out of ideas."
    assert claimed(sam, handoff)["status"] == "claimed"


def test_waiting_session_cannot_be_handed_off_again(jane: Api) -> None:
    session = a_session(jane)
    a_handoff(jane, session)

    with refused(409, "invalid_state"):
        a_handoff(jane, session)


def test_hand_off_repeated_with_one_key_is_created_once(jane: Api) -> None:
    path = f"/sessions/{a_session(jane)['id']}/handoff"
    body = {"intent": "escalate"}

    assert jane.post(path, body, key="once")["id"] == jane.post(path, body, key="once")["id"]
