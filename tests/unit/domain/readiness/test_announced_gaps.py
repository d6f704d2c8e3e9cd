"""A month of an account: each step that reached nobody was announced a day ahead, or comes of a change made later.

Whom a step of a high or urgent case reaches, quiet hours and all, is whom the forecast of the day before named.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.plan import climb
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.clock.staff_at import staff_of
from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Role
from chalicelib.domain.readiness.contacts import Reachable
from chalicelib.domain.readiness.forecast import AccountReach, LadderForecast, forecast
from chalicelib.domain.readiness.step_reach import StepReach
from tests.unit.domain.clock.clocked_cases import waiting
from tests.unit.domain.readiness.outlooks import KINDS, contact, saved
from tests.unit.domain.readiness.plain_outlook import PlainOutlook, is_quiet

BEGIN = datetime(2026, 10, 12, 6, tzinfo=UTC)
"""Clocks go back within the month."""

DAY, DAYS = timedelta(days=1), 30
WARN_AHEAD = 2 * DAY
ESCALATIONS = 1_000
NIGHTS = Rota(
    time_zone="Europe/Brussels",
    people=("ada", "ben", "sam"),
    handover=Handover(weekday=None, time="18:00"),
    starts_on=date(2026, 10, 1),
)
POLICY = Policy.model_validate(
    {
        "priorities": {
            "urgent": {
                "around_the_clock": True,
                "ladder": [{"after_min": 0, "tell": ["on_call"]}, {"after_min": 15, "tell": ["admins"]}],
                "repeat": 1,
            }
        }
    }
)
NIGHT = {"time_zone": "Europe/Brussels", "begins": "17:00", "ends": "09:00"}
LUNCH = {"time_zone": "Europe/London", "begins": "11:30", "ends": "13:15"}


class Month:
    """The account as it is at a time, what was announced of it on each morning, and what came of each step."""

    def __init__(self, *, with_changes: bool) -> None:
        self.chance = random.Random(20_261_012)  # noqa: S311 (the same month each time)
        self.people = {each.id: each for each in self._people()}
        self.with_changes = with_changes
        self.changes = 0
        self.announced: list[tuple[dict[str, LadderForecast], int]] = []
        self.steps, self.gaps, self.changed_later, self.quiet = 0, 0, 0, 0

    def run(self) -> None:
        starts = sorted(BEGIN + timedelta(seconds=self.chance.randrange(DAYS * 86_400)) for _ in range(ESCALATIONS))
        for day in range(DAYS):
            morning = BEGIN + day * DAY
            found = forecast(self.account, morning, morning + WARN_AHEAD)
            self.announced.append(({each.ladder.priority.value: each for each in found}, self.changes))
            for start in (each for each in starts if morning <= each < morning + DAY):
                self.escalate(start, until=morning + DAY)
            if self.with_changes and day % 3 == 2:
                self.change(morning + DAY)

    @property
    def account(self) -> AccountReach:
        people = tuple(self.people.values())
        return AccountReach(policy=POLICY, contacts=people, rotas=(saved(NIGHTS),), kinds=KINDS)

    def escalate(self, start: datetime, until: datetime) -> None:
        """Tell the steps that are due before the next morning; nobody takes the case."""
        priority = self.chance.choice(list(Priority))
        cover, handoff = POLICY.for_client(None, priority), waiting(start, sender_id="joe", domain="mail")
        while (rung := cover.next_rung(handoff.rung)) and (at := cover.rung_at(start, rung)) and at < until:
            staff = staff_of([each.person.engineer for each in self.people.values()], [saved(NIGHTS)], at)
            handoff, tell = climb(handoff, cover, staff, at)
            is_new = at == start and handoff.rung is not None and handoff.rung.level == 0
            sort = "escalations" if is_new else "ladder"
            outlook = PlainOutlook(self.account)
            self.steps += 1
            reached = {each for each in tell if outlook._ways(self.people[each], sort, priority, at)}
            if not reached:
                self.check_announced(priority, rung.level, at)
            if priority in (Priority.HIGH, Priority.URGENT):
                self.check_named(priority, rung.level, at, reached)

    def check_announced(self, priority: Priority, level: int, at: datetime) -> None:
        if at < BEGIN + DAY:
            return  # nothing was announced before the month began
        self.gaps += 1
        step, is_as_it_was = self.step_announced(priority, level, at)
        if step and step.reached_count == 0:
            return
        assert not is_as_it_was, f"{priority} step {level} at {at} reached nobody and was not announced"
        self.changed_later += 1

    def check_named(self, priority: Priority, level: int, at: datetime, reached: set[str]) -> None:
        """Require that the forecast named `reached`; of less urgent cases a step may come as either sort of event."""
        step, is_as_it_was = self.step_announced(priority, level, at) if at >= BEGIN + DAY else (None, False)
        if step and is_as_it_was:
            assert {each.id for each in step.reached} == reached, f"{priority} step {level} at {at}"
            self.quiet += self.is_quiet(at)

    def step_announced(self, priority: Priority, level: int, at: datetime) -> tuple[StepReach | None, bool]:
        """Return what was said of a step on the morning of the day before, and whether nothing has changed since."""
        found, changes = self.announced[(at - BEGIN) // DAY - 1]
        spans = [each for each in found[priority.value].spans if each.begins_at <= at < each.ends_at]
        return spans[0].steps[level] if len(spans) == 1 else None, changes == self.changes

    def is_quiet(self, at: datetime) -> bool:
        quiet = (each.person.settings.quiet for each in self.people.values())
        return any(each and is_quiet(each, at) for each in quiet)

    def change(self, at: datetime) -> None:
        """Somebody goes away, loses their devices, or is reached again."""
        name = self.chance.choice(list(self.people))
        one = self.people[name]
        engineer = one.person.engineer
        away = Availability(presence=Presence.AWAY, until=at + 5 * DAY)
        gone = engineer.model_copy(update={"availability": away})
        reached = {**one.person.reached, email_place(engineer.email): at}
        choices: list[dict[str, object]] = [{"engineer": gone}, {"reached": {}}, {"reached": reached}]
        update = self.chance.choice(choices)
        person = one.person.model_copy(update=update)
        self.people[name] = Reachable(person=person, devices=Devices() if "engineer" in update else one.devices)
        self.changes += 1

    def _people(self) -> Iterator[Reachable]:
        yield contact("joe", Role.ENGINEER)
        yield contact("eve", Role.ADMIN, reached={email_place("eve@acme.example"): BEGIN - 12 * DAY}, quiet=NIGHT)
        yield contact("ada", reached={email_place("ada@acme.example"): BEGIN - 20 * DAY}, quiet=LUNCH)
        yield contact("ben", devices=("phone",), reached={"phone": BEGIN - 5 * DAY}, quiet=NIGHT)
        yield contact("sam", reached={email_place("sam@acme.example"): BEGIN - 25 * DAY})


def test_each_step_that_reached_nobody_was_announced_a_day_ahead() -> None:
    month = Month(with_changes=False)

    month.run()

    assert month.steps > ESCALATIONS
    assert month.gaps > 100
    assert month.quiet > 100
    assert month.changed_later == 0


def test_what_was_not_announced_comes_of_a_change_made_later_and_is_counted() -> None:
    month = Month(with_changes=True)

    month.run()

    assert month.gaps > 100
    assert 0 < month.changed_later < month.gaps
