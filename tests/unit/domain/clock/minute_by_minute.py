"""Working time by looking at every minute: a clock on the wall, read once a minute, and nothing computed."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.clock.weekly_hours import WEEKDAYS
from chalicelib.domain.clock.working_time import WorkingCalendar
from chalicelib.domain.clock.zones import zone_named

MINUTE = timedelta(minutes=1)


class WallClock:
    """What clocks of a zone show in each minute of a span that begins at `first`, a whole minute in UTC."""

    def __init__(self, zone: str, first: datetime, minutes: int) -> None:
        place, start = zone_named(zone), int(first.timestamp())
        read = datetime.fromtimestamp
        self.first = first
        self.shown = [read(start + 60 * count, place).replace(tzinfo=None, fold=0) for count in range(minutes)]
        self._minute_of: dict[datetime, int] = {}
        for minute, local in enumerate(self.shown):
            self._minute_of.setdefault(local, minute)
        self._skips = [minute for minute in range(1, minutes) if self.shown[minute] - self.shown[minute - 1] > MINUTE]

    def minute_of(self, local: datetime) -> int:
        """The first minute that shows `local`; if it is skipped, the one that would, had clocks not been moved."""
        if local in self._minute_of:
            return self._minute_of[local]
        for skip in self._skips:
            unmoved = self.shown[skip - 1] + MINUTE
            if unmoved <= local < self.shown[skip]:
                return skip + (local - unmoved) // MINUTE
        return 0 if local < self.shown[0] else len(self.shown)


class MinuteByMinute:
    """The minutes of a span that are working time."""

    def __init__(self, calendar: WorkingCalendar, wall: WallClock) -> None:
        self._wall, self.is_open = wall, bytearray(len(wall.shown))
        day, last = wall.shown[0].date(), wall.shown[-1].date()
        while day <= last:
            if day not in calendar.holidays:
                for opening, closing in getattr(calendar.hours, WEEKDAYS[day.weekday()]):
                    midnight = datetime(day.year, day.month, day.day)
                    begins = midnight + _since_midnight(opening)
                    ends = midnight + _since_midnight(closing)
                    ends += timedelta(days=1 if ends <= begins else 0)
                    for minute in range(wall.minute_of(begins), min(wall.minute_of(ends), len(self.is_open))):
                        self.is_open[minute] = 1
            day += timedelta(days=1)

    def add(self, start: datetime, minutes: int) -> datetime | None:
        """The first instant at which `minutes` have passed since `start`; None when the span ends before."""
        at, left = start, minutes * MINUTE
        for minute in range((start - self._wall.first) // MINUTE, len(self.is_open)):
            next_at = self._wall.first + (minute + 1) * MINUTE
            if self.is_open[minute]:
                if next_at - at >= left:
                    return at + left
                left -= next_at - at
            at = next_at
        return None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time in [start, end)."""
        total, at = timedelta(0), start
        for minute in range((start - self._wall.first) // MINUTE, len(self.is_open)):
            next_at = min(self._wall.first + (minute + 1) * MINUTE, end)
            if next_at <= at:
                break
            total += next_at - at if self.is_open[minute] else timedelta(0)
            at = next_at
        return total


def _since_midnight(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def minute_before(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(second=0, microsecond=0)
