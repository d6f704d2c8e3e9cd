"""The planner: what is due on a handoff now, and when something is due next.

A pure function of the handoff, the rules for its client, the people and the time. The caller writes what it returns on
the condition that the handoff is still as it was read, so a plan that is late or made twice changes nothing. After an
outage each handoff is caught up at the step that is due now; those before it are not told one by one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.domain.clock.clocked import ClockedHandoff, DueAction, Holding, PendingAssessment, Plan
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import Rung
from chalicelib.domain.clock.moments import Moment, SlaWarning, What
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.instants import to_milliseconds

ASK_AGAIN_AFTER = timedelta(minutes=5)
"""How long an assessment may be pending before it is asked for again."""

MOST_ATTEMPTS = 5
"""After so many attempts an assessment that is still pending is given up."""

WARN_BEFORE = timedelta(minutes=30)
"""How long before a ticket's SLA time its people are warned, besides the warning at that time."""

FIRST_SLA_YEAR = 1971
"""SLA times before it are what ticket systems write for a time that is not set."""

LONGEST_LOOK_S = 24 * 60 * 60

_ORDER = {what: index for index, what in enumerate(What)}


def plan(handoff: ClockedHandoff, cover: Cover, staff: Staff, now: datetime) -> Plan:
    """Return all that is due at `now`, and the next moment once it is done."""
    due: list[DueAction] = []
    moment, now = next_moment(handoff, cover), to_milliseconds(now)
    while moment is not None and moment.at <= now:
        due.append(_act(handoff, cover, staff, moment, now))
        handoff = due[-1].handoff
        moment = next_moment(handoff, cover)
    return Plan(due=tuple(due), next=moment)


def next_action(handoff: ClockedHandoff, cover: Cover, staff: Staff, now: datetime) -> DueAction | None:
    """Return the first thing that is due at `now`, None when nothing is. For a caller that writes one at a time."""
    moment, now = next_moment(handoff, cover), to_milliseconds(now)
    return None if moment is None or moment.at > now else _act(handoff, cover, staff, moment, now)


def next_moment(handoff: ClockedHandoff, cover: Cover) -> Moment | None:
    """Return what is due first, be it past or to come. None for a closed handoff, and where nothing is ever due."""
    moments = list(_moments(handoff, cover)) if handoff.is_open else []
    if not moments:
        return None
    at, what = min(moments, key=lambda moment: (moment[0], _ORDER[moment[1]]))
    return Moment(at=at, what=what)


def climb(handoff: ClockedHandoff, cover: Cover, staff: Staff, now: datetime) -> tuple[ClockedHandoff, tuple[str, ...]]:
    """Return the unclaimed handoff on the step that is due at `now`, and the ids of the people to be told.

    What opens, returns or reassigns a handoff calls it with the ladder's start, for a first step that is due at once;
    when none is due, the handoff is returned as it is and nobody is told. A step that nobody present would hear of is
    passed at once. When that is so of all steps to come, those of the due step are told although they are away.
    """
    due, rung = None, cover.next_rung(handoff.rung)
    while rung is not None and (at := cover.rung_at(handoff.ladder_start, rung)) is not None and at <= now:
        due, rung = rung, cover.next_rung(rung)
    if due is None:
        return handoff, ()
    level, tell = reach(handoff, cover, staff, due.level, now)
    return handoff.model_copy(update={"rung": Rung(level=level, round=due.round)}), tell


def look_s(handoff: ClockedHandoff, cover: Cover) -> int:
    """Return after how many seconds at most the clock looks at the handoff once it is claimed, whenever that is.

    Never more than until the first thing the claim could make due. 0 while an assessment is pending or an SLA warning
    is to come, as either may be due before any later look; then the next run plans.
    """
    if handoff.assessment is not None or any(_sla_moments(handoff)):
        return 0
    if handoff.intent is Intent.ESCALATE and cover.idle_after_min is not None:
        return min(cover.idle_after_min * 60, LONGEST_LOOK_S)
    return LONGEST_LOOK_S


def _moments(handoff: ClockedHandoff, cover: Cover) -> Iterator[tuple[datetime, What]]:
    """Yield all that is to come. A parked session waits for nobody, so only its assessment and SLA time are watched."""
    yield from _sla_moments(handoff)
    if pending := handoff.assessment:
        again = pending.since + ASK_AGAIN_AFTER
        yield max(again, pending.leased_until or again), What.ASSESSMENT
    if handoff.intent is Intent.ESCALATE:
        yield from _claim_moments(handoff.holding, cover) if handoff.holding else _queue_moments(handoff, cover)


