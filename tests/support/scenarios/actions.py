"""Scenarios driven by the actions: each call does what a person, or the stream, does; every argument has a default."""

import itertools
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chalicelib.actions.assessments.assess_handoff import Assessing, assess_change
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.undo_claim import undo_claim
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.actions.notifications.announce_change import Image
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest, ResolveRequest, StepRequest
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Intent, Priority, Receipt
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import StepResult, Turn
from chalicelib.store import handoffs, sessions
from tests.support.builders import ACME, AMPLE_S, JANE, SAM, START, SUMMARY, minute


class Place(NamedTuple):
    """Where a handoff is."""

    session_id: str
    handoff_id: str


FIXED = "Autodiscover pointed at the old server."


def keyed(number: int = 1, body: str = "a") -> KeyedRequest:
    """A request with an `Idempotency-Key`."""
    return KeyedRequest(id=UUID(int=number << 64, version=5), sha256=body * 64)


def open_case(
    by: Caller = JANE,
    request: KeyedRequest | None = None,
    summary: str = SUMMARY,
    ticket_id: str | None = "4711",
    problem_domain: str | None = None,
    at: datetime = START,
) -> Session:
    body = OpenSessionRequest(problem_summary=summary, psa_ticket_id=ticket_id, problem_domain=problem_domain)
    return open_session(body, by=by, at=at, request=request)


def try_step(
    session_id: str,
    action: str = "Restarted Outlook",
    by: Caller = JANE,
    epoch: int = 1,
    request: KeyedRequest | None = None,
    at_minute: int = 2,
) -> Turn:
    body = StepRequest(kind="step", action=action, result=StepResult.NO_EFFECT, epoch=epoch)
    return add_step(session_id, body, by=by, at=minute(at_minute), request=request)


def hand_off(
    session_id: str,
    by: Caller = JANE,
    request: KeyedRequest | None = None,
    epoch: int | None = None,
    at_minute: int = 10,
    **asked: object,
) -> HandoffDetail:
    given = {"intent": Intent.ESCALATE, "engineer_notes": "Out of ideas.", "priority": Priority.HIGH, "epoch": epoch}
    body = HandOffRequest.model_validate(given | asked)
    return hand_off_session(session_id, body, by=by, at=minute(at_minute), request=request)


def worked_case(steps: int = 4) -> Session:
    """A case of Jane's with that many steps."""
    session = open_case(problem_domain="e-mail")
    for number in range(steps):
        try_step(session.id, f"Tried remedy {number} of the list")
    return session


def escalated(**asked: object) -> HandoffDetail:
    """A case of Jane's with one step, handed off."""
    session = open_case()
    try_step(session.id)
    return hand_off(session.id, **asked)  # type: ignore[arg-type]  # fields of the request


def worked_escalation(steps: int = 4) -> HandoffDetail:
    """A case of Jane's with that many steps, handed off."""
    return hand_off(worked_case(steps).id, engineer_notes="I may not change the firewall in Bristol.")


def place_of(handoff: HandoffDetail) -> Place:
    return Place(handoff.session_id, handoff.id)


def claim(handoff: HandoffDetail, by: Caller = SAM, at_minute: int = 20, epoch: int | None = None) -> Receipt:
    return claim_handoff(handoff.session_id, handoff.id, by=by, at=minute(at_minute), epoch=epoch)


def release(
    handoff: HandoffDetail, by: Caller = SAM, note: str = "Needs the network team.", at_minute: int = 25
) -> Receipt:
    return release_handoff(handoff.session_id, handoff.id, note, by=by, at=minute(at_minute))


def undo(
    handoff: HandoffDetail,
    by: Caller = SAM,
    after_s: float = 5,
    epoch: int | None = None,
    since_minute: int = 20,
    step_s: float = 0,
) -> Receipt:
    """Undo the claim so many seconds after it; each look at the clock takes `step_s`."""
    times = (minute(since_minute) + timedelta(seconds=after_s + step_s * count) for count in itertools.count())
    return undo_claim(handoff.session_id, handoff.id, by=by, clock=lambda: next(times), epoch=epoch)


def withdraw(handoff: HandoffDetail, by: Caller = JANE) -> Receipt:
    return withdraw_handoff(handoff.session_id, handoff.id, by=by, at=minute(15))


def resolve(
    session_id: str, by: Caller = SAM, epoch: int = 3, verdict: Verdict | None = None, resolution: str = FIXED
) -> Session:
    body = ResolveRequest(resolution=resolution, assessment_verdict=verdict, epoch=epoch)
    return resolve_session(session_id, body, by=by, at=minute(40))


def session_of(handoff: HandoffDetail) -> Session:
    """The handoff's session as it stands."""
    return sessions.load(ACME, handoff.session_id)


def now(handoff: HandoffDetail) -> HandoffDetail:
    """The handoff as it stands."""
    return handoffs.load_detail(ACME, handoff.session_id, handoff.id)


def stream() -> list[tuple[Image | None, Image]]:
    """The old and new image of every change to the table `handoffs`, in order."""
    from tests.support.tables import PREFIX, moto_tables  # lazy: races and benchmarks run without moto

    table = moto_tables()[f"{PREFIX}handoffs"]
    changes = [record.record["dynamodb"] for record in table.stream_shard.items]
    return [(change.get("OldImage"), change["NewImage"]) for change in changes]


def assess(image: tuple[Image | None, Image], at_minute: int = 11, lease_s: float = 120) -> Assessing:
    """Run what the stream calls for a change."""
    old, new = image
    return assess_change(old, new, deadline_s=AMPLE_S, lease_s=lease_s, clock=lambda: minute(at_minute))
