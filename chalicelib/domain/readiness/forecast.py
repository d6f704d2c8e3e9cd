"""Who would be reached how over a span of days: for each ladder the spans of time in which nothing changes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import CoverStep
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import shifts
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.staff_at import colleagues, people_on_call
from chalicelib.domain.clock.weekly_hours import minute_of_day
from chalicelib.domain.clock.working_time import working_spans
from chalicelib.domain.clock.zones import clock_changes, instants_of, zone_named
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.notification_settings import QuietHours
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.readiness.contacts import Reachable
from chalicelib.domain.readiness.ladders import LadderOf, ladders_of
from chalicelib.domain.readiness.step_reach import GroupReach, Sorts, StepReach, group_reach, steps_at

CLOCK_LATENESS = timedelta(minutes=1)
"""A step that is due at the last instant of working time is told within this time after it."""

_DAY = timedelta(days=1)


class AccountReach(FrozenModel):
    """What decides who of an account is reached how. `kinds`: the kinds of message that the stack sends to people."""

    policy: Policy
    contacts: tuple[Reachable, ...]
    rotas: tuple[SavedRota, ...]
    kinds: tuple[DeliveryKind, ...]


class ReachSpan(FrozenModel):
    """A span, [begins_at, ends_at), in which each step of a ladder reaches the same people by the same means."""

    begins_at: Instant
    ends_at: Instant
    steps: tuple[StepReach, ...]


class LadderForecast(FrozenModel):
    """A ladder, and its spans in order. Between them the ladder stands still, as it is outside working time."""

    ladder: LadderOf
    spans: tuple[ReachSpan, ...]


def forecast(account: AccountReach, begin: datetime, end: datetime) -> tuple[LadderForecast, ...]:
    """Return what comes of each ladder of the account in [begin, end)."""
    outlook = _Outlook(account, begin, end)
    return tuple(
        LadderForecast(ladder=ladder, spans=tuple(outlook.spans_of(ladder))) for ladder in ladders_of(account.policy)
    )


class _Outlook:
    """An account between two instants; what the ladders have in common is found once."""

    def __init__(self, account: AccountReach, begin: datetime, end: datetime) -> None:
        self._account, self._begin, self._end = account, begin, end
        self._colleagues = colleagues(each.person.engineer for each in account.contacts)
        self._contacts = {each.id: each for each in account.contacts}
        self._cuts = sorted({begin, end, *(at for at in self._changes() if begin < at < end)})
        self._staff: dict[tuple[str, ...], Staff] = {}
        self._groups: dict[tuple[tuple[str, ...], Sorts, Priority, datetime], GroupReach] = {}
        self._known: dict[tuple[tuple[CoverStep, ...], Priority, bool, datetime], tuple[StepReach, ...]] = {}

    def spans_of(self, ladder: LadderOf) -> Iterator[ReachSpan]:
        """Yield the spans of `ladder`."""
        last: ReachSpan | None = None
        for begins_at, ends_at, is_closing in self._pieces(ladder.cover):
            steps = self._steps(ladder, begins_at)
            if last and last.ends_at == begins_at and last.steps == steps:
                last = last if is_closing else last.model_copy(update={"ends_at": ends_at})
                continue
            if last:
                yield last
            last = ReachSpan(begins_at=begins_at, ends_at=ends_at, steps=steps)
        if last:
            yield last

    def _pieces(self, cover: Cover) -> Iterator[tuple[datetime, datetime, bool]]:
        """Yield the pieces of working time in which nothing changes, and for each closing time the minute after it."""
        for opening, closing in working_spans(cover.calendar, self._begin, self._end):
            edges = [opening, *(at for at in self._cuts if opening < at < closing), closing]
            yield from ((begins_at, ends_at, False) for begins_at, ends_at in pairwise(edges))
            if closing < self._end:
                yield closing, closing + CLOCK_LATENESS, True

    def _steps(self, ladder: LadderOf, at: datetime) -> tuple[StepReach, ...]:
        cover, cut = ladder.cover, max(cut for cut in self._cuts if cut <= at)
        comes_again = cover.repeat > 0 or not cover.calendar.around_the_clock
        key = (cover.ladder, ladder.priority, comes_again, cut)
        if key not in self._known:
            group_of = partial(self._group_of, ladder.priority, cut)
            self._known[key] = steps_at(cover, ladder.priority, self._staff_at(cut), group_of, cut)
        return self._known[key]

    def _group_of(self, priority: Priority, at: datetime, people: tuple[str, ...], sorts: Sorts) -> GroupReach:
        key = (people, sorts, priority, at)
        if key not in self._groups:
            contacts = (self._contacts[each] for each in people)
            self._groups[key] = group_reach(contacts, sorts, priority, self._account.kinds, at)
        return self._groups[key]

    def _staff_at(self, at: datetime) -> Staff:
        named = people_on_call(self._account.rotas, at)
        if named not in self._staff:
            self._staff[named] = Staff(people=self._colleagues, on_call=named)
        return self._staff[named]

    def _changes(self) -> Iterator[datetime]:
        for saved in self._account.rotas:
            for shift in shifts(saved.rota, self._begin, self._end):
                yield from (shift.begins_at, shift.ends_at)
        for contact in self._account.contacts:
            yield from contact.changes()
        for quiet in {each.person.settings.quiet for each in self._account.contacts}:
            yield from _edges(quiet, self._begin, self._end) if quiet else ()


def _edges(quiet: QuietHours, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield when quiet hours may begin or end, also where clocks are moved."""
    zone = zone_named(quiet.time_zone)
    yield from clock_changes(zone, begin, end)
    day = begin.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) - _DAY
    while day <= end.astimezone(zone).replace(tzinfo=None):
        for minute in (minute_of_day(quiet.begins), minute_of_day(quiet.ends)):
            yield from instants_of(day + timedelta(minutes=minute), zone)
        day += _DAY