def _queue_moments(handoff: ClockedHandoff, cover: Cover) -> Iterator[tuple[datetime, What]]:
    if handoff.direction is not None:
        yield handoff.direction.until, What.DIRECTION
    elif (rung := cover.next_rung(handoff.rung)) and (at := cover.rung_at(handoff.ladder_start, rung)):
        yield at, What.STEP


def _claim_moments(holding: Holding, cover: Cover) -> Iterator[tuple[datetime, What]]:
    if holding.waiting_until is not None:
        yield holding.waiting_until, What.WAITING
        return
    is_asked = holding.is_asked and holding.asked_at is not None
    minutes = cover.return_after_min if is_asked else cover.idle_after_min
    since = holding.asked_at if is_asked and holding.asked_at else holding.active_at
    if minutes is not None and (at := cover.after(since, minutes)):
        yield at, What.RETURN if is_asked else What.IDLE


def _sla_moments(handoff: ClockedHandoff) -> Iterator[tuple[datetime, What]]:
    due_at, warning = handoff.sla_due_at, handoff.sla_warning
    if due_at is None or due_at.year < FIRST_SLA_YEAR:
        return
    if warning is None or warning.due_at != due_at:
        yield due_at - WARN_BEFORE, What.SLA
    elif not warning.was_reached:
        yield due_at, What.SLA


def reach(
    handoff: ClockedHandoff, cover: Cover, staff: Staff, level: int, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Return the first step from `level` on that tells somebody present, and whom; else `level` and those away."""
    for higher, step in enumerate(cover.ladder[level:], level):
        for targets in (step.tell, step.otherwise):
            if present := staff.present_of(targets, handoff.target_context, now):
                return higher, present
    step = cover.ladder[level]
    return level, staff.all_of((*step.tell, *step.otherwise), handoff.target_context)


def _act(handoff: ClockedHandoff, cover: Cover, staff: Staff, moment: Moment, now: datetime) -> DueAction:
    if moment.what is What.SLA:
        return _warned(handoff, cover, staff, moment, now)
    if moment.what is What.ASSESSMENT:
        return _assessed(handoff, moment, now)
    if moment.what in (What.IDLE, What.WAITING):
        return _asked(handoff, moment, now)
    if moment.what is not What.STEP:
        start = moment.at if moment.what is What.DIRECTION else now
        handoff = _restarted(handoff, start)
    reached, tell = climb(handoff, cover, staff, now)
    return DueAction(at=moment.at, what=moment.what, handoff=reached, tell=tell)


def _restarted(handoff: ClockedHandoff, start: datetime) -> ClockedHandoff:
    fresh = {"holding": None, "direction": None, "ladder_start": start, "rung": None}
    return handoff.model_copy(update={"status": HandoffStatus.UNCLAIMED, **fresh})


def _asked(handoff: ClockedHandoff, moment: Moment, now: datetime) -> DueAction:
    holding = handoff.holding
    if holding is None:
        raise ValueError("only a holder is asked whether they are still on it")
    asked = holding.model_copy(update={"asked_at": now, "waiting_until": None})
    after = handoff.model_copy(update={"holding": asked})
    return DueAction(at=moment.at, what=moment.what, handoff=after, tell=(holding.holder_id,))


def _warned(handoff: ClockedHandoff, cover: Cover, staff: Staff, moment: Moment, now: datetime) -> DueAction:
    due_at = handoff.sla_due_at or moment.at
    warning = SlaWarning(due_at=due_at, was_reached=now >= due_at)
    if handoff.holding:
        tell: tuple[str, ...] = (handoff.holding.holder_id,)
    elif handoff.direction:
        tell = (handoff.direction.to,)
    elif handoff.intent is Intent.PARK:
        tell = (handoff.sender_id,)
    else:
        level = min(handoff.rung.level, len(cover.ladder) - 1) if handoff.rung else 0
        _, tell = reach(handoff, cover, staff, level, now)
    warned = handoff.model_copy(update={"sla_warning": warning})
    return DueAction(at=moment.at, what=moment.what, handoff=warned, tell=tell)


def _assessed(handoff: ClockedHandoff, moment: Moment, now: datetime) -> DueAction:
    attempts = handoff.assessment.attempts if handoff.assessment else 0
    gives_up = attempts >= MOST_ATTEMPTS
    again = None if gives_up else PendingAssessment(since=now, attempts=attempts)
    after = handoff.model_copy(update={"assessment": again})
    return DueAction(at=moment.at, what=moment.what, handoff=after, gives_up=gives_up)
