"""Readiness by looking every quarter of an hour: who is there then, and what each would get; nothing is remembered."""

from datetime import datetime, timedelta

from chalicelib.domain.availability import Presence
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.rota import on_call
from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.notification_settings import QuietHours
from chalicelib.domain.deliveries.reach_marks import email_place, phone_place
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Role
from chalicelib.domain.readiness.contacts import Reachable
from chalicelib.domain.readiness.forecast import AccountReach

RANKS = {"urgent": 3, "high": 2, "normal": 1, "low": 0}
Shown = tuple[int, dict[str, tuple[str, ...]], tuple[str, ...]]
"""The level whose people are told, who is reached by what, and who is not."""


class PlainOutlook:
    def __init__(self, account: AccountReach) -> None:
        self.account = account
        self.people = {each.id: each for each in account.contacts}

    def steps(self, cover: Cover, priority: Priority, at: datetime) -> list[Shown]:
        return [self._step(cover, priority, level, at) for level in range(len(cover.ladder))]

    def _step(self, cover: Cover, priority: Priority, level: int, at: datetime) -> Shown:
        told, names = self._told(cover, level, at)
        sorts = ["ladder"]
        if level == 0 and told == 0 and cover.ladder[0].after_min == 0:
            sorts = (
                ["escalations", "ladder"] if cover.repeat or not cover.calendar.around_the_clock else ["escalations"]
            )
        ways = {name: [self._ways(self.people[name], sort, priority, at) for sort in sorts] for name in names}
        reached = {name: each[0] for name, each in ways.items() if all(each)}
        return told, reached, tuple(name for name in names if name not in reached)

    def _told(self, cover: Cover, level: int, at: datetime) -> tuple[int, list[str]]:
        for higher in range(level, len(cover.ladder)):
            for targets in (cover.ladder[higher].tell, cover.ladder[higher].otherwise):
                there = [name for name in self._named(targets, at) if not self._is_away(name, at)]
                if there:
                    return higher, there
        step = cover.ladder[level]
        return level, self._named((*step.tell, *step.otherwise), at)

    def _named(self, targets: tuple[str, ...], at: datetime) -> list[str]:
        found: list[str] = []
        for target in targets:
            if target == "on_call":
                found += [name for saved in self.account.rotas if (name := on_call(saved.rota, at)[0])]
            elif target == "seniors":
                found += [name for name, each in self.people.items() if each.person.engineer.role is Role.SENIOR]
            elif target == "admins":
                found += [name for name, each in self.people.items() if each.person.engineer.role is Role.ADMIN]
            elif target.startswith("person:"):
                found.append(target.removeprefix("person:"))
        return [name for name in dict.fromkeys(found) if name in self.people]

    def _is_away(self, name: str, at: datetime) -> bool:
        said = self.people[name].person.engineer.availability
        return said.presence is Presence.AWAY and (said.until is None or at < said.until)

    def _ways(self, contact: Reachable, sort: str, priority: Priority, at: datetime) -> tuple[str, ...]:
        settings, found = contact.person.settings, []
        if settings.quiet and priority is not Priority.URGENT and is_quiet(settings.quiet, at):
            return ()
        for kind in self.account.kinds:
            least = getattr(getattr(settings.rules, sort), kind.value)
            if least is None or RANKS[priority.value] < RANKS[least.value]:
                continue
            email = contact.person.engineer.email
            places = [email_place(email)] if "@" in email else []
            if kind is DeliveryKind.PUSH:
                places = [device.id for device in contact.devices.items]
            if kind is DeliveryKind.SMS:
                places = [phone_place(contact.person.phone.number)] if contact.person.phone else []
            marks = [contact.person.reached[place] for place in places if place in contact.person.reached]
            if any(at - mark < timedelta(days=30) for mark in marks):
                found.append(kind.value)
        return tuple(found)


def is_quiet(quiet: QuietHours, at: datetime) -> bool:
    shown = at.astimezone(zone_named(quiet.time_zone)).strftime("%H:%M")
    if quiet.begins < quiet.ends:
        return quiet.begins <= shown < quiet.ends
    return shown >= quiet.begins or shown < quiet.ends
