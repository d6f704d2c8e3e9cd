"""Ticket notes in all three PSAs at once, while the PSAs lose answers, limit the rate or are down, and while the
processes that write the notes are killed.
"""

from dataclasses import dataclass
from functools import partial

import pytest

from chalicelib.actions.ticket_notes.mark_notes_failed import ATTEMPTS_EXHAUSTED
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import SYSTEMS
from tests.support.scenarios.http import a_handoff, a_session, claimed, place_of, read_again
from tests.support.stack.process_kills import end_turn_of, kill_processes_of
from tests.support.stack.psa_control import Sandbox, integration_row, of_all, shown_id
from tests.support.stack.queues import hiding_for, parking_after, without_delay
from tests.support.waiting import eventually

pytestmark = pytest.mark.usefixtures("links")

RATE_LIMIT = PsaFault(kind="429", only_notes=True, retry_after_s=8)
HIDDEN_S = 10
"""How long a message is hidden that a killed process had received, where it is twelve minutes else."""

SAMS_OWNER_ID = 14
WORDS = ("Nobody in the Bristol office", "Picked up by Sam Rivera", "The route was missing.")
"""Of the three notes, in their order."""

Each = dict[str, Json]


@dataclass(frozen=True)
class Story:
    """What was seen, of each system."""

    unheard: Each
    written: Each
    turned_away: Each
    rate_limited_until: dict[str, str]
    followed: Each
    claimed: Each
    down: Each
    resolved: Each
    tickets: Each


@dataclass(frozen=True)
class Death:
    """What was seen of notes that the PSA accepted from processes which were killed before they heard of it."""

    killed: int
    accepted: Each
    left: Each
    written: Each
    tickets: Each


@dataclass(frozen=True)
class LastDeath:
    """What was seen of such notes when the processes were killed in the last try of their messages."""

    left: Each
    given_up: Each
    written: Each
    tickets: Each


@dataclass(frozen=True)
class Failure:
    """What was seen of a note that was refused for good, and of asking for it again."""

    failed: Each
    events: dict[str, list[str]]
    sent: Each
    tickets: Each


@pytest.fixture(scope="module")
def story(jane: Api, sam: Api, sandbox: Sandbox, stack: DeployedStack) -> Story:
    sam.get("/me")  # the owner of a ticket has to be in the directory
    tickets, sessions = a_case_each(jane, sandbox)
    with sandbox.showing(PsaFault(kind="drop_after_accept", only_notes=True)):
        handoffs = {system: a_handoff(jane, sessions[system]) for system in SYSTEMS}
        unheard = troubled(jane, handoffs)
    written = sent(jane, handoffs)
    with without_delay(stack, "psa-claims"), sandbox.showing(RATE_LIMIT):
        for handoff in handoffs.values():
            claimed(sam, handoff)
        turned_away = troubled(sam, handoffs)
    for system in SYSTEMS:  # whose webhooks another function works, in processes of its own
        sandbox.change(system, tickets[system], status="In Progress")
    rate_limited_until = {system: str(integration_row(stack, system)["rate_limited_until"]) for system in SYSTEMS}
    followed = of_all(lambda system: followed_up(sam, handoffs[system]), "the facts of the ticket")
    picked_up = sent(sam, handoffs)
    with sandbox.showing(PsaFault(kind="503")):
        for handoff in handoffs.values():
            session = sam.get(f"/sessions/{handoff['session_id']}")
            body = {"resolution": "The route was missing.", "epoch": session["epoch"]}
            sam.post(f"/sessions/{session['id']}/resolve", body)
        down = troubled(sam, handoffs)
    resolved = sent(sam, handoffs)
    shown = {system: sandbox.ticket(system, tickets[system]) for system in SYSTEMS}
    return Story(unheard, written, turned_away, rate_limited_until, followed, picked_up, down, resolved, shown)


