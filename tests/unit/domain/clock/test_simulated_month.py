"""A month of an account: 200 engineers, 20,000 escalations, the clock every minute, dead for an hour in the middle."""

import heapq
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.clocked import ClockedHandoff, DueAction
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.moments import Moment, What
from chalicelib.domain.clock.plan import climb, next_moment, plan
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.domain.people import Role
from tests.unit.domain.clock.clocked_cases import AWAY, claimed, person, waiting

BEGIN = datetime(2026, 10, 12, tzinfo=UTC)
"""Clocks go back within the month."""

MINUTE = timedelta(minutes=1)
MONTH = 30 * 1440
ENGINEERS = 200
OUTAGE = range(MONTH // 2 + 540, MONTH // 2 + 600)
"""The minutes without a run: an hour in office hours."""

POLICY = Policy.model_validate(
    {
        "holidays": ["2026-11-01"],
        "clients": [
            {"match": {"client": "Acorn"}, "around_the_clock": True, "senior": "senior-1"},
            {"match": {"client": "Birch"}, "working_hours": {"mon": [["06:00", "22:00"]], "sat": [["22:00", "06:00"]]}},
        ],
    }
)


@dataclass
class Case:
    handoff: ClockedHandoff
    cover: Cover
    due_at: datetime | None
    reached: list[tuple[int, int]] = field(default_factory=list)


def _staff(chance: random.Random) -> Staff:
    roles = [Role.ADMIN] * 5 + [Role.SENIOR] * 45 + [Role.ENGINEER] * (ENGINEERS - 50)
    people = (
        person(
            f"{role}-{place}",
            role,
            chance.choice(["network", "mail", "print"]),
            availability=AWAY if chance.random() < 0.2 else None,
        )
        for place, role in enumerate(roles)
    )
    return Staff(people=tuple(people), on_call=("senior-7", "senior-9"))


class Month:
    def __init__(self, escalations: int) -> None:
        self.chance = random.Random(20_261_012)  # noqa: S311 (the same month each time)
        self.staff = _staff(self.chance)
        self.cases: list[Case] = []
        self.agenda: list[tuple[datetime, int]] = []
        self.lateness: Counter[timedelta] = Counter()
        self.done: Counter[What] = Counter()
        clients = (None, ClientKey.of(name="Acorn"), ClientKey.of(name="Birch"))
        self.covers = [POLICY.for_client(client, priority) for client in clients for priority in Priority]
        starts = sorted(self.chance.randrange(MONTH * 60) for _ in range(escalations))
        self.starts = [BEGIN + timedelta(seconds=second) for second in reversed(starts)]

    def run(self) -> None:
        for minute in range(MONTH):
            now = BEGIN + minute * MINUTE
            while self.starts and self.starts[-1] <= now:
                self.hand_off(self.starts.pop())
            if minute not in OUTAGE:
                self.clock(now, was_down=minute == OUTAGE.stop)

    def hand_off(self, at: datetime) -> None:
        cover = self.chance.choice(self.covers)
        handoff, _ = climb(waiting(at, sender_id="engineer-99", domain="mail"), cover, self.staff, at)
        case = Case(handoff, cover, None, [_rung(handoff)] if handoff.rung else [])
        self.cases.append(case)
        self.plan_again(len(self.cases) - 1)

    def clock(self, now: datetime, *, was_down: bool) -> None:
        steps: Counter[int] = Counter()
        while self.agenda and self.agenda[0][0] <= now:
            due_at, number = heapq.heappop(self.agenda)
            if self.cases[number].due_at == due_at:
                for action in self.write(number, now):
                    steps[number] += action.what is What.STEP
                    if not was_down:
                        self.lateness[(now - action.at) // MINUTE * MINUTE] += 1
        assert not steps or max(steps.values()) <= 1, "after an outage too the step that is due is told, and it alone"

    def write(self, number: int, now: datetime) -> tuple[DueAction, ...]:
        case = self.cases[number]
        made = plan(case.handoff, case.cover, self.staff, now)
        assert made.due_at is None or made.due_at > now, "all that is due is done in one run"
        for action in made.due:
            self.done[action.what] += 1
            case.handoff = action.handoff
            if action.what is What.RETURN:
                case.reached = []
            if action.what in (What.STEP, What.RETURN) and case.handoff.rung:
                assert _rung(case.handoff) not in case.reached, "no step is reached twice"
                case.reached.append(_rung(case.handoff))
        self.people_act(case, now)
        self.plan_again(number, made.next if case.handoff is (made.due[-1].handoff if made.due else None) else None)
        return made.due

    def people_act(self, case: Case, now: datetime) -> None:
        """Some claim what they are told of, some work on what they hold, and some do nothing."""
        if case.handoff.status is HandoffStatus.UNCLAIMED and self.chance.random() < 0.7:
            case.handoff = claimed(case.handoff, "senior-11", now)
        elif case.handoff.holding and self.chance.random() < 0.85:
            status = HandoffStatus.RESOLVED if self.chance.random() < 0.7 else HandoffStatus.CLAIMED
            working = case.handoff.holding.model_copy(update={"active_at": now})
            case.handoff = case.handoff.model_copy(update={"status": status, "holding": working})

    def plan_again(self, number: int, known: Moment | None = None) -> None:
        case = self.cases[number]
        moment = known or next_moment(case.handoff, case.cover)
        case.due_at = moment.at if moment else None
        if moment:
            heapq.heappush(self.agenda, (moment.at, number))


def _rung(handoff: ClockedHandoff) -> tuple[int, int]:
    assert handoff.rung is not None
    return handoff.rung.round, handoff.rung.level


@pytest.mark.parametrize("escalations", [1_000, pytest.param(20_000, marks=pytest.mark.prove)])
def test_month_leaves_nothing_unattended_and_no_run_late(escalations: int) -> None:
    month = Month(escalations)

    month.run()

    end = BEGIN + (MONTH - 1) * MINUTE
    assert len(month.cases) > escalations - 10
    assert month.lateness.keys() == {timedelta(0)}, "each thing is done in the first run after its time"
    assert month.done[What.STEP] > escalations
    assert month.done[What.RETURN] > escalations / 20
    for case in month.cases:
        moment = next_moment(case.handoff, case.cover)
        assert moment is None or moment.at > end
        if case.handoff.status is HandoffStatus.UNCLAIMED and moment is None:
            assert case.cover.next_rung(case.handoff.rung) is None, "it stays at its top, having told every step"
