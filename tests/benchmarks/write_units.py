"""What one escalation, assessed, claimed and resolved, costs in DynamoDB write units, as the emulator counts them.

It counts by AWS's rules: a unit per KB begun, two in a transaction, and what every index takes beside that.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from typing import Any

from chalicelib.actions.assessments.assess_handoff import Assessing, assess_handoff
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store.connection import dynamodb
from chalicelib.store.keys import SNAPSHOT, handoff_key
from tests.benchmarks.request_counter import seen
from tests.benchmarks.table import Row
from tests.support.builders import JANE
from tests.support.dynamodb.write_units import item_bytes
from tests.support.scenarios import actions

CLAIM_UNITS, LIFE_UNITS = 12, 60
"""The budgets; a life may cost two units more for each KB of its snapshot."""

Image = dict[str, Any]


class Life:
    """A handoff that is led from one change to the next, each announced like the stream would have it."""

    def __init__(self, prefix: str, steps: int) -> None:
        self._prefix = prefix
        self.session_id = actions.worked_case(steps).id
        self._handoff: HandoffDetail
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
        return self._item("handoffs", account_id=JANE.account_id, handoff_id=self._handoff.id)

    @property
    def snapshot_bytes(self) -> int:
        """How much the snapshot weighs as it is stored."""
        key = handoff_key(JANE.account_id, self._handoff.id)
        return item_bytes(self._item("handoff_parts", handoff_key=key, part=SNAPSHOT))

    def _item(self, table: str, **key: str) -> Image:
        keys = {name: {"S": value} for name, value in key.items()}
        asked = {"TableName": self._prefix + table, "Key": keys, "ConsistentRead": True}
        image: Image = dynamodb().dispatch("GetItem", asked)["Item"]
        return image

    def hand_off(self) -> None:
        """By Jane."""
        self._handoff = actions.hand_off(self.session_id)

    def assess(self) -> None:
        """By the rehearsal model."""
        outcome = assess_handoff(JANE.account_id, self._handoff.id, deadline_s=30, lease_s=60, clock=_now)
        if outcome is not Assessing.READY:
            raise RuntimeError(f"the assessment is {outcome}")

    def claim(self) -> None:
        """By Sam."""
        actions.claim(self._handoff)

    def resolve(self) -> None:
        """By Sam."""
        actions.resolve(self.session_id, verdict=Verdict.RIGHT)


def rows(prefix: str) -> list[Row]:
    """For a short session and for a long one: the whole life, and the share of each step, against the budgets."""
    return [row for steps in (3, 300) for row in _rows_of(prefix, steps)]


def _rows_of(prefix: str, steps: int) -> list[Row]:
    life = Life(prefix, steps)
    for step in (life.hand_off, life.assess, life.claim, life.resolve):
        life.go(step.__name__.replace("_", " "), step)
    total, kilobytes = sum(life.units.values()), life.snapshot_bytes / 1024
    allowed = LIFE_UNITS + 2 * ceil(kilobytes)
    name = f"write units of an escalation after {steps} steps, a snapshot of {kilobytes:.1f} KB"
    claim = life.units["claim"]
    return [
        Row(name, f"{total:g}", f"{allowed} allowed", total / allowed, 1, at_most=1),
        Row("    claim", f"{claim:g}", f"{CLAIM_UNITS} allowed", claim / CLAIM_UNITS, 1, at_most=1),
        *(
            Row(f"    {step}", f"{units:g}", f"{total:g}", units / total, 1)
            for step, units in life.units.items()
            if step != "claim"
        ),
    ]


def _now() -> datetime:
    return datetime.now(UTC)
