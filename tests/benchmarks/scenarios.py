"""Sessions and handoffs to measure with, in tables of the benchmark's own."""

from datetime import UTC, datetime

from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest, StepRequest
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.people import Role
from chalicelib.domain.turn import StepOutcome
from tests.concurrency.races.racers import Place
from tests.support.builders import SUMMARY, a_caller

JANE, SAM = a_caller("Jane"), a_caller("Sam", Role.SENIOR)
STEPS = 4
NOTES = "I may not change the firewall in Bristol, and twelve people wait for their files."


def a_worked_session(steps: int = STEPS) -> str:
    """The id of a session of Jane's with so many steps."""
    opening = OpenSessionRequest(problem_summary=SUMMARY, problem_domain="e-mail", psa_ticket_id="4711")
    session = open_session(opening, by=JANE, at=datetime.now(UTC))
    for number in range(steps):
        step = StepRequest(
            kind="step", action=f"Tried remedy {number} of the list", outcome=StepOutcome.FAILED, epoch=1
        )
        add_step(session.id, step, by=JANE, at=datetime.now(UTC))
    return session.id


def an_escalation() -> Place:
    """Where such a session's handoff is."""
    session_id = a_worked_session()
    asked = HandOffRequest(intent=Intent.ESCALATE, engineer_notes=NOTES, priority=Priority.HIGH)
    return Place(session_id, hand_off_session(session_id, asked, by=JANE, at=datetime.now(UTC)).id)
