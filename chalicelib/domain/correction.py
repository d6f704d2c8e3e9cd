"""What was corrected of a case after it was handed off: what is true now, beside what the snapshot says."""

from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.turn import Turn


class Corrected(StrEnum):
    """What was corrected: a field of the case, or one of its turns."""

    SUMMARY = "problem_summary"
    DOMAIN = "problem_domain"
    TICKET = "psa_ticket_id"
    TURN = "turn"


class Correction(FrozenModel):
    """One thing as it is since its last correction. `was` and `now` are of a field, `seq` and `turn` of a turn.

    `was` is what was handed over; the turn that was is in the snapshot.
    """

    of: Corrected
    seq: int | None = None
    was: str | None = None
    now: str | None = None
    turn: Turn | None = None
    by: Person
    at: Instant

    @property
    def is_of_field(self) -> bool:
        """Whether it is the case's own words that were corrected, not a turn."""
        return self.of is not Corrected.TURN

    @classmethod
    def of_turn(cls, turn: Turn, *, by: Person, at: Instant) -> "Correction":
        """Return the correction that made `turn` what it is."""
        return cls(of=Corrected.TURN, seq=turn.seq, turn=turn, by=by, at=at)
