"""What each type of event may be about: every situation in which somebody else may be told."""

from typing import Any, NamedTuple

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority
from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Caller
from tests.support.builders import ALEX, JANE, JOE, OLGA, SAM, a_claimed_handoff, a_handoff, an_event, minute

DIRECTED: dict[str, Any] = {"to": SAM.person, "directed_until": minute(20)}
PARKED: dict[str, Any] = {"intent": Intent.PARK}
SLA_DUE = minute(40)


class Situation(NamedTuple):
    """What an event is about: in words, who did it, what it says, and the handoff when it happened and when told."""

    words: str
    by: Caller | None
    handoff: dict[str, Any]
    is_held: bool = False
    data: dict[str, Any] = {}  # noqa: RUF012  never changed
    on_call: tuple[str, ...] = ()

    def handoff_of(self, priority: Priority) -> Handoff:
        """Return the handoff, of `priority`; Joe owns its session."""
        build = a_claimed_handoff if self.is_held else a_handoff
        return build(**{"owner_id": JOE.id, "priority": priority, **self.handoff})

    def event_of(self, kind: EventType, handoff: Handoff) -> Event:
        """Return the event."""
        data = {"intent": handoff.intent.value, "status": handoff.status.value, "level": handoff.level, **self.data}
        return an_event(kind, actor=self.by.person if self.by else None, data=data)


def waits(words: str = "waits", by: Caller | None = JANE, **changes: Any) -> Situation:
    return Situation(words, by, changes)


def held(words: str = "Sam has it", by: Caller | None = SAM, **changes: Any) -> Situation:
    return Situation(words, by, changes, is_held=True)


def ended(status: HandoffStatus, words: str, by: Caller | None, **changes: Any) -> Situation:
    return held(words, by, status=status, **changes)


def overdue(words: str, because: str, level: int, **changes: Any) -> Situation:
    return Situation(words, None, {"level": level, **changes}, data={"because": because})


def sla(words: str, is_held: bool = False, **changes: Any) -> Situation:  # noqa: FBT001, FBT002  one row of a table
    data = {"because": "sla", "sla_due_at": format_instant(SLA_DUE)}
    return Situation(words, None, {"sla_due_at": SLA_DUE, **changes}, is_held, data)


NEW = waits("waits for anybody", level=0, is_level_assumed=True)
OPENED = waits("the direction's time is over", by=None, level=0)._replace(data={"because": "time"})
PUT_BACK = waits("Sam put it back", by=SAM, released_by=SAM.person, level=0, is_level_assumed=True)
RETURNED = waits("the clock took it from Sam", by=None, released_by=SAM.person, level=0)
QUIET = {
    kind: [held(by=None)]
    for kind in (EventType.ASSESSMENT_UNAVAILABLE, EventType.TICKET_NOTE_SENT, EventType.TICKET_NOTE_FAILED)
}

SITUATIONS: dict[EventType, list[Situation]] = {
    EventType.CREATED: [
        NEW,
        NEW._replace(words="waits, Olga is on call", on_call=(OLGA.id,)),
        waits("waits, Olga handed it off for Jane", by=OLGA, handed_off_by=OLGA.person, level=0),
        waits("a senior's own", by=SAM, sender=SAM.person, owner_id=SAM.id, level=0),
        waits("directed to Sam", **DIRECTED),
        waits("parked", **PARKED),
        held("Sam has it when its turn comes", by=JANE),
    ],
    EventType.DIRECTED: [waits("directed to Sam", **DIRECTED)],
    EventType.CLAIMED: [held(), held("Alex resumes what Jane parked", by=ALEX, claimed_by=ALEX.person, **PARKED)],
    EventType.CLAIM_UNDONE: [
        waits("Sam undid the pickup", by=SAM, level=0, is_level_assumed=True),
        waits("Sam undid the pickup, admins were told before", by=SAM, level=2),
    ],
    EventType.RELEASED: [
        PUT_BACK,
        PUT_BACK._replace(words="Sam put it back, Olga is on call", on_call=(OLGA.id,)),
        waits("Olga put it back for Sam", by=OLGA, released_by=SAM.person, level=0, is_level_assumed=True),
        waits("Olga reassigned it to Sam from Alex", by=OLGA, released_by=ALEX.person, **DIRECTED),
    ],
    EventType.RETURNED: [
        RETURNED,
        RETURNED._replace(words="the clock took it from Sam, Olga is on call", on_call=(OLGA.id,)),
    ],
    EventType.DECLINED: [waits("Sam declined", by=SAM)],
    EventType.OPENED: [
        waits("Sam declined", by=SAM, level=0, is_level_assumed=True)._replace(data={"because": "declined"}),
        OPENED,
        OPENED._replace(words="the direction's time is over, Olga is on call", on_call=(OLGA.id,)),
    ],
    EventType.OVERDUE: [
        overdue("nobody was on call: all seniors", "nobody", 1),
        overdue("its time came: all seniors", "step", 1),
        overdue("its time came: admins", "step", 2),
        sla("SLA time, waits", level=0),
        sla("SLA time, directed to Sam", **DIRECTED),
        sla("SLA time, Sam has it", is_held=True),
        sla("SLA time, parked", **PARKED),
    ],
    EventType.WITHDRAWN: [
        waits("Jane took it back", status=HandoffStatus.WITHDRAWN),
        waits("Joe, who owns it, took it back", by=JOE, status=HandoffStatus.WITHDRAWN),
        waits("closed in the PSA", by=None, status=HandoffStatus.WITHDRAWN),
    ],
    EventType.PASSED_ON: [ended(HandoffStatus.PASSED_ON, "Sam handed it off again", SAM)],
    EventType.RESOLVED: [
        ended(HandoffStatus.RESOLVED, "Sam resolved it", SAM),
        ended(HandoffStatus.RESOLVED, "closed in the PSA", None),
    ],
    EventType.ASSESSMENT_READY: [held(by=None), waits("waits", by=None)],
    EventType.IDLE: [held(by=None)],
    EventType.KEPT: [held()],
    EventType.WAITING: [held()],
    EventType.PRIORITY_CHANGED: [waits()],
    EventType.CORRECTED: [waits()],
    EventType.REOPENED: [ended(HandoffStatus.RESOLVED, "Jane reopened the session", JANE)],
    EventType.TICKET_UPDATED: [held(by=None)],
    EventType.TICKET_NOTE_RETRIED: [held(by=JANE)],
    **QUIET,
}
"""All types of events of a handoff. Those of a session and of an integration are in `ABOUT_SESSIONS`."""

ABOUT_SESSIONS: dict[EventType, list[tuple[str, Caller | None]]] = {
    EventType.SESSION_NOTE_ADDED: [("by Jane", JANE), ("by Sam, who has it", SAM)],
    EventType.SESSION_REOPENED: [("by Jane", JANE)],
    EventType.SESSION_RESOLVED: [("again, by Jane", JANE)],
    EventType.SESSION_CORRECTED: [("to another ticket, by Jane", JANE)],
    EventType.TICKET_REOPENED: [("in the PSA", None)],
    EventType.INTEGRATION_FAILED: [("of the account", None)],
    EventType.INTEGRATION_RECOVERED: [("of the account", None)],
}
"""Types of events of a session that Joe owns and Sam has, which Jane handed off; and of an integration."""

IN_NO_FEED = {EventType.PAGE_TEST, EventType.READINESS_WARNING, EventType.SHIFT_TAKEN}
"""Messages to one person each, which nobody plans by their event."""
