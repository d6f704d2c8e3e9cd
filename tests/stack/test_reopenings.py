"""Reopening in all three ticket systems: of a session here, which the ticket is told of, and of a ticket there."""

from dataclasses import dataclass

import pytest

from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from infra.local.psa_sandbox.ticket_store import CLOSED, SYSTEMS, label_of
from tests.support.scenarios.http import a_handoff, a_session, claimed, place_of
from tests.support.stack.psa_control import Sandbox, of_all, shown_id, worked_off
from tests.support.waiting import eventually

pytestmark = pytest.mark.usefixtures("links")

JANES_OWNER_ID = 12
WITHIN_S = 180
"""How long the first notes may take, whose functions start cold."""

Each = dict[str, Json]


@dataclass(frozen=True)
class Story:
    """What was seen, of each system."""

    reopened: Each
    handoffs: Each
    closed_again: Each
    reopened_there: Each
    told: dict[str, list[Json]]
    bells: dict[str, list[list[str]]]
    opened: int


@pytest.fixture(scope="module")
def story(jane: Api, sam: Api, sandbox: Sandbox, stack: DeployedStack) -> Story:
    for person in (jane, sam):
        person.get("/me")  # the owner of a ticket has to be in the directory
    tickets = {system: sandbox.open_ticket(system, "The scanner is gone again") for system in SYSTEMS}
    sessions = {system: a_case(jane, system, tickets[system]) for system in SYSTEMS}
    handoffs = {system: a_handoff(jane, session) for system, session in sessions.items()}
    for handoff in handoffs.values():
        claimed(sam, handoff)
        ended(sam, handoff["session_id"])
    ticket_is(sandbox, tickets, "Closed", "the end of the ticket")
    for session in sessions.values():
        again = {"reason": "The scanner is gone again.", "epoch": jane.get(f"/sessions/{session['id']}")["epoch"]}
        jane.post(f"/sessions/{session['id']}/reopen", again)
    reopened = ticket_is(sandbox, tickets, "In Progress", "the reopening of the ticket")
    signed = {system: jane.get(place_of(handoff)) for system, handoff in handoffs.items()}
    for session in sessions.values():
        ended(jane, session["id"])
    closed_again = ticket_is(sandbox, tickets, "Closed", "the second end of the ticket")
    of_all(lambda system: known_closed(jane, system, sessions[system]), "the closing seen here", WITHIN_S)
    before = lines_of(jane)
    for system in SYSTEMS:
        for _ in range(2):
            assert sandbox.change(system, tickets[system], status="New", owner_id=JANES_OWNER_ID)["status"] == 202
        sandbox.tell_again(system, tickets[system])
    there = of_all(lambda system: told_reopened(jane, sessions[system]), "the reopening seen here", WITHIN_S)
    worked_off(stack)
    turns = {system: jane.get(f"/sessions/{session['id']}/turns")["items"] for system, session in sessions.items()}
    told = {
        system: [turn for turn in found if turn.get("about") == "ticket_reopened"] for system, found in turns.items()
    }
    bells = {
        system: [bell(by, sessions[system], rings) for by, rings in ((jane, "ticket"), (sam, "session"))]
        for system in SYSTEMS
    }
    return Story(reopened, signed, closed_again, there, told, bells, lines_of(jane) - before)


