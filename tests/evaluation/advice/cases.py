"""The cases by which advice is scored: what the model is shown, and what a good senior would make of it."""

import tomllib
from pathlib import Path

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import Evidence, Note, StepResult
from tests.support.builders import a_note, a_snapshot, a_step


class Case(FrozenModel):
    """One case. `cases.toml` says what each field means."""

    name: str
    problem: str
    notes: str
    steps: tuple[tuple[str, StepResult, str, Evidence], ...]
    cause: tuple[str, ...] = ()
    next: str
    again: str
    decides: frozenset[int]
    right: str | None = None
    check: str

    @property
    def has_cause(self) -> bool:
        """Whether the evidence supports a cause at all."""
        return bool(self.cause)

    @property
    def note(self) -> Note:
        """What was written with the hand off."""
        return a_note(len(self.steps) + 1, self.notes)

    def snapshot(self) -> Snapshot:
        """What would have been frozen into the handoff."""
        steps = [
            a_step(seq, action, result=result, finding=finding or None, evidence=known_by)
            for seq, (action, result, finding, known_by) in enumerate(self.steps, 1)
        ]
        return a_snapshot(
            problem_summary=self.problem,
            problem_domain=None,
            psa_ticket_id=None,
            step_count=len(steps),
            steps=tuple(steps),
            messages=(),
        )


def all_cases() -> tuple[Case, ...]:
    """Every case, in the order of the file."""
    document = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
    return tuple(Case.model_validate(case) for case in document["case"])