@pytest.fixture(scope="module")
def death(jane: Api, sandbox: Sandbox, stack: DeployedStack) -> Death:
    tickets, sessions = a_case_each(jane, sandbox)
    with hiding_for(stack, "psa-pushes", HIDDEN_S):
        handoffs, killed = killed_once_accepted(jane, sandbox, stack, tickets, sessions)
        accepted = {system: sandbox.ticket(system, tickets[system]) for system in SYSTEMS}
        left = {system: read_again(jane, handoffs[system]) for system in SYSTEMS}
        for handoff in handoffs.values():
            end_turn_of(stack, handoff["id"])
        written = sent(jane, handoffs)
    return Death(
        killed, accepted, left, written, {system: sandbox.ticket(system, tickets[system]) for system in SYSTEMS}
    )


@pytest.fixture(scope="module")
def last_death(jane: Api, sandbox: Sandbox, stack: DeployedStack) -> LastDeath:
    tickets, sessions = a_case_each(jane, sandbox)
    with hiding_for(stack, "psa-pushes", HIDDEN_S), parking_after(stack, "psa-pushes", 1):
        handoffs, _ = killed_once_accepted(jane, sandbox, stack, tickets, sessions)
        left = {system: read_again(jane, handoffs[system]) for system in SYSTEMS}
        for handoff in handoffs.values():
            end_turn_of(stack, handoff["id"])
        given_up = having(jane, handoffs, "failed")
    for handoff in handoffs.values():
        jane.post(f"{place_of(handoff)}/ticket-notes/retry")
    written = sent(jane, handoffs)
    return LastDeath(left, given_up, written, {system: sandbox.ticket(system, tickets[system]) for system in SYSTEMS})


def killed_once_accepted(
    by: Api, sandbox: Sandbox, stack: DeployedStack, tickets: Each, sessions: Each
) -> tuple[Each, int]:
    """Hand off each session, and kill what tells the tickets of it once the notes are there; how many it were."""
    handoffs: Each = {}
    with sandbox.showing(PsaFault(kind="slow_after_accept", only_notes=True)):
        for system in SYSTEMS:  # after each other, so that each has a process of its own
            handoffs[system] = a_handoff(by, sessions[system])
            eventually(partial(written, sandbox, system, tickets[system]), f"a note in {system}")
        return handoffs, kill_processes_of(stack, "push-to-psa")


def written(sandbox: Sandbox, system: str, ticket: Json) -> list[Json] | None:
    return sandbox.notes(system, ticket) or None


@pytest.fixture(scope="module")
def failure(jane: Api, sandbox: Sandbox) -> Failure:
    tickets, sessions = a_case_each(jane, sandbox)
    with sandbox.showing(PsaFault(kind="403", only_notes=True)):
        handoffs = {system: a_handoff(jane, sessions[system]) for system in SYSTEMS}
        failed = having(jane, handoffs, "failed")
    for handoff in handoffs.values():
        jane.post(f"{place_of(handoff)}/ticket-notes/retry")
    again = sent(jane, handoffs)
    feed = jane.get("/feed?limit=100")["items"]
    events = {
        system: [event["type"] for event in feed if event["handoff_id"] == handoffs[system]["id"]] for system in SYSTEMS
    }
    return Failure(failed, events, again, {system: sandbox.ticket(system, tickets[system]) for system in SYSTEMS})


def followed_up(by: Api, handoff: Json) -> Json | None:
    """The facts of the ticket, once they are those after the change."""
    facts: Json | None = by.get(f"/sessions/{handoff['session_id']}")["ticket"]
    return facts if facts and facts["status"] == "In Progress" else None


def a_case_each(by: Api, sandbox: Sandbox) -> tuple[Each, Each]:
    tickets = {system: sandbox.open_ticket(system, "Nobody can print") for system in SYSTEMS}
    sessions = {
        system: a_session(by, psa_ticket_id=shown_id(system, ticket), integration_id=system)
        for system, ticket in tickets.items()
    }
    return tickets, sessions


def troubled(by: Api, handoffs: Each) -> Each:
    """Each handoff once it says what keeps a note back."""

    def look(system: str) -> Json | None:
        found = read_again(by, handoffs[system])
        return found if found["ticket_notes"]["error"] else None

    return of_all(look, "what keeps the note back")


