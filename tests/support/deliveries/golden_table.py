"""Every event x recipient x settings, by the code that decides it: `python -m tests.support.deliveries.golden_table`.

Writes `tests/unit/domain/deliveries/who_is_told.md`. Read what changes in it before it is committed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from chalicelib.domain.audiences import Audience, audiences_of
from chalicelib.domain.clock.handoff_plan import clocked, cover_for
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.deliveries.channel import Channel, ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind, Recipient
from chalicelib.domain.deliveries.notification_settings import (
    KindRule,
    NotificationRules,
    NotificationSettings,
    QuietHours,
)
from chalicelib.domain.deliveries.people_told import (
    Addressee,
    admins_mailed,
    choosers,
    concerns_admins,
    level_told,
    people_told,
)
from chalicelib.domain.deliveries.phone import Phone
from chalicelib.domain.deliveries.plan import delay_s_of, recipients_of, why_not_needed
from chalicelib.domain.deliveries.step_told import step_told
from chalicelib.domain.deliveries.still_wanted import why_not_sent
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.people import Caller, Engineer
from chalicelib.domain.session_events import audiences_of_session
from tests.support.builders import ALEX, JANE, JOE, OLGA, SAM, VIC, a_claimed_session, an_event, minute
from tests.support.channels import a_channel
from tests.support.deliveries.situations import ABOUT_SESSIONS, SITUATIONS, Situation

GOLDEN = Path("tests/unit/domain/deliveries/who_is_told.md")
PEOPLE = {"Jane, sender": JANE, "Joe, owner": JOE, "Sam, senior": SAM, "Alex, senior": ALEX}
PEOPLE |= {"Olga, admin": OLGA, "Vic, viewer": VIC}
ALL = KindRule(email=Priority.LOW, push=Priority.LOW, sms=Priority.LOW)
PHONE = Phone(number="+12025550123", confirmed_at=minute(0))
NIGHT = QuietHours(time_zone="UTC", begins="09:00", ends="10:00")
SETTINGS = {
    "Defaults": NotificationSettings(),
    "Everything chosen": NotificationSettings(rules=NotificationRules(escalations=ALL, mine=ALL, ladder=ALL)),
    "E-mail switched off": NotificationSettings(rules=NotificationRules().without_email()),
    "Defaults, in their quiet hours": NotificationSettings(quiet=NIGHT),
}
CHANNELS = {
    "chat, no filter": a_channel(kind=ChannelKind.SLACK),
    "chat, from high up": a_channel(kind=ChannelKind.TEAMS, filter=ChannelFilter(least_priority=Priority.HIGH)),
    "chat, this type chosen": a_channel(kind=ChannelKind.SLACK, filter=ChannelFilter(types=tuple(EventType))),
    "webhook, no filter": a_channel(),
    "channel switched off": a_channel(is_on=False),
}
INTRO = """# Who is told of what, and how

Written by `python -m tests.support.deliveries.golden_table` from the code that decides it; a test compares.

