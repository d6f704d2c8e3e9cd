"""The frozen picture of a session inside a handoff."""

from collections.abc import Iterable

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Message, Step

SNAPSHOT_BYTES = 64 * 1024
"""The most that a snapshot may weigh, as UTF-8 JSON: a DynamoDB item ends at 400 KB."""


class Snapshot(FrozenModel):
    """What a session looked like when it was handed off. `omitted` counts the turns left out, oldest first."""

    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    step_count: int
    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    omitted: int
    taken_at: Instant

    @property
    def step_seqs(self) -> frozenset[int]:
        """The `seq` numbers that evidence may point at."""
        return frozenset(step.seq for step in self.steps)


def take_snapshot(session: Session, newest_turns: Iterable[Message | Step], *, at: Instant) -> Snapshot:
    """Freeze `session` with as many of its turns, given newest first, as fit into 64 KB.

    The turns kept have no gap: the first that does not fit ends it, and no turn after that one is asked for.
    """
    frame = Snapshot(
        problem_summary=session.problem_summary,
        problem_domain=session.problem_domain,
        psa_ticket_id=session.psa_ticket_id,
        step_count=session.step_count,
        steps=(),
        messages=(),
        omitted=session.turn_count,
        taken_at=at,
    )
    kept = _fitting(newest_turns, SNAPSHOT_BYTES - _weight(frame))
    return frame.model_copy(
        update={
            "steps": tuple(turn for turn in kept if isinstance(turn, Step)),
            "messages": tuple(turn for turn in kept if isinstance(turn, Message)),
            "omitted": session.turn_count - len(kept),
        }
    )


def _fitting(newest_turns: Iterable[Message | Step], room: int) -> list[Message | Step]:
    """Return the newest turns that together weigh at most `room` bytes, oldest first."""
    kept: list[Message | Step] = []
    for turn in newest_turns:
        room -= _weight(turn) + len(",")
        if room < 0:
            break
        kept.append(turn)
    return kept[::-1]


def _weight(value: FrozenModel) -> int:
    return len(value.model_dump_json().encode())
