"""The planner against plain rules, through any sequence of claims, work, silence, outages and changes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.clocked import ClockedHandoff, Direction, DueAction
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import CoverStep
from chalicelib.domain.clock.moments import What
from chalicelib.domain.clock.plan import climb, look_s, next_moment, plan
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.weekly_hours import WeeklyHours
from chalicelib.domain.clock.working_time import WorkingCalendar
from chalicelib.domain.handoff import HandoffStatus
from tests.unit.domain.clock.calendars import office
from tests.unit.domain.clock.clocked_cases import claimed, everybody, waiting
from tests.unit.domain.clock.exploring import explore
from tests.unit.domain.clock.plain_clock import Notified, PlainClock

MINUTE = timedelta(minutes=1)
STARTS = [datetime.fromisoformat(text) for text in ("2026-10-23T15:50:00+00:00", "2026-10-25T00:10:20+00:00")]
"""A Friday ten minutes before closing, and the night in which clocks go back."""

CALENDARS = [
    office(),
    office(around_the_clock=True),
    office(holidays=("2026-10-26",)),
    WorkingCalendar(
        time_zone="Europe/Brussels",
        hours=WeeklyHours(**{day: (("17:52", "18:03"), ("23:50", "02:30")) for day in ("fri", "sat", "sun", "mon")}),
    ),
    WorkingCalendar(time_zone="Europe/Brussels", hours=WeeklyHours()),
]
TARGETS = st.sampled_from(
    ["on_call", "skilled", "seniors", "admins", "sender", "person:max", "person:joe", "person:gone"]
)
STEPS = st.builds(
    lambda times, tells: tuple(
        CoverStep(after_min=after, tell=tuple(tell)) for after, tell in zip(sorted(times), tells, strict=False)
    ),
    st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True),
    st.lists(st.lists(TARGETS, min_size=1, max_size=3, unique=True), min_size=4, max_size=4),
)
IDLE = st.sampled_from([(None, None), (3, 2), (30, 15)])
COVERS = st.builds(
    lambda calendar, ladder, repeat, idle: Cover(
        calendar=calendar,
        ladder=ladder,
        repeat=repeat,
        idle_after_min=idle[0],
        return_after_min=idle[1],
        direct_for_min=10,
    ),
    st.sampled_from(CALENDARS),
    STEPS,
    st.integers(0, 2),
    IDLE,
)
PEOPLE = st.sampled_from(["sam", "ada", "max", "eve"])
LATER = st.integers(1, 200).map(lambda quarters: quarters * timedelta(seconds=15))
OPERATIONS = st.one_of(
    st.just(("next", None)),
    st.just(("next", None)),
    st.just(("next", None)),
    st.tuples(st.just("pass"), LATER),
    st.tuples(st.just("outage"), st.integers(1, 5000).map(lambda minutes: minutes * MINUTE)),
    st.tuples(st.just("claim"), PEOPLE),
    st.tuples(st.just("undone claim"), PEOPLE),
    st.just(("work", None)),
    st.tuples(st.just("wait"), LATER),
    st.just(("release", None)),
    st.tuples(st.just("direct"), PEOPLE),
    st.tuples(st.just("sla"), st.integers(-60, 300).map(lambda minutes: minutes * MINUTE)),
    st.tuples(st.just("presence"), st.tuples(PEOPLE, st.sampled_from(Presence), st.none() | LATER)),
    st.sampled_from([("work", None)] * 9 + [("resolve", None)]),
)


@dataclass
class Account:
    """One handoff as the store would keep it, read by the clock only once its due time has come, beside plain rules."""

    cover: Cover
    staff: Staff
    now: datetime
    handoff: ClockedHandoff = field(init=False)
    plain: PlainClock = field(init=False)
    due_at: datetime | None = None
    rungs: list[tuple[int, int]] = field(default_factory=list)
    reached_at: datetime | None = None
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.plain = PlainClock(self.cover, self.staff, "joe", "network", self.now)
        self.handoff, tell = climb(waiting(self.now), self.cover, self.staff, self.now)
        assert (_rung(self.handoff), tell) == (self.plain.climb(self.now) or (None, ()))
        self.see_rung()
        self.plan_again()

    def plan_again(self) -> None:
        moment = next_moment(self.handoff, self.cover)
        self.due_at = moment.at if moment else None

    def see_rung(self) -> None:
        """No step is reached twice, and none after a higher one, as long as the ladder has not started again."""
        if self.reached_at != self.handoff.ladder_start:
            self.rungs, self.reached_at = [], self.handoff.ladder_start
        rung = _rung(self.handoff)
        if rung and rung not in self.rungs[-1:]:
            assert all(rung > earlier for earlier in self.rungs)
            self.seen["passed"] += rung[1] > 0 and not self.rungs
            self.rungs.append(rung)

    def run(self) -> list[DueAction]:
        """The minute's run: reads the handoff only if it is due, and writes what was planned."""
        due: tuple[DueAction, ...] = ()
        if self.due_at is not None and self.due_at <= self.now:
            made = plan(self.handoff, self.cover, self.staff, self.now)
            due, self.due_at = made.due, made.due_at
            self.handoff = due[-1].handoff if due else self.handoff
            assert self.due_at is None or self.due_at > self.now
            self.see_rung()
        assert sorted(map(_notified, due), key=str) == sorted(map(_seen, self.plain.run(self.now)), key=str)
        self.seen.update(action.what.name for action in due)
        return list(due)

    def do(self, name: str, detail: Any) -> None:
        getattr(self, "do_" + name.replace(" ", "_"))(detail)

    def do_next(self, _: None) -> None:
        """Nothing is due until the next moment, and something is then."""
        planned = next_moment(self.handoff, self.cover)
        if planned is None or planned.at <= self.now:
            return
        assert self.due_at is not None
        assert self.due_at <= planned.at
        self.now = max(planned.at - timedelta(milliseconds=1), self.now)
        assert not self.run()
        self.now = planned.at
        assert self.run()

    def do_pass(self, time: timedelta) -> None:
        """Time with the clock running: every run is made at the first minute after the due time."""
        end = self.now + time
        while self.now < end:
            due = self.due_at if self.due_at is not None and self.due_at > self.now else end
            self.now = min(max(due, self.now + MINUTE), end)
            self.run()

    def do_outage(self, time: timedelta) -> None:
        self.now += time
        due = self.run()
        assert len([action for action in due if action.what is What.STEP]) <= 1

    def do_claim(self, who: str) -> None:
        if self.handoff.status is HandoffStatus.UNCLAIMED:
            self.due_at = self.now + timedelta(seconds=look_s(self.handoff, self.cover))
            self.handoff = claimed(self.handoff, who, self.now)
            planned = next_moment(self.handoff, self.cover)
            assert planned is None or self.due_at <= max(planned.at, self.now)
            self.plain.holder, self.plain.active_at = who, self.now
            self.plain.asked_at = self.plain.waiting_until = None

    def do_undone_claim(self, who: str) -> None:
        if self.handoff.status is HandoffStatus.UNCLAIMED:
            held = claimed(self.handoff, who, self.now)
            self.now += timedelta(seconds=9)
            self.handoff = held.model_copy(update={"status": HandoffStatus.UNCLAIMED, "holding": None})
            self.plan_again()
            self.run()

    def do_work(self, _: None) -> None:
        if self.handoff.status is HandoffStatus.CLAIMED and self.handoff.holding:
            holding = self.handoff.holding.model_copy(update={"active_at": self.now})
            self.handoff = self.handoff.model_copy(update={"holding": holding})
            self.plain.active_at = self.now

    def do_wait(self, time: timedelta) -> None:
        if self.handoff.status is HandoffStatus.CLAIMED and self.handoff.holding:
            update = {"active_at": self.now, "waiting_until": self.now + time}
            holding = self.handoff.holding.model_copy(update=update)
            self.handoff = self.handoff.model_copy(update={"holding": holding})
            self.plain.active_at, self.plain.waiting_until = self.now, self.now + time
            self.plan_again()

    def do_release(self, _: None) -> None:
        if self.handoff.status is HandoffStatus.CLAIMED and self.handoff.holding:
            self._restart(None)

    def do_direct(self, who: str) -> None:
        """A reassignment: put back, and offered to one person only."""
        if self.handoff.status is HandoffStatus.CLAIMED and self.handoff.holding:
            until = self.cover.directed_until(self.now, is_away=self.staff.is_away(who, self.now))
            self._restart(Direction(to=who, until=until))

    def _restart(self, direction: Direction | None) -> None:
        fresh = waiting(self.now, direction=direction, sla_due_at=self.handoff.sla_due_at)
        fresh = fresh.model_copy(update={"sla_warning": self.handoff.sla_warning})
        self.plain.begin(self.now)
        self.plain.directed = (direction.to, direction.until) if direction else None
        self.handoff, tell = (fresh, ()) if direction else climb(fresh, self.cover, self.staff, self.now)
        if direction is None:
            assert (_rung(self.handoff), tell) == (self.plain.climb(self.now) or (None, ()))
        self.reached_at = None
        self.see_rung()
        self.plan_again()

    def do_sla(self, time: timedelta) -> None:
        if self.handoff.is_open:
            self.handoff = self.handoff.model_copy(update={"sla_due_at": self.now + time})
            self.plain.sla = self.now + time
            self.plan_again()

    def do_presence(self, detail: tuple[str, Presence, timedelta | None]) -> None:
        who, presence, time = detail
        stays = Availability(presence=presence, until=self.now + time if time else None)
        people = [
            each.model_copy(update={"availability": stays}) if each.id == who else each for each in self.staff.people
        ]
        self.staff = self.plain.staff = Staff(people=tuple(people), on_call=self.staff.on_call)

    def do_resolve(self, _: None) -> None:
        self.handoff = self.handoff.model_copy(update={"status": HandoffStatus.RESOLVED})
        self.plain.is_closed = True
        self.plan_again()
        assert self.due_at is None


