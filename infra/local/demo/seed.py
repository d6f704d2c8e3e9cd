"""Puts the demo's tickets in over the API, as the people themselves would: signed in, one request at a time."""

from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from chalicelib.domain.instants import format_instant
from infra.local.api import Api, Json, Refused
from infra.local.demo.case import Case, HandOff, Say, Step
from infra.local.demo.cases import CASES
from infra.local.demo.clock_cases import policy_of_minutes
from infra.local.deployed import DeployedStack
from infra.local.people import PEOPLE, Person

# The epoch before anyone handed over. A repeated request has to say what the first one said, whatever happened since.
FIRST_EPOCH = 1

ADMIN = "olga"
WAITS_FOR = timedelta(days=1)


def seed(stack: DeployedStack) -> bool:
    """Play every case unless they are there already; True when something was played.

    Every request carries an idempotency key, so a run that was cut short is simply completed by the next one.
    """
    if is_seeded(stack):
        return False
    for person in PEOPLE:
        _enter_directory(person, stack)
    _shorten_times(stack)
    for case in CASES:
        play(case, stack)
    return True


def is_seeded(stack: DeployedStack) -> bool:
    """Whether the last case is there."""
    last = CASES[-1]
    with stack.api(last.by) as api:
        return any(item["psa_ticket_id"] == last.ticket for item in api.get("/sessions")["items"])


def play(case: Case, stack: DeployedStack) -> Json | None:
    """Work the case up to where its people left it, and return its handoff; again, and nothing changes."""
    with stack.api(case.by) as api:
        session = api.post("/sessions", _opening(case), key=f"demo-{case.key}")
        for number, turn in enumerate(case.turns, start=1):
            _add(turn, session, api, key=f"demo-{case.key}-{number}")
        if case.handoff:
            return _hand_off(case.handoff, session, api, stack, key=f"demo-{case.key}-handoff")
    return None


def _enter_directory(person: Person, stack: DeployedStack) -> None:
    with stack.api(person.handle) as api:
        api.get("/me")  # the first look at one's profile is what writes it


def _shorten_times(stack: DeployedStack) -> None:
    """Save the policy of minutes, unless one was saved before."""
    with stack.api(ADMIN) as api:
        found = api.get("/policy")
        if found["version"] == 0:
            api.put("/policy", {"policy": policy_of_minutes(found["policy"]), "version": 0})


def _opening(case: Case) -> Json:
    return {"problem_summary": case.summary, "problem_domain": case.domain, "psa_ticket_id": case.ticket}


def _add(turn: Say | Step, session: Json, api: Api, key: str) -> None:
    place = f"/sessions/{session['id']}"
    if isinstance(turn, Say):
        api.post(f"{place}/messages", {"text": turn.text, "epoch": FIRST_EPOCH}, key)
    else:
        step = {"kind": "step"} | asdict(turn)
        api.post(f"{place}/turns", step | {"epoch": FIRST_EPOCH}, key)


def _hand_off(handoff: HandOff, session: Json, api: Api, stack: DeployedStack, key: str) -> Json:
    place = f"/sessions/{session['id']}/handoff"
    body = {"intent": handoff.intent, "priority": handoff.priority, "engineer_notes": handoff.engineer_notes}
    if handoff.to:
        body["to"] = _id_of(handoff.to, stack)
    made = api.post(place, body | {"epoch": FIRST_EPOCH}, key)
    if handoff.claimed_by:
        with stack.api(handoff.claimed_by) as claimer:
            _pick_up(f"{place}s/{made['id']}", handoff, claimer)
    return made


def _pick_up(place: str, handoff: HandOff, claimer: Api) -> None:
    """Claim it, unless it has changed hands since, and wait for what its holder waits for."""
    with suppress(Refused):
        claimer.post(f"{place}/claim", {"epoch": FIRST_EPOCH + 1})
    if handoff.waits_for and not claimer.get(place)["waiting"]:
        until = format_instant(datetime.now(UTC) + WAITS_FOR)
        claimer.post(f"{place}/wait", {"until": until, "reason": handoff.waits_for})


def _id_of(handle: str, stack: DeployedStack) -> str:
    with stack.api(handle) as api:
        return str(api.get("/me")["id"])