def having(by: Api, handoffs: Each, status: str) -> Each:
    def look(system: str) -> Json | None:
        found = read_again(by, handoffs[system])
        return found if found["ticket_notes"]["status"] == status else None

    return of_all(look, f"a note that is {status}")


def sent(by: Api, handoffs: Each) -> Each:
    return having(by, handoffs, "sent")


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_event_writes_one_internal_note(story: Story, system: str) -> None:
    notes = story.tickets[system]["notes"]

    assert [next(word for word in WORDS if word in note["title"] + note["text"]) for note in notes] == list(WORDS)
    assert [note["is_internal"] for note in notes] == [True] * 3


@pytest.mark.parametrize("system", SYSTEMS)
def test_note_with_a_lost_answer_is_not_written_twice(story: Story, system: str) -> None:
    pushed = story.written[system]["ticket_notes"]

    assert story.unheard[system]["ticket_notes"]["status"] == "pending"
    assert pushed["note_id"] == str(story.tickets[system]["notes"][0]["id"])
    assert pushed["attempts"] > 1


@pytest.mark.parametrize("system", SYSTEMS)
def test_note_of_a_killed_process_is_not_written_twice(death: Death, system: str) -> None:
    pushed = death.written[system]["ticket_notes"]

    assert death.killed >= len(SYSTEMS)
    assert (death.left[system]["ticket_notes"]["status"], death.left[system]["ticket_notes"]["note_id"]) == (
        "pending",
        None,
    )
    assert death.tickets[system]["notes"] == death.accepted[system]["notes"]
    assert [note["is_internal"] for note in death.tickets[system]["notes"]] == [True]
    assert (pushed["note_id"], pushed["attempts"]) == (str(death.tickets[system]["notes"][0]["id"]), 2)


@pytest.mark.parametrize("system", SYSTEMS)
def test_note_of_a_process_killed_in_the_last_try_is_failed_and_found_by_a_retry(
    last_death: LastDeath, system: str
) -> None:
    steps = (last_death.left, last_death.given_up, last_death.written)

    assert [step[system]["ticket_notes"]["status"] for step in steps] == ["pending", "failed", "sent"]
    assert last_death.given_up[system]["ticket_notes"]["error"] == ATTEMPTS_EXHAUSTED
    assert len(last_death.tickets[system]["notes"]) == 1


@pytest.mark.parametrize("system", SYSTEMS)
def test_rate_limited_psa_gets_its_note_later(story: Story, system: str) -> None:
    assert story.turned_away[system]["ticket_notes"]["status"] == "pending"
    assert story.tickets[system]["notes"][1]["created_at"] >= story.rate_limited_until[system]
    assert story.claimed[system]["ticket_notes"]["error"] is None


@pytest.mark.parametrize("system", SYSTEMS)
def test_rate_limit_met_by_one_function_holds_for_another(story: Story, system: str) -> None:
    assert story.followed[system]["read_at"] >= story.rate_limited_until[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_psa_that_was_down_gets_its_note_when_it_is_back(story: Story, system: str) -> None:
    assert (story.down[system]["status"], story.down[system]["ticket_notes"]["status"]) == ("resolved", "pending")
    assert "503" in story.down[system]["ticket_notes"]["error"]
    assert story.resolved[system]["ticket_notes"]["status"] == "sent"


@pytest.mark.parametrize("system", SYSTEMS)
def test_ticket_gets_the_mapped_owner_and_status(story: Story, system: str) -> None:
    ticket = story.tickets[system]

    assert (str(ticket["owner_id"]), ticket["status"]) == (str(SAMS_OWNER_ID), "Closed")


@pytest.mark.parametrize("system", SYSTEMS)
def test_refused_note_is_shown_on_the_handoff_and_as_an_event(failure: Failure, system: str) -> None:
    assert "403" in failure.failed[system]["ticket_notes"]["error"]
    assert "ticket_note_failed" in failure.events[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_retried_note_is_written_once(failure: Failure, system: str) -> None:
    assert failure.sent[system]["ticket_notes"]["error"] is None
    assert [note["is_internal"] for note in failure.tickets[system]["notes"]] == [True]
