"""Handoffs, covers and people for tests of the planner."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.clocked import ClockedHandoff, Holding, Plan
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import Rung
from chalicelib.domain.clock.plan import plan
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.people import Role

FRIDAY = datetime(2026, 12, 4, 16, 55, tzinfo=UTC)
"""17:55 in Brussels, five minutes before closing."""

TUESDAY = datetime(2026, 12, 1, 10, tzinfo=UTC)
AWAY = Availability(presence=Presence.AWAY)


def person(name: str, role: Role = Role.SENIOR, *skills: str, availability: Availability | None = None) -> Colleague:
    return Colleague(id=name, role=role, skills=skills, availability=availability or Availability())


def everybody(*away: str) -> Staff:
    """Sam is on call, Ada knows networks, Max is a senior like them, Eve an admin; Joe sends the case."""
    roles = {"joe": Role.ENGINEER, "sam": Role.SENIOR, "ada": Role.SENIOR, "max": Role.SENIOR, "eve": Role.ADMIN}
    people = tuple(
        person(name, role, *(["network"] if name == "ada" else []), availability=AWAY if name in away else None)
        for name, role in roles.items()
    )
    return Staff(people=people, on_call=("sam",))


def waiting(start: datetime = TUESDAY, **changes: Any) -> ClockedHandoff:
    """An escalation of Joe's that waits since `start`."""
    facts: dict[str, Any] = {
        "status": HandoffStatus.UNCLAIMED,
        "intent": Intent.ESCALATE,
        "sender_id": "joe",
        "domain": "network",
        "ladder_start": start,
    }
    return ClockedHandoff(**{**facts, **changes})


def claimed(handoff: ClockedHandoff, by: str, at: datetime, **holding: Any) -> ClockedHandoff:
    """What a claim makes of the handoff."""
    update = {"status": HandoffStatus.CLAIMED, "holding": Holding(holder_id=by, active_at=at, **holding)}
    return handoff.model_copy(update=update)


def cover(priority: Priority = Priority.HIGH, **account: Any) -> Cover:
    return Policy.model_validate(account).for_client(None, priority)


def cover_of(steps: Sequence[tuple[int, Sequence[str]]], **rules: Any) -> Cover:
    """The cover of an account whose normal priority has these steps, in the office hours of Brussels."""
    ladder = [{"after_min": after, "tell": list(tell)} for after, tell in steps]
    return cover(Priority.NORMAL, priorities={"normal": {"ladder": ladder, **rules}})


HIGH = cover()
FIRST = Rung(level=0, round=0)


def planned(handoff: ClockedHandoff, now: datetime, rules: Cover = HIGH, staff: Staff | None = None) -> Plan:
    return plan(handoff, rules, staff or everybody(), now)


def said(made: Plan) -> list[tuple[str, int | None, tuple[str, ...]]]:
    """What was due, the level that the handoff then stands at, and who is told."""
    return [(act.what.value, act.handoff.rung.level if act.handoff.rung else None, act.tell) for act in made.due]