Joe owns the session, Jane has handed it off as an escalation, and unless a row says otherwise nobody is on a rota,
nobody is away and the policy is the default. Everybody has confirmed a number for SMS. Sam is who it is directed to,
who holds it and who puts it back. A cell says from which priority of the case up a message is sent, by kind; an empty
cell: never. `(late)`: after the time in which a claim can be taken back. What a person was told a moment before is not
said again: "nobody was on call" reaches only those whom the escalation itself did not reach by that kind.
"""


class Case(NamedTuple):
    """An event of one priority, what it is about, and what decides who is told of it."""

    event: Event
    handoff: Handoff | None
    feeds: list[Audience]
    on_call: tuple[str, ...] = ()

    @property
    def staff(self) -> Staff:
        """Everybody, present."""
        return Staff(people=tuple(Colleague(id=one.id, role=one.role) for one in PEOPLE.values()), on_call=self.on_call)

    @property
    def told(self) -> dict[str, frozenset[EventSort]]:
        """Return the people who are notified, and why."""
        if self.handoff is None:
            return people_told(self.event, self.feeds, (), self.staff, None)
        level = level_told(self.event, self.handoff)
        cover = cover_for(Policy(), self.handoff)
        step = None if level is None else step_told(self.event, self.handoff, level, cover, lambda: self.staff)
        people = step.people if step else ()
        return people_told(self.event, self.feeds, people, self.staff, clocked(self.handoff).target_context)

    def reaches(self, who: Caller, kind: DeliveryKind, settings: NotificationSettings, priority: Priority) -> bool:
        """Whether a message of this kind leaves for `who`."""
        engineer = Engineer(id=who.id, name=who.name, email=who.email, role=who.role)
        person = Addressee(engineer=engineer, settings=settings, phone=PHONE)
        to = Recipient(kind=kind, id=who.id, name=who.name)
        event, handoff = self.event, self.handoff
        return (
            (bool(choosers(kind, self.told, [person], priority)) or self._mails_admin(person, kind))
            and why_not_needed(event, handoff, kind) is None
            and why_not_sent(to, person, event, handoff, event.occurred_at) is None
        )

    def _mails_admin(self, person: Addressee, kind: DeliveryKind) -> bool:
        return concerns_admins(self.event) and kind is DeliveryKind.EMAIL and bool(admins_mailed([person]))

    def reaches_channel(self, channel: Channel) -> bool:
        """Whether a message leaves for `channel`."""
        is_told = bool(recipients_of(self.event, self.handoff, [channel]))
        return is_told and why_not_needed(self.event, self.handoff, DeliveryKind(channel.kind)) is None


Row = tuple[EventType, str, dict[Priority, Case]]


def rows() -> Iterator[Row]:
    """Yield every type of event in every situation, for each priority."""
    for kind in EventType:
        for situation in SITUATIONS.get(kind, ()):
            yield kind, situation.words, {each: _case(kind, situation, each) for each in Priority}
        for words, by in ABOUT_SESSIONS.get(kind, ()):
            yield kind, words, {Priority.NORMAL: _case_of_session(kind, by)}


def _case(kind: EventType, situation: Situation, priority: Priority) -> Case:
    handoff = situation.handoff_of(priority)
    event = situation.event_of(kind, handoff)
    return Case(event, handoff, audiences_of(event, handoff), situation.on_call)


def _case_of_session(kind: EventType, by: Caller | None) -> Case:
    event = an_event(kind, handoff_id=None, actor=by.person if by else None)
    session = a_claimed_session(owner=JOE.person, held_by={JANE.id, SAM.id})
    is_of_session = not kind.value.startswith("integration")
    return Case(event, None, audiences_of_session(event, session) if is_of_session else [])


def table(columns: dict[str, Callable[[dict[Priority, Case]], str]]) -> str:
    """Return the rows that say something, as a table; then those that say nothing, in a line."""
    lines = [["event", "situation", *columns], ["---"] * (2 + len(columns))]
    silent = []
    for kind, words, cases in rows():
        cells = [cell(cases) for cell in columns.values()]
        if any(cells):
            lines.append([kind.value, words, *cells])
        else:
            silent.append(f"{kind.value} ({words})")
    shown = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{shown}\n\nNobody: {', '.join(silent) or 'none'}.\n"


def _why(who: Caller) -> Callable[[dict[Priority, Case]], str]:
    def cell(cases: dict[Priority, Case]) -> str:
        sorts = sorted({sort for case in cases.values() for sort in case.told.get(who.id, ())})
        found = {sort: [each for each, case in cases.items() if sort in case.told.get(who.id, ())] for sort in sorts}
        return ", ".join(
            sort if len(told) == len(cases) else f"{sort} ({_from(told, len(cases))})" for sort, told in found.items()
        )

    return cell


def _kinds(who: Caller, settings: NotificationSettings) -> Callable[[dict[Priority, Case]], str]:
    def cell(cases: dict[Priority, Case]) -> str:
        found = []
        for kind in (DeliveryKind.EMAIL, DeliveryKind.PUSH, DeliveryKind.SMS):
            sent = [each for each, case in cases.items() if case.reaches(who, kind, settings, each)]
            late = any(delay_s_of(cases[each].event, kind) for each in sent)
            found += [f"{kind.value} {_from(sent, len(cases))}{' (late)' if late else ''}"] if sent else []
        return ", ".join(found)

    return cell


def _channel(channel: Channel) -> Callable[[dict[Priority, Case]], str]:
    def cell(cases: dict[Priority, Case]) -> str:
        sent = [each for each, case in cases.items() if case.reaches_channel(channel)]
        late = any(delay_s_of(cases[each].event, DeliveryKind(channel.kind)) for each in sent)
        return f"{_from(sent, len(cases))}{' (late)' if late else ''}" if sent else ""

    return cell


def _from(sent: list[Priority], of: int) -> str:
    if len(sent) == of:
        return "always"
    is_from_there_up = sent == list(Priority)[-len(sent) :]
    if is_from_there_up and len(sent) > 1:
        return f"{sent[0].value}+"
    return " ".join(sent)


def golden_table() -> str:
    """Return the whole file."""
    parts = [INTRO, "## Why each person is told\n\n" + table({name: _why(who) for name, who in PEOPLE.items()})]
    for title, settings in SETTINGS.items():
        columns = {name: _kinds(who, settings) for name, who in PEOPLE.items()}
        parts.append(f"## {title}\n\n{table(columns)}")
    parts.append("## Channels\n\n" + table({name: _channel(channel) for name, channel in CHANNELS.items()}))
    return "\n".join(parts)


if __name__ == "__main__":
    GOLDEN.write_text(golden_table(), "utf-8")