def test_ticket_of_a_session_that_was_never_handed_off_is_told_of_its_reopening_and_its_end(
    jane: Api, sandbox: Sandbox
) -> None:
    jane.get("/me")  # the owner of a ticket has to be in the directory
    ticket = sandbox.open_ticket("halopsa", "The label printer is gone again")
    session = a_case(jane, "halopsa", ticket)
    ended(jane, session["id"])

    jane.post(f"/sessions/{session['id']}/reopen", {"reason": "The printer is gone again.", "epoch": session["epoch"]})

    def seen(name: str, value: object) -> Json:
        look = lambda: told if (told := sandbox.ticket("halopsa", ticket))[name] == value else None  # noqa: E731
        return eventually(look, f"{value} as {name} of the ticket", WITHIN_S)

    found = seen("owner_id", JANES_OWNER_ID)
    assert found["status"] == "In Progress"
    [note] = found["notes"]
    assert "Reopened by Jane" in note["text"]
    assert "The printer is gone again." in note["text"]
    ended(jane, session["id"])
    closed = seen("status", "Closed")
    assert "Resolved by Jane" in closed["notes"][-1]["text"]
    is_sent = lambda: jane.get(f"/sessions/{session['id']}")["ticket_notes"]["status"] == "sent" or None  # noqa: E731
    eventually(is_sent, "the state of the notes on the session", WITHIN_S)


def a_case(by: Api, system: str, ticket: Json) -> Json:
    return a_session(by, psa_ticket_id=shown_id(system, ticket), integration_id=system)


def ended(by: Api, session_id: str) -> None:
    epoch = by.get(f"/sessions/{session_id}")["epoch"]
    by.post(f"/sessions/{session_id}/resolve", {"resolution": "A new cable.", "epoch": epoch})


def ticket_is(sandbox: Sandbox, tickets: Each, status: str, what: str) -> Each:
    def look(system: str) -> Json | None:
        ticket = sandbox.ticket(system, tickets[system])
        return ticket if ticket["status"] == status else None

    return of_all(look, what, WITHIN_S)


def known_closed(by: Api, system: str, session: Json) -> Json | None:
    found = by.get(f"/sessions/{session['id']}")
    return found if found["ticket"] and found["ticket"]["status"] == label_of(system, CLOSED) else None


def told_reopened(by: Api, session: Json) -> Json | None:
    found = by.get(f"/sessions/{session['id']}")
    return found if found["ticket_reopened_at"] else None


def bell(by: Api, session: Json, what: str) -> list[str]:
    """What is newest in the notifications of the session, once that something was reopened is among it."""

    def look() -> list[str] | None:
        items = by.get("/notifications?limit=100")["items"]
        about = [item["type"] for item in items if item["session_id"] == session["id"] and item["handoff_id"] is None]
        return about if f"{what}_reopened" in about else None

    return eventually(look, f"the notification of the reopened {what}")


def lines_of(by: Api) -> int:
    return len(by.get("/sessions?limit=100")["items"])


@pytest.mark.parametrize("system", SYSTEMS)
def test_ticket_of_a_reopened_session_gets_a_note_with_the_reason(story: Story, system: str) -> None:
    note = story.reopened[system]["notes"][-1]["text"]

    assert "Reopened by Jane" in note
    assert "The scanner is gone again." in note


@pytest.mark.parametrize("system", SYSTEMS)
def test_handoff_says_that_its_session_was_reopened(story: Story, system: str) -> None:
    handoff = story.handoffs[system]

    assert (handoff["status"], handoff["reopened_by"]["name"]) == ("resolved", "Jane Cooper")
    assert handoff["reopened_at"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_session_resolved_again_closes_its_ticket_again(story: Story, system: str) -> None:
    assert ["Resolved by" in note["text"] for note in story.closed_again[system]["notes"]][-1]


@pytest.mark.parametrize("system", SYSTEMS)
def test_ticket_reopened_there_is_told_once_in_a_session_that_stays_resolved(story: Story, system: str) -> None:
    assert story.reopened_there[system]["status"] == "resolved"
    assert len(story.told[system]) == 1


@pytest.mark.parametrize("system", SYSTEMS)
def test_owner_is_notified_of_the_reopened_ticket_and_its_former_holder_of_the_session(
    story: Story, system: str
) -> None:
    assert story.bells[system] == [["ticket_reopened"], ["session_reopened"]]


def test_reopened_tickets_open_no_other_sessions(story: Story) -> None:
    assert story.opened == 0
