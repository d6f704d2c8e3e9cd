"""What is stored, in the words of the reference, so that the two can be compared; and the tables emptied."""

from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.session import Session
from chalicelib.store.mapping import handoff_in, session_in
from tests.stateful.reference import PlainHandoff, PlainSession
from tests.tables import PREFIX

Facts = dict[str, object]


def empty() -> None:
    """Forget every item of every table."""
    for table in _tables().values():
        table.items.clear()


def sessions() -> list[Session]:
    return sorted(map(session_in, _images("sessions")), key=lambda one: one.id)


def handoffs() -> list[Handoff]:
    return sorted(map(handoff_in, _images("handoffs")), key=lambda one: one.id)


def turns() -> dict[str, list[tuple[int, str, int]]]:
    """Number, author and epoch of every turn, by the session it belongs to."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    for image in _images("turns"):
        _, session_id, *marks = image["session_key"]["S"].split("#")
        if not marks:
            turn = int(image["seq"]["N"]), image["author"]["M"]["id"]["S"], int(image["epoch"]["N"])
            found.setdefault(session_id, []).append(turn)
    return {session_id: sorted(numbered) for session_id, numbered in found.items()}


def held_by_key() -> dict[str, str]:
    """Who holds which session by the sparse key of the index."""
    images = _images("sessions")
    return {image["session_id"]["S"]: image["holder_key"]["S"] for image in images if "holder_key" in image}


def _images(suffix: str) -> list[dict[str, Any]]:
    """Every item of a table, read from moto itself: asked through the client it would take most of the time."""
    return [item.to_json()["Attributes"] for item in _tables()[PREFIX + suffix].all_items()]


def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = dynamodb_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].tables
    return tables


def facts_of_session(session: Session) -> Facts:
    package = session.escalation_package
    return {
        "id": session.id,
        "owner": session.owner.id,
        "holder": session.holder.id if session.holder else None,
        "status": session.status.value,
        "epoch": session.epoch,
        "turns": session.turn_count,
        "steps": session.step_count,
        "open": session.open_handoff_id,
        "package of": package.handoff_id if package else None,
        "package is enriched": package.is_enriched if package else False,
        "resolution": session.resolution,
        "is closed": session.resolved_at is not None,
    }


def facts_by_rules(session: PlainSession) -> Facts:
    return {
        "id": session.id,
        "owner": session.owner,
        "holder": session.holder,
        "status": session.status,
        "epoch": session.epoch,
        "turns": len(session.turns),
        "steps": len(session.turns),
        "open": session.open.id if session.open else None,
        "package of": session.package_of,
        "package is enriched": session.package_is_enriched,
        "resolution": session.resolution,
        "is closed": session.status == "resolved",
    }


def facts_of_handoff(handoff: Handoff) -> Facts:
    return {
        "id": handoff.id,
        "session": handoff.session_id,
        "intent": handoff.intent.value,
        "priority": handoff.priority.value,
        "sender": handoff.sender.id,
        "status": handoff.status.value,
        "claimer": handoff.claimed_by.id if handoff.claimed_by else None,
        "is claimed": handoff.claimed_at is not None,
        "epoch": handoff.claim_epoch,
        "steps": [step.seq for step in handoff.snapshot.steps],
        "advice": handoff.assessment_status.value,
        "has advice": handoff.assessment is not None,
        "has reason": handoff.assessment_error is not None,
        "verdict": handoff.verdict.value if handoff.verdict else None,
    }


def facts_of_handoff_by_rules(handoff: PlainHandoff) -> Facts:
    return {
        "id": handoff.id,
        "session": handoff.session.id,
        "intent": handoff.intent,
        "priority": handoff.priority,
        "sender": handoff.sender,
        "status": handoff.status,
        "claimer": handoff.claimer,
        "is claimed": handoff.claimer is not None,
        "epoch": handoff.epoch,
        "steps": list(range(1, handoff.turns_seen + 1)),
        "advice": handoff.advice,
        "has advice": handoff.advice == "ready",
        "has reason": handoff.advice == "unavailable",
        "verdict": handoff.verdict,
    }
