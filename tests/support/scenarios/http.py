"""What people do in the tests of the deployed stack, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from infra.local.api import Api, Json, Refused
from tests.support.waiting import eventually

SUMMARY = "Nobody in the Bristol office can print since the print server was moved to the new subnet on Friday."
TICKET = "T20261123.0042"
SAID = "It started on Friday."


def a_session(by: Api, **changes: object) -> Json:
    """A case that was just opened."""
    opening = {"problem_summary": SUMMARY, "problem_domain": "Printing", "psa_ticket_id": TICKET}
    return by.post("/sessions", opening | changes)


def a_step(by: Api, session: Json, action: str, result: str = "no_effect", epoch: int | None = None) -> Json:
    """Something that was tried, noted down."""
    step = {"kind": "step", "action": action, "result": result, "epoch": epoch or session["epoch"]}
    return by.post(f"/sessions/{session['id']}/turns", step)


def say(by: Api, session: Json, key: str | None = None) -> Json:
    """The message to the assistant, and its reply."""
    return by.post(f"/sessions/{session['id']}/messages", {"text": SAID, "epoch": session["epoch"]}, key)


def a_handoff(by: Api, session: Json | None = None, **changes: object) -> Json:
    """An escalation, of a session of its own unless one is given."""
    session = session or a_session(by)
    body = {"intent": "escalate", "engineer_notes": "I may not change the firewall.", "priority": "high"}
    return by.post(f"/sessions/{session['id']}/handoff", body | changes)


def place_of(handoff: Json) -> str:
    """The path of a handoff."""
    return f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}"


def read_again(by: Api, handoff: Json) -> Json:
    """The handoff as it stands."""
    return by.get(place_of(handoff))


def claimed(by: Api, handoff: Json) -> Json:
    """The receipt of a claim."""
    return by.post(f"{place_of(handoff)}/claim")


def settled(by: Api, handoff: Json) -> Json:
    """The handoff once its assessment is there, or known not to come."""

    def look() -> Json | None:
        found = read_again(by, handoff)
        return None if found["assessment_status"] == "pending" else found

    return eventually(look, f"the assessment of handoff {handoff['id']}")


def queue_of(by: Api) -> list[str]:
    """The ids of the escalations that wait for this person, in order."""
    return [item["handoff_id"] for item in by.get("/escalations?limit=100")["items"]]


def bell_of(by: Api, handoff: Json) -> list[Json]:
    """Return this person's notification of a handoff, if there is one."""
    return [item for item in by.get("/notifications?limit=100")["items"] if item["handoff_id"] == handoff["id"]]


def rang(by: Api, handoff: Json, kind: str) -> Json:
    """This person's notification of the handoff, once an event of that kind is its newest."""
    return eventually(
        lambda: next((item for item in bell_of(by, handoff) if item["type"] == kind), None), f"{kind} in the bell"
    )


@contextmanager
def refused(status: int, code: str) -> Iterator[Json]:
    """Expect a problem document, which is filled in when the block is left."""
    problem: Json = {}
    with pytest.raises(Refused) as caught:
        yield problem
    problem |= caught.value.problem
    assert (caught.value.status, problem["code"]) == (status, code)
