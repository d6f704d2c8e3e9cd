"""Handoffs to race for, and the people who race in this process."""

from collections.abc import Callable
from datetime import UTC, datetime

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest
from chalicelib.domain.handoff import Intent, Receipt
from chalicelib.domain.people import Role
from tests.concurrency.races.racers import HttpRacer, InProcessRacer, Place
from tests.support.builders import SUMMARY, a_caller

JANE = InProcessRacer(a_caller("Jane", Role.SENIOR))
"""Who hands off: a senior herself, so that it is not her role that keeps her from claiming."""


def seniors(count: int, way_to_claim: Callable[..., Receipt] = claim_handoff) -> list[InProcessRacer]:
    """That many seniors of Jane's account."""
    return [InProcessRacer(a_caller(f"Senior-{number}", Role.SENIOR), way_to_claim) for number in range(count)]


def escalated_by(originator: InProcessRacer) -> Place:
    """A session that the originator opened and handed off, in this process."""
    now = datetime.now(UTC)
    session = open_session(OpenSessionRequest(problem_summary=SUMMARY), by=originator.caller, at=now)
    handoff = hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=originator.caller, at=now)
    return Place(session.id, handoff.id)


def escalated_over_http_by(originator: HttpRacer) -> Place:
    """The same over HTTP."""
    session = originator.client.post("/sessions", json={"problem_summary": SUMMARY}).raise_for_status().json()
    path = f"/sessions/{session['id']}/handoff"
    handoff = originator.client.post(path, json={"intent": "escalate"}).raise_for_status().json()
    return Place(session["id"], handoff["id"])
