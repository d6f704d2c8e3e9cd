"""What an assessment was made of, and what it does not know yet."""

from collections.abc import Iterable

from chalicelib.domain.correction import Correction
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.snapshot import Since, Snapshot
from chalicelib.domain.turn import Turn


class Seen(FrozenModel):
    """How much of a case an assessment knows: turns up to `last_seq`, and corrections made up to `corrected_at`."""

    last_seq: int
    corrected_at: Instant | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, since: Since) -> "Seen":
        """What an assessment knows that is made of the snapshot and what came since."""
        corrected = _times([*since.corrections, *since.turns])
        return cls(
            last_seq=max([snapshot.last_seq, *(turn.seq for turn in since.turns)]),
            corrected_at=max(corrected, default=None),
        )


class Newer(FrozenModel):
    """How many steps, notes and corrections came after an assessment had been made."""

    steps: int
    notes: int
    corrections: int

    @classmethod
    def than(cls, seen: Seen, since: Since, until_epoch: int | None = None) -> "Newer | None":
        """Count what is newer than what was seen; None when nothing is.

        Of the turns those alone that were written before the epoch `until_epoch`. A turn that was struck out counts as
        a correction when the assessment knows it, and as nothing when it does not.
        """

        def is_news(turn: Turn) -> bool:
            is_in_time = until_epoch is None or turn.epoch < until_epoch
            return turn.seq > seen.last_seq and turn.struck is None and is_in_time

        known = [turn for turn in since.turns if turn.seq <= seen.last_seq]
        changes = _times([*since.corrections, *known])
        found = cls(
            steps=sum(map(is_news, since.steps)),
            notes=sum(map(is_news, since.notes)),
            corrections=sum(seen.corrected_at is None or at > seen.corrected_at for at in changes),
        )
        return found if any(dict(found).values()) else None

    @property
    def words(self) -> str:
        """The counts as a sentence says them: `3 newer steps and 1 newer note`."""
        counts = {"step": self.steps, "note": self.notes, "correction": self.corrections}
        told = [f"{count} newer {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count]
        return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))


def _times(changed: Iterable[Correction | Turn]) -> list[Instant]:
    """Return when things were corrected or struck out."""
    return [at for one in changed if (at := _time_of(one)) is not None]


def _time_of(changed: Correction | Turn) -> Instant | None:
    if isinstance(changed, Correction):
        return changed.at
    return changed.struck.at if changed.struck else changed.edited_at
