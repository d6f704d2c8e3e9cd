"""The parts of the story in which time counts: a case directed to one person, and the demo's cases that wait."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.instants import format_instant, parse_instant
from infra.local.api import Api, Json, Refused
from infra.local.clock import run_clock
from infra.local.demo.case import Case
from infra.local.demo.clock_cases import CLOCK_CASES, OVERDUE
from infra.local.demo.narration import clock_of, tell, wait_for
from infra.local.deployed import DeployedStack

OVERDUE_TIMEOUT_S = 180
"""A minute of the demo's policy, a run of the clock, and a slow machine."""

TOLD = {
    "handoff_created",
    "handoff_directed",
    "handoff_opened",
    "handoff_overdue",
    "handoff_claimed",
    "handoff_waiting",
    "handoff_idle",
    "handoff_returned",
}
"""The events of a case's history that are printed; it also holds its assessment and the notes on its ticket."""

NEXT = {
    "step": "The next step of the ladder is told",
    "sla": "Its people are warned of the deadline that the ticket system has for it",
    "direction": "It opens to all seniors",
    "idle": "Its holder is asked: still on it?",
    "waiting": "Its holder is asked: still on it?",
    "return": "It goes back to the queue, unless its holder says something",
}

SUMMARY = "A new starter's account has no license; Monday is her first day."
REASON = "The customer orders one more license."


def direct_a_case(stack: DeployedStack) -> None:
    """Joe asks for Sam by name; nobody else may take it; Sam waits for the customer, and resolves it."""
    with stack.api("joe") as joe, stack.api("alex") as alex, stack.api("sam") as sam:
        session = joe.post("/sessions", {"problem_summary": SUMMARY, "problem_domain": "Microsoft 365"})
        to_sam = {"intent": "escalate", "engineer_notes": "Sam manages their licenses.", "to": sam.get("/me")["id"]}
        handoff = joe.post(f"/sessions/{session['id']}/handoff", to_sam)
        place = f"/sessions/{session['id']}/handoffs/{handoff['id']}"
        tell(
            "joe", f"escalates to {handoff['to']['name']}, who has it alone until {clock_of(handoff['directed_until'])}"
        )
        try:
            alex.post(f"{place}/claim")
        except Refused as refusal:
            tell("alex", f"presses Start here and is told: {refusal}")
        sam.post(f"{place}/claim")
        tell("sam", "presses Start here and wins")
        until = format_instant(datetime.now(UTC) + timedelta(days=1))
        sam.post(f"{place}/wait", {"until": until, "reason": REASON})
        due = sam.get(place)["due"]
        tell("sam", f"waits until {clock_of(due['at'])}: {REASON} Until then the clock leaves the claim alone")
        epoch = sam.get(f"/sessions/{session['id']}")["epoch"]
        sam.post(f"/sessions/{session['id']}/resolve", {"resolution": "Ordered and assigned.", "epoch": epoch})
        tell("sam", "hears from the customer after all, and resolves it")


def tell_what_waited(stack: DeployedStack) -> None:
    """Tell what has come of the demo's own cases that nobody works on, and what the clock does next."""
    for case in CLOCK_CASES:
        with stack.api(case.by) as api:
            if handoff := _newest_handoff(api, case):
                _tell_case(stack, api, case, handoff)
    tell("later", "`make demo` again tells what came of it; the page shows the same under History of each session")


def _tell_case(stack: DeployedStack, api: Api, case: Case, handoff: Json) -> None:
    place = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}"
    if case is OVERDUE:
        wait_for(lambda: _is_overdue_or_taken(stack, api.get(place)), OVERDUE_TIMEOUT_S, "the overdue escalation")
    tell(f"#{case.ticket}", f"{case.summary} [{handoff['priority']}, {case.client}]")
    for event in api.get(f"{place}/history")["items"]:
        if event["type"] in TOLD:
            tell(clock_of(event["occurred_at"]), event["title"].partition(" · #")[0])
    if due := api.get(place)["due"]:
        tell(clock_of(due["at"]), f"(to come) {NEXT[due['what']]}")


def _newest_handoff(api: Api, case: Case) -> Json | None:
    """Return the handoff of one of the demo's cases, None once somebody has resolved it."""
    for status in ("escalated", "active"):
        for session in api.get(f"/sessions?status={status}&limit=100")["items"]:
            if session["psa_ticket_id"] == case.ticket:
                return dict(api.get(f"/sessions/{session['id']}/handoffs")["items"][0])
    return None


def _is_overdue_or_taken(stack: DeployedStack, handoff: Json) -> bool:
    """Look whether the clock has dealt with it; once it is due, run the clock, as its schedule does within a minute."""
    if handoff["status"] != "unclaimed" or handoff["level"]:
        return True
    if handoff["due"] and parse_instant(handoff["due"]["at"]) <= datetime.now(UTC):
        run_clock(stack)
    return False