def _rung(handoff: ClockedHandoff) -> tuple[int, int] | None:
    return (handoff.rung.round, handoff.rung.level) if handoff.rung else None


def _notified(action: DueAction) -> Notified:
    """An action as the plain rules put it; whom an SLA warning tells has a test of its own."""
    if action.what is What.SLA:
        return "sla", None, ()
    is_ladder = action.what in (What.STEP, What.DIRECTION, What.RETURN)
    return action.what.value, _rung(action.handoff) if is_ladder else None, action.tell


def _seen(notified: Notified) -> Notified:
    what, rung, tell = notified
    return what, rung, tuple(tell)


HISTORIES = st.tuples(COVERS, st.sets(PEOPLE), st.sampled_from(STARTS), st.lists(OPERATIONS, min_size=12, max_size=40))


@pytest.mark.parametrize("examples", [250, pytest.param(10_000, marks=pytest.mark.prove)])
def test_planner_does_what_the_plain_rules_do(examples: int) -> None:
    seen: Counter[str] = Counter()

    def live(cover: Cover, away: set[str], start: datetime, operations: list[tuple[str, Any]]) -> None:
        account = Account(cover, everybody(*away), start)
        for name, detail in operations:
            account.do(name, detail)
            account.run()
        seen.update(account.seen)

    explore(live, HISTORIES, examples)

    assert min(seen[what] for what in (*(What.__members__), "passed") if what != "ASSESSMENT") > examples / 25, seen
