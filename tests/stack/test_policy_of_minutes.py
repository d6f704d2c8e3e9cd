"""Ladder, direction, idle question and return in real time, by the clock's own schedule on the deployed stack.

All scenes begin at once, so each test waits only for what is left. The account is one of its own: its policy holds for
nobody else, and no function remembers another one of it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import httpx2
import pytest

from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from infra.local.people import Person
from tests.support.scenarios.http import a_handoff, a_step, bell_of, claimed, place_of, queue_of, read_again, refused
from tests.support.stack.own_people import signed_in
from tests.support.waiting import eventually

pytestmark = pytest.mark.prove

ACCOUNT = "minutes"
ADA, BEN, CLEO, DORA = PEOPLE = (
    Person("Ada Stone", ACCOUNT, "engineer"),
    Person("Ben Ortiz", ACCOUNT, "senior"),
    Person("Cleo Vance", ACCOUNT, "senior"),
    Person("Dora Lind", ACCOUNT, "admin"),
)

STEP_WITHIN_S = 240
"""A minute of the policy, at most 70 s until the emulator runs the clock, and what a busy machine takes."""


class Scenes(NamedTuple):
    """What Ada handed off at the same time: to anybody, to Ben by name, and to Ben, who claimed it and does nothing."""

    of: dict[Person, Api]
    unclaimed: Json
    directed: Json
    quiet: Json


@pytest.fixture(scope="module")
def scenes(stack: DeployedStack) -> Iterator[Scenes]:
    stack.verify_mail(DORA.email)
    with ExitStack() as clients:
        of = {person: clients.enter_context(signed_in(person, stack)) for person in PEOPLE}
        ids = {person: api.get("/me")["id"] for person, api in of.items()}
        set_policy_of_minutes(of[DORA])
        quiet = a_handoff(of[ADA], priority="urgent")
        claimed(of[BEN], quiet)
        unclaimed = a_handoff(of[ADA], priority="urgent")
        yield Scenes(of, unclaimed, a_handoff(of[ADA], priority="urgent", to=ids[BEN]), quiet)


def set_policy_of_minutes(admin: Api) -> None:
    """Have every time of an urgent escalation be the least that a policy may set: one minute."""
    saved = admin.get("/policy")
    ladder = [{"after_min": 0, "tell": ["seniors"]}, {"after_min": 1, "tell": ["admins"]}]
    urgent = {"around_the_clock": True, "ladder": ladder, "idle_after_min": 1, "return_after_min": 1}
    policy: dict[str, Any] = saved["policy"] | {"direct_for_min": 1}
    policy["priorities"] = policy["priorities"] | {"urgent": urgent}
    admin.put("/policy", {"policy": policy, "version": saved["version"]})


def event_of(by: Api, handoff: Json, kind: str) -> Json | None:
    """The first event of that kind in the history of a handoff."""
    found = by.get(f"{place_of(handoff)}/history")["items"]
    return next((event for event in found if event["type"] == kind), None)


def happened(by: Api, handoff: Json, kind: str) -> Json:
    return eventually(partial(event_of, by, handoff, kind), kind, STEP_WITHIN_S)


def minutes_between(earlier: str, later: str) -> float:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds() / 60


def mail_to(person: Person, handoff: Json, stack: DeployedStack) -> Json | None:
    messages = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    found = [one for one in messages if one["to"] == person.email and handoff["session_id"] in one["text"]]
    return found[0] if found else None


def test_directed_handoff_is_its_persons_alone_at_first(scenes: Scenes) -> None:
    with refused(409, "directed_elsewhere") as problem:
        claimed(scenes.of[CLEO], scenes.directed)

    assert problem["to"]["name"] == BEN.name
    assert bell_of(scenes.of[CLEO], scenes.directed) == []


def test_unclaimed_escalation_becomes_overdue_and_its_next_step_is_told(stack: DeployedStack, scenes: Scenes) -> None:
    overdue = happened(scenes.of[ADA], scenes.unclaimed, "handoff_overdue")

    assert overdue["data"]["level"] == 1
    assert minutes_between(scenes.unclaimed["created_at"], overdue["occurred_at"]) >= 1
    assert read_again(scenes.of[ADA], scenes.unclaimed)["level"] == 1
    assert eventually(partial(mail_to, DORA, scenes.unclaimed, stack), "the e-mail to the admin")


def test_directed_handoff_opens_to_all_after_its_time(scenes: Scenes) -> None:
    opened = happened(scenes.of[ADA], scenes.directed, "handoff_opened")

    assert opened["data"]["because"] == "time"
    assert claimed(scenes.of[CLEO], scenes.directed)["claimed_by"]["name"] == CLEO.name


def test_quiet_claim_is_asked_about_and_then_returned(scenes: Scenes) -> None:
    ben, cleo = scenes.of[BEN], scenes.of[CLEO]
    epoch = scenes.quiet["claim_epoch"] + 1

    asked = happened(ben, scenes.quiet, "handoff_idle")
    returned = happened(ben, scenes.quiet, "handoff_returned")

    assert minutes_between(asked["occurred_at"], returned["occurred_at"]) >= 1
    assert scenes.quiet["id"] in queue_of(cleo)
    with refused(409, "stale_epoch"):
        a_step(ben, {"id": scenes.quiet["session_id"], "epoch": epoch}, "Looked at the switch")
