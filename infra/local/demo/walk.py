"""`make demo`: the whole story over HTTP, with real tokens, on the stack that runs."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from threading import Barrier

import httpx2

from chalicelib.domain.titles import ticket_mark
from infra.local.api import Api, Json, Refused
from infra.local.demo.arrivals import PUSH, SLACK, TEAMS, Arrivals, tell_deliveries
from infra.local.demo.cases import DEMO_CASE
from infra.local.demo.narration import begin, tell, wait_for
from infra.local.demo.passing_time import direct_a_case, tell_what_waited
from infra.local.demo.psa_link import SYSTEM
from infra.local.deployed import DeployedStack
from infra.local.people import BY_HANDLE

ASSESSMENT_TIMEOUT_S = 120
BELL_TIMEOUT_S = 30
NOTES_TIMEOUT_S = 60
RACERS = ("sam", "alex")


def walk(stack: DeployedStack, psa_url: str) -> None:
    """Play the story once; each run is a new session. Raises Refused where the story should have gone on."""
    notes_before = len(_notes(psa_url))
    with ExitStack() as clients:
        apis = {handle: clients.enter_context(stack.api(handle)) for handle in ("jane", *RACERS)}
        begin("A ticket is worked, and handed off")
        session = _work_the_ticket(apis["jane"])
        arrivals = Arrivals(stack, session)
        handoff = _hand_off(apis["jane"], session)
        _show_assessment(apis["sam"], handoff)
        begin("The seniors hear of it, on the page and away from it")
        _show_bell_and_queue(apis["sam"], handoff)
        arrivals.tell_until({*map(_email_of, RACERS), PUSH, SLACK, TEAMS}, what="what tells of the escalation")
        arrivals.show_push()
        begin("Both press Start here; exactly one wins, and carries on in the same session")
        winner = _race(apis, handoff)
        _carry_on(apis, winner, session)
        _resolve(apis[winner], session)
        _show_bell_of_originator(apis["jane"], handoff)
        begin("Meanwhile: asking for one person, and waiting for a customer")
        direct_a_case(stack)
        begin("What became of the demo's cases that nobody works on (times in UTC, by a policy of minutes)")
        tell_what_waited(stack)
        begin("The claim is told once it can no longer be taken back: on the ticket, and to those who had heard of it")
        _show_notes(psa_url, notes_before)
        arrivals.tell_until({_email_of("jane"), PUSH, SLACK, TEAMS}, what="what tells of the claim")
        tell_deliveries(apis["jane"], handoff)


def _work_the_ticket(jane: Api) -> Json:
    opening = {
        "problem_summary": DEMO_CASE.summary,
        "problem_domain": DEMO_CASE.domain,
        "psa_ticket_id": DEMO_CASE.ticket,
    }
    session = jane.post("/sessions", opening)
    tell("jane", f"opens session {session['id']} for ticket {ticket_mark(session['psa_ticket_id'])}")
    said = {"text": "Since the line was swapped on Friday. Ping and web pages work, copies over 50 MB hang."}
    answer = jane.post(f"/sessions/{session['id']}/messages", said | {"epoch": session["epoch"]})
    tell("jane", f"asks the assistant: {said['text']}")
    tell("assistant", answer["reply"]["text"] if answer["reply"] else f"reply {answer['reply_status']}")
    for action, result, finding in (
        ("Copied the same file over a phone hotspot and the remote access VPN", "narrowed", "runs through"),
        ("Restarted the firewall in Bristol", "no_effect", "copies still hang at 50 MB"),
        ("Checked both gateways for firmware updates", "unclear", None),
    ):
        step = {"kind": "step", "action": action, "result": result, "finding": finding, "evidence": "observed"}
        jane.post(f"/sessions/{session['id']}/turns", step | {"epoch": session["epoch"]})
        tell("jane", f"notes a step: {action} -> {result}")
    return session


def _hand_off(jane: Api, session: Json) -> Json:
    notes = "Twelve drawing offices wait for their files. I may not change the firewall in Bristol."
    body = {"intent": "escalate", "priority": "urgent", "engineer_notes": notes, "epoch": session["epoch"]}
    started = time.monotonic()
    handoff = jane.post(f"/sessions/{session['id']}/handoff", body)
    took_ms = (time.monotonic() - started) * 1000
    tell(
        "jane", f"hands the session off ({handoff['priority']}); answered in {took_ms:.0f} ms, before any AI was asked"
    )
    return handoff


def _show_assessment(senior: Api, handoff: Json) -> None:
    place = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}"
    ready = wait_for(lambda: _settled(senior.get(place)), ASSESSMENT_TIMEOUT_S, "the assessment")
    if ready["assessment_status"] == "unavailable":
        tell("AI", f"assessment unavailable: {ready['assessment_error']}")
        return
    advice = ready["ai_assessment_data"]
    cause = "inconclusive" if advice["inconclusive"] else advice["likely_cause"]
    tell("AI", f"assessment by {advice['model']}, confidence {advice['confidence']}: {cause}")
    for suggestion in advice["suggested_steps"]:
        tried = " (already tried)" if suggestion["already_tried"] else ""
        tell("AI", f"suggests: {suggestion['text']}{tried}")


def _settled(handoff: Json) -> Json | None:
    return handoff if handoff["assessment_status"] != "pending" else None


def _show_bell_and_queue(sam: Api, handoff: Json) -> None:
    escalation = (
        "handoff_created",
        "handoff_overdue",
    )  # the newest of its events; a short ladder may overtake the first
    item = wait_for(partial(_bell_item, sam, handoff, escalation), BELL_TIMEOUT_S, "sam's bell")
    tell("sam", f"bell: {item['title']}")
    for place, item in enumerate(sam.get("/escalations")["items"], start=1):
        mark = "  <- this one" if item["handoff_id"] == handoff["id"] else ""
        tell("queue", f"{place}. {queue_line(item)}{mark}")


def queue_line(item: Json) -> str:
    """Return an item of the queue as one line; a case without a ticket has no number."""
    ticket = ticket_mark(item["psa_ticket_id"])
    return (
        f"[{item['priority']}] {ticket} from {item['from']['name']}"
        if ticket
        else f"[{item['priority']}] from {item['from']['name']}"
    )


def _race(apis: dict[str, Api], handoff: Json) -> str:
    claim = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}/claim"
    start = Barrier(len(RACERS))

    def press(handle: str) -> Json | Refused:
        start.wait()
        try:
            return apis[handle].post(claim)
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(RACERS)) as pool:
        answers = dict(zip(RACERS, pool.map(press, RACERS), strict=True))
    for handle, answer in answers.items():
        if isinstance(answer, Refused):
            tell(handle, f"presses Start here and is told: {answer}")
        else:
            winner, receipt = handle, answer
            tell(handle, f"presses Start here and wins: {_receipt(receipt)}")
    again = apis[winner].post(claim)
    same = "the same receipt" if again == receipt else "ANOTHER RECEIPT"
    tell(winner, f"repeats the claim and gets {same}: {_receipt(again)}")
    return winner


def _receipt(receipt: Json) -> str:
    return f"{receipt['status']} by {receipt['claimed_by']['name']} at {receipt['claimed_at']}"


def _carry_on(apis: dict[str, Api], winner: str, session: Json) -> None:
    place = f"/sessions/{session['id']}"
    step = {"kind": "step", "result": "fixed", "finding": "a 2 GB copy runs through", "evidence": "observed"}
    step["action"] = "Clamped the MSS on the Bristol gateway to 1360"
    now = apis[winner].get(place)
    try:
        apis["jane"].post(f"{place}/turns", step | {"epoch": session["epoch"]})
    except Refused as refusal:
        tell("jane", f"still has the old page open and tries to write: {refusal}")
    apis[winner].post(f"{place}/turns", step | {"epoch": now["epoch"]})
    tell(winner, f"carries on in the same session (epoch {session['epoch']} -> {now['epoch']}): {step['action']}")


def _resolve(api: Api, session: Json) -> None:
    place = f"/sessions/{session['id']}"
    body = {
        "resolution": "The new line has a smaller MTU; clamped the MSS on the tunnel.",
        "assessment_verdict": "partly",
    }
    resolved = api.post(f"{place}/resolve", body | {"epoch": api.get(place)["epoch"]})
    tell("session", f"is {resolved['status']}: {resolved['resolution']}")


def _show_bell_of_originator(jane: Api, handoff: Json) -> None:
    item = wait_for(partial(_bell_item, jane, handoff, ("handoff_resolved",)), BELL_TIMEOUT_S, "jane's bell")
    tell("jane", f"bell: {item['title']} ({item['type']})")


def _bell_item(api: Api, handoff: Json, newest: tuple[str, ...]) -> Json | None:
    """Return the handoff's one notification once its newest event is of these types."""
    items = api.get("/notifications")["items"]
    return next((item for item in items if item["handoff_id"] == handoff["id"] and item["type"] in newest), None)


def _email_of(handle: str) -> str:
    return BY_HANDLE[handle].email


def _show_notes(psa_url: str, before: int) -> None:
    told = wait_for(lambda: _three_more(_notes(psa_url), before), NOTES_TIMEOUT_S, "the notes on the PSA ticket")
    for note in told["notes"]:
        seen = "internal note" if note["is_internal"] else "CUSTOMER-VISIBLE NOTE"
        tell("PSA ticket", f"#{DEMO_CASE.ticket} has a new {seen}: {note['title']}")


def _three_more(notes: list[Json], before: int) -> Json | None:
    return {"notes": notes[before:]} if len(notes) >= before + 3 else None


def _notes(psa_url: str) -> list[Json]:
    tickets = httpx2.get(f"{psa_url}/tickets").json()[SYSTEM]
    return [note for ticket in tickets if ticket["number"] == DEMO_CASE.ticket for note in ticket["notes"]]
