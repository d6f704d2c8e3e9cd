"""The clock's rules one after the other, by looking back at what has passed, with nothing computed ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.working_time import working_time_between
from chalicelib.domain.people import Role

INSTANT = timedelta(milliseconds=1)

Notified = tuple[str, tuple[int, int] | None, tuple[str, ...]]
"""What was due, the round and level that were reached, and who is told."""


@dataclass
class PlainClock:
    """One escalation. `reached` is the place in the timetable of all steps of all rounds, -1 before the first."""

    cover: Cover
    staff: Staff
    sender: str
    domain: str
    start: datetime
    reached: int = -1
    directed: tuple[str, datetime] | None = None
    holder: str | None = None
    active_at: datetime | None = None
    asked_at: datetime | None = None
    waiting_until: datetime | None = None
    sla: datetime | None = None
    sla_told: tuple[datetime, str] | None = None
    is_closed: bool = False

    def run(self, now: datetime) -> list[Notified]:
        if self.is_closed:
            return []
        notified = self._run_claim(now) if self.holder else self._run_queue(now)
        return notified + self._run_sla(now)

    def _run_queue(self, now: datetime) -> list[Notified]:
        if self.directed is None:
            climbed = self.climb(now)
            return [("step", *climbed)] if climbed else []
        if now < self.directed[1]:
            return []
        self.begin(self.directed[1])
        return [("direction", *(self.climb(now) or (None, ())))]

    def _run_claim(self, now: datetime) -> list[Notified]:
        assert self.holder is not None
        assert self.active_at is not None
        if self.waiting_until is not None:
            if now < self.waiting_until:
                return []
            self.waiting_until, self.asked_at = None, now
            return [("waiting", None, (self.holder,))]
        if self.asked_at is None or self.asked_at <= self.active_at:
            if not self._has_passed(self.active_at, self.cover.idle_after_min, now):
                return []
            self.asked_at = now
            return [("idle", None, (self.holder,))]
        if not self._has_passed(self.asked_at, self.cover.return_after_min, now):
            return []
        self.begin(now)
        return [("return", *(self.climb(now) or (None, ())))]

    def _run_sla(self, now: datetime) -> list[Notified]:
        if self.sla is None or now < self.sla - timedelta(minutes=30):
            return []
        warning = (self.sla, "reached" if now >= self.sla else "soon")
        if self.sla_told in (warning, (self.sla, "reached")):
            return []
        self.sla_told = warning
        return [("sla", None, ())]

    def begin(self, start: datetime) -> None:
        self.start, self.reached, self.directed, self.holder = start, -1, None, None
        self.active_at = self.asked_at = self.waiting_until = None

    def climb(self, now: datetime) -> tuple[tuple[int, int], tuple[str, ...]] | None:
        due = [
            place
            for place, (minutes, _, _) in enumerate(self.timetable())
            if self._has_passed(self.start, minutes, now)
        ]
        if not due or due[-1] <= self.reached:
            return None
        table = self.timetable()
        _, round_, level = table[due[-1]]
        for place in range(due[-1], len(table)):
            tell = self._present(table[place][2], now)
            if table[place][1] == round_ and tell:
                self.reached = place
                return table[place][1:], tell
        self.reached = due[-1]
        return (round_, level), self._targets(self.cover.ladder[level].tell)

    def timetable(self) -> list[tuple[int, int, int]]:
        """The minutes after the start, round and level of every step of every round."""
        ladder, table, offset = self.cover.ladder, [], 0
        for round_ in range(self.cover.repeat + 1):
            table += [(offset + step.after_min, round_, level) for level, step in enumerate(ladder)]
            offset = table[-1][0] + (5 if ladder[-1].after_min < 5 else ladder[-1].after_min)
        return table

    def _has_passed(self, since: datetime, minutes: int | None, now: datetime) -> bool:
        if minutes is None or now < since:
            return False
        if minutes == 0:
            return working_time_between(self.cover.calendar, since, now + INSTANT) > timedelta(0)
        return working_time_between(self.cover.calendar, since, now) >= timedelta(minutes=minutes)

    def _present(self, level: int, now: datetime) -> tuple[str, ...]:
        away = {each.id for each in self.staff.people if each.availability.is_away_at(now)}
        return tuple(each for each in self._targets(self.cover.ladder[level].tell) if each not in away)

    def _targets(self, tell: tuple[str, ...]) -> tuple[str, ...]:
        found: list[str] = []
        for target in tell:
            for each in self.staff.people:
                senior, admin = each.role is Role.SENIOR, each.role is Role.ADMIN
                is_meant = {
                    "on_call": each.id in self.staff.on_call,
                    "skilled": senior and self.domain in each.skills,
                    "seniors": senior,
                    "admins": admin,
                    "sender": each.id == self.sender,
                    f"person:{each.id}": True,
                }.get(target, False)
                if is_meant and each.id not in found and (target == "sender" or each.id != self.sender):
                    found.append(each.id)
        return tuple(found)
