"""What one escalation, assessed, claimed and resolved, costs in DynamoDB write units, as the emulator counts them.

It counts by AWS's rules: a unit per KB begun, two in a transaction, and what every index takes beside that.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chalicelib.actions.assessments.assess_handoff import Assessing, assess_handoff
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.requests import HandOffRequest, ResolveRequest
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.store.connection import dynamodb
from tests.benchmarks.request_counter import item_bytes, seen
from tests.benchmarks.scenarios import JANE, NOTES, SAM, a_worked_session
from tests.benchmarks.table import Row

CLAIMED_AT_EPOCH = 3

Image = dict[str, Any]


class Life:
    """A handoff that is led from one change to the next, each announced like the stream would have it."""

    def __init__(self, table: str) -> None:
        self._table = table
        self.session_id = a_worked_session()
        self.handoff_id = ""
        self.image: Image | None = None
        self.units: dict[str, float] = {}

    def go(self, step: str, act: Callable[[], object]) -> None:
        """Take a step; its units, and those of announcing it, are added to the account."""
        with seen() as changed:
            act()
        before, self.image = self.image, self._look()
        with seen() as announced:
            announce_change(before, self.image)
        self.units[step] = changed.write_units
        self.units["feeds"] = self.units.get("feeds", 0) + announced.write_units

    def _look(self) -> Image:
        key = {"account_id": {"S": JANE.account_id}, "handoff_id": {"S": self.handoff_id}}
        image: Image = dynamodb().dispatch("GetItem", {"TableName": self._table, "Key": key, "ConsistentRead": True})[
            "Item"
        ]
        return image

    def hand_off(self) -> None:
        """By Jane."""
        asked = HandOffRequest(intent=Intent.ESCALATE, engineer_notes=NOTES, priority=Priority.HIGH)
        self.handoff_id = hand_off_session(self.session_id, asked, by=JANE, at=_now()).id

    def assess(self) -> None:
        """By the rehearsal model."""
        outcome = assess_handoff(JANE.account_id, self.handoff_id, deadline_s=30, lease_s=60, clock=_now)
        if outcome is not Assessing.READY:
            raise RuntimeError(f"the assessment is {outcome}")

    def claim(self) -> None:
        """By Sam."""
        claim_handoff(self.session_id, self.handoff_id, by=SAM, at=_now())

    def resolve(self) -> None:
        """By Sam."""
        asked = ResolveRequest(
            resolution="The laptop was off by an hour.", assessment_verdict=Verdict.RIGHT, epoch=CLAIMED_AT_EPOCH
        )
        resolve_session(self.session_id, asked, by=SAM, at=_now())


def rows(table: str) -> list[Row]:
    """The whole, and the share of each step."""
    life = Life(table)
    for step in (life.hand_off, life.assess, life.claim, life.resolve):
        life.go(step.__name__.replace("_", " "), step)
    total = sum(life.units.values())
    kilobytes = item_bytes(life.image or {}) / 1024
    whole = Row(f"write units of an escalation, {kilobytes:.1f} KB in the end", f"{total:g}", f"{total:g}", 1, 1)
    return [
        whole,
        *(Row(f"    {step}", f"{units:g}", f"{total:g}", units / total, 1) for step, units in life.units.items()),
    ]


def _now() -> datetime:
    return datetime.now(UTC)
