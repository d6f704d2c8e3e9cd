"""The spans of a forecast against a look at every quarter of an hour, near changes of clocks."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from chalicelib.domain.clock.working_time import WorkingCalendar
from chalicelib.domain.readiness.contacts import LOOK_AHEAD
from chalicelib.domain.readiness.forecast import AccountReach, LadderForecast, ReachSpan, forecast
from tests.unit.domain.clock.exploring import explore
from tests.unit.domain.clock.minute_by_minute import MinuteByMinute, WallClock
from tests.unit.domain.readiness.outlooks import QUARTER, accounts
from tests.unit.domain.readiness.plain_outlook import PlainOutlook, Shown

BEFORE = timedelta(days=3)


def shown(span: ReachSpan) -> list[Shown]:
    """A span's steps as the plain look has them; with five people everybody is named."""
    return [
        (
            step.level if step.passed_to is None else step.passed_to,
            {each.id: tuple(kind.value for kind in each.by) for each in step.reached},
            tuple(each.id for each in step.missed),
        )
        for step in span.steps
    ]


def is_open_at(calendar: WorkingCalendar, begin: datetime) -> MinuteByMinute:
    minutes = (LOOK_AHEAD + 2 * BEFORE) // timedelta(minutes=1)
    return MinuteByMinute(calendar, WallClock(calendar.time_zone, begin - BEFORE, minutes))


def check_ladder(found: LadderForecast, plain: PlainOutlook, begin: datetime) -> None:
    cover, priority = found.ladder.cover, found.ladder.priority
    by_minute = is_open_at(cover.calendar, begin)
    spans = list(found.spans)

    for place in range(LOOK_AHEAD // QUARTER):
        at = begin + place * QUARTER
        minute = (at - begin + BEFORE) // timedelta(minutes=1)
        is_open, was_open = (
            cover.calendar.around_the_clock or by_minute.is_open[each] for each in (minute, minute - 1)
        )
        covering = [span for span in spans if span.begins_at <= at < span.ends_at]
        assert len(covering) == 1 if is_open else len(covering) <= was_open, f"{at}"
        for span in covering:
            assert shown(span) == plain.steps(cover, priority, at), f"{at}"


def check(account: AccountReach, begin: datetime) -> None:
    for found in forecast(account, begin, begin + LOOK_AHEAD):
        check_ladder(found, PlainOutlook(account), begin)
        for before, after in pairwise(found.spans):
            assert before.ends_at <= after.begins_at, "no overlap"
            assert before.ends_at < after.begins_at or before.steps != after.steps, "merged where nothing changes"


@pytest.mark.parametrize("examples", [10, pytest.param(300, marks=pytest.mark.prove)])
def test_forecast_is_what_looking_every_quarter_of_an_hour_finds(examples: int) -> None:
    explore(check, accounts(), examples)
