"""The rules that hold for one handoff, once account, client and priority are known, and the times they give."""

from datetime import datetime

from chalicelib.domain.clock.ladder import CoverStep, Rung, Target, minutes_to, rung_after
from chalicelib.domain.clock.working_time import WorkingCalendar, add_working_minutes
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class Cover(FrozenModel):
    """What an account's policy says for a client and a priority. `idle_after_min` None: no idle question."""

    calendar: WorkingCalendar
    ladder: tuple[CoverStep, ...]
    repeat: int
    idle_after_min: int | None
    return_after_min: int | None
    direct_for_min: int

    def after(self, start: datetime, minutes: int) -> datetime | None:
        """Return the instant at which `minutes` of this cover's time have passed since `start`, None for never."""
        return add_working_minutes(self.calendar, start, minutes)

    def rung_at(self, start: datetime, rung: Rung) -> datetime | None:
        """Return when `rung` is due on a ladder that began at `start`, None for never."""
        return self.after(start, minutes_to(self.ladder, rung))

    def next_rung(self, rung: Rung | None) -> Rung | None:
        """Return the place after `rung` on this ladder, None at its top."""
        return rung_after(rung, len(self.ladder), self.repeat)

    def directed_until(self, at: datetime, *, is_away: bool) -> datetime:
        """Return when a direction made at `at` ends: at once to somebody away, and where working time never passes."""
        return at if is_away else self.after(at, self.direct_for_min) or at


class StepPreview(FrozenModel):
    """A step of a ladder at the time it is due, as the settings page shows it. `at` None: it never comes."""

    at: Instant | None
    round: int
    level: int
    tell: tuple[Target, ...]


def preview(cover: Cover, start: datetime) -> tuple[StepPreview, ...]:
    """Return all steps of a handoff that is made at `start` and that nobody takes, in order.

    Raises ValueError for a start outside the years 1970 to 2999.
    """
    steps: list[StepPreview] = []
    rung = cover.next_rung(None)
    while rung is not None:
        step = cover.ladder[rung.level]
        at = cover.rung_at(start, rung)
        tell = tuple(dict.fromkeys((*step.tell, *step.otherwise)))
        steps.append(StepPreview(at=at, round=rung.round, level=rung.level, tell=tell))
        rung = cover.next_rung(rung)
    return tuple(steps)
