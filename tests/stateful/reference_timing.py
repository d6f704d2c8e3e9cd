"""What is due of one handoff and when, by the plain clock that the planner is held to, in minutes of the machine."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.domain.availability import Availability
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from tests.support.builders import START, minute
from tests.unit.domain.clock.plain_clock import PlainClock

MINUTE = timedelta(minutes=1)
MAY_BE_NOBODY = {"on_call", "skilled"}
MOST_ATTEMPTS, ASK_AGAIN_MIN = 5, 5

POLICY = Policy.model_validate(
    {
        "priorities": {
            "urgent": {
                "ladder": [
                    {"after_min": 0, "tell": ["on_call", "skilled"]},
                    {"after_min": 5, "tell": ["seniors"]},
                    {"after_min": 15, "tell": ["admins"]},
                ],
                "repeat": 1,
                "idle_after_min": 30,
                "return_after_min": 15,
            },
            "high": {
                "ladder": [
                    {"after_min": 0, "tell": ["seniors"]},
                    {"after_min": 3, "tell": ["on_call"]},
                    {"after_min": 10, "tell": ["admins", "sender"]},
                ],
                "idle_after_min": 10,
                "return_after_min": 5,
            },
            "normal": {
                "ladder": [
                    {"after_min": 3, "tell": ["seniors"]},
                    {"after_min": 8, "tell": ["seniors"]},
                    {"after_min": 9, "tell": ["admins"]},
                ],
                "repeat": 2,
                "idle_after_min": 5,
                "return_after_min": 5,
            },
            "low": {"ladder": [{"after_min": after, "tell": ["admins"]} for after in (0, 60, 120)]},
        },
        "working_hours": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
        "direct_for_min": 4,
    }
)
"""Open around the clock, as calendars have proofs of their own; ladders of three steps, and a priority without idle."""


def staff_of(people: tuple[Caller, ...], presence: dict[str, Availability], on_call: str) -> Staff:
    """The account's people as they say they are."""
    found = (Colleague(id=one.id, role=one.role, availability=presence.get(one.id, Availability())) for one in people)
    return Staff(people=tuple(found), on_call=(on_call,))


def minutes_since_start(at: datetime) -> int:
    return (at - START) // MINUTE


@dataclass
class Timing:
    """The clock of one handoff; `is_assumed`: its first step was reached unseen. `told` is what it told, in order."""

    clock: PlainClock
    is_clocked: bool
    is_assumed: bool = False
    to: str | None = None
    directed_until: int | None = None
    kept_at: int | None = None
    is_closed: bool = False
    told: list[tuple[object, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, sender: str, priority: str, staff: Staff, *, is_clocked: bool) -> "Timing":
        cover = POLICY.for_client(None, Priority(priority))
        return cls(PlainClock(cover, staff, sender, "", minute(0)), is_clocked)

    @property
    def place(self) -> tuple[int, int] | None:
        """Round and level of the step that was reached."""
        return None if self.clock.reached < 0 else divmod(self.clock.reached, len(self.clock.cover.ladder))

    @property
    def waiting_until(self) -> int | None:
        until = self.clock.waiting_until
        return None if until is None else minutes_since_start(until)

    @property
    def asked_at(self) -> int | None:
        return None if self.clock.asked_at is None else minutes_since_start(self.clock.asked_at)

    def begin(self, at: int, to: str | None = None) -> None:
        """The ladder begins: at once, or when the direction is over."""
        self.clock.begin(minute(at))
        self.is_assumed, self.kept_at = False, None
        self.to, self.directed_until = to, None
        if to:
            is_away = self.clock.staff.is_away(to, minute(at))
            self.directed_until = at if is_away else at + self.clock.cover.direct_for_min
            if not is_away:
                self.clock.directed = (to, minute(self.directed_until))
                return
        self._reach_first_step()

    def _reach_first_step(self) -> None:
        first = self.clock.cover.ladder[0]
        if self.is_clocked and first.after_min == 0:
            self.clock.reached, self.is_assumed = 0, MAY_BE_NOBODY.issuperset(first.tell)

    def claim(self, by: str, at: int) -> None:
        self.clock.holder, self.clock.active_at = by, minute(at)

    def undo(self) -> None:
        self.clock.holder = self.clock.active_at = None

    def see_work(self, at: int) -> None:
        self.clock.active_at = minute(at)

    def keep(self, at: int, until: int | None = None) -> None:
        self.clock.active_at, self.clock.asked_at = minute(at), None
        self.clock.waiting_until = None if until is None else minute(until)
        self.kept_at = at

    def prioritize(self, priority: str) -> None:
        self.clock.cover = POLICY.for_client(None, Priority(priority))

    def run(self, at: int) -> str | None:
        """What a run of the clock does by `at`; return what it did last, None for nothing."""
        if self.is_closed or not self.is_clocked:
            return None
        was_assumed = self.is_assumed and not self.clock.holder
        if was_assumed:
            self.is_assumed, self.clock.reached = False, -1
        done = None
        for what, rung, _ in self.clock.run(minute(at)):
            if was_assumed and rung == (0, 0):
                continue
            done = what
            self._follow(what)
            self.told.append(
                (_EVENTS[what],) if what in ("idle", "waiting") else (_EVENTS[what], *(rung or (None, None)))
            )
        return done

    def _follow(self, what: str) -> None:
        self.forget_direction()
        if what == "return":
            self.kept_at, self.is_assumed = None, False

    def forget_direction(self) -> None:
        """A direction that is over is forgotten with the next thing that the clock does."""
        if self.clock.directed is None:
            self.to = self.directed_until = None

    def next_at(self) -> int | None:
        """When something is due next; None when nothing is."""
        if self.is_closed or not self.is_clocked:
            return None
        clock = self.clock
        if clock.holder:
            return self._claim_due_at()
        if clock.directed:
            return minutes_since_start(clock.directed[1])
        steps = clock.timetable()
        following = clock.reached + 1
        return minutes_since_start(clock.start) + steps[following][0] if following < len(steps) else None

    def _claim_due_at(self) -> int | None:
        clock, cover = self.clock, self.clock.cover
        if clock.waiting_until:
            return self.waiting_until
        if clock.active_at is None or cover.idle_after_min is None or cover.return_after_min is None:
            return None
        if clock.asked_at and clock.asked_at > clock.active_at:
            return minutes_since_start(clock.asked_at) + cover.return_after_min
        return minutes_since_start(clock.active_at) + cover.idle_after_min


_EVENTS = {
    "step": "handoff_overdue",
    "direction": "handoff_opened",
    "return": "handoff_returned",
    "idle": "handoff_idle",
    "waiting": "handoff_idle",
}
