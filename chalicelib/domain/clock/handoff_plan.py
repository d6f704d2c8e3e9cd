"""The plan of a handoff as its row keeps it: from a handoff to what the planner knows, and back."""

from datetime import datetime
from typing import TypeVar

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.clocked import ClockedHandoff, Direction, DueAction, Holding, PendingAssessment
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import ON_CALL, PERSON, SKILLED, Rung, StepReached
from chalicelib.domain.clock.moments import Moment, What
from chalicelib.domain.clock.plan import look_s, next_moment
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.instants import up_to_second
from chalicelib.domain.people import Engineer

H = TypeVar("H", bound=Handoff)


def cover_for(policy: Policy, handoff: Handoff) -> Cover:
    """Return the rules that hold for `handoff`."""
    return policy.for_client(ClientKey.unpacked(handoff.client_key), handoff.priority)


def step_reached(policy: Policy, handoff: Handoff) -> StepReached | None:
    """Return the step that a waiting escalation has reached by `policy`, None before the first and once it is claimed.

    None also for a step that a newer policy does not have any more.
    """
    ladder = cover_for(policy, handoff).ladder
    if not handoff.is_queued or handoff.level is None or handoff.level >= len(ladder):
        return None
    return StepReached(level=handoff.level, round=handoff.round or 0, tell=ladder[handoff.level].tell)


def clocked(
    handoff: Handoff,
    *,
    active_at: datetime | None = None,
    attempts: int = 0,
    leased_until: datetime | None = None,
) -> ClockedHandoff:
    """Return `handoff` as the planner knows it.

    `active_at` is the newest turn of the holder at this epoch, None where it was not looked up; `attempts` and
    `leased_until` say how far runs of a pending assessment have come.
    """
    return ClockedHandoff(
        status=handoff.status,
        intent=handoff.intent,
        sender_id=handoff.sender.id,
        domain=handoff.problem_domain,
        ladder_start=handoff.ladder_start or handoff.created_at,
        rung=_rung(handoff),
        direction=_direction(handoff),
        holding=_holding(handoff, active_at),
        assessment=_pending(handoff, attempts, leased_until),
        sla_due_at=handoff.sla_due_at,
        sla_warning=handoff.sla_warning,
    )


def begun(handoff: H, cover: Cover, at: datetime) -> H:
    """Return `handoff`, which is unclaimed as of `at`, with its ladder at the beginning.

    A first step that is due at once is reached by it, and `handoff_created` or `handoff_returned` is what its targets
    are told. Where they may turn out to be nobody, which only the directory knows, the clock looks at once.
    """
    fresh = handoff.model_copy(
        update={
            "ladder_start": at,
            "level": None,
            "round": None,
            "is_level_assumed": None,
            "is_early": None,
            "kept_at": None,
            "asked_at": None,
            "waiting": None,
        }
    )
    first = Rung(level=0, round=0)
    due = cover.rung_at(at, first) if handoff.intent is Intent.ESCALATE and _direction(fresh) is None else None
    if due is not None and due <= at:
        may_be_nobody = all(each in (ON_CALL, SKILLED) or each.startswith(PERSON) for each in cover.ladder[0].tell)
        fresh = fresh.model_copy(update={"level": 0, "round": 0, "is_level_assumed": may_be_nobody or None})
    return planned(fresh, clocked(fresh), cover, at)


def put_back(handoff: Handoff, cover: Cover, at: datetime, to: Engineer | None = None) -> Handoff:
    """Return `handoff` as it waits from `at` on: for anybody, or for `to` first, its ladder at the beginning."""
    nobodys = {"status": HandoffStatus.UNCLAIMED, "claimed_by": None, "claimed_at": None}
    return begun(directed(handoff.model_copy(update=nobodys), to, cover, at), cover, at)


def directed(handoff: H, to: Engineer | None, cover: Cover, at: datetime) -> H:
    """Return `handoff` as it is directed to `to` from `at` on; None: to nobody. To somebody away it is open at once."""
    until = cover.directed_until(at, is_away=to.availability.is_away_at(at)) if to else None
    return handoff.model_copy(update={"to": to.person if to else None, "directed_until": until})


def planned(handoff: H, known: ClockedHandoff, cover: Cover, at: datetime) -> H:
    """Return `handoff` with its next due moment, by what is `known` of it.

    What was due before `at`, as an SLA time of last week, is due as of `at`: the clock is not late for it.
    """
    moment = next_moment(known, cover)
    shown = next_moment(known.model_copy(update={"assessment": None}), cover)
    due_at = max(up_to_second(moment.at), at.replace(microsecond=0)) if moment else None
    if handoff.is_level_assumed and handoff.status is HandoffStatus.UNCLAIMED:
        due_at = up_to_second(at)
    return handoff.model_copy(
        update={"due_at": due_at, "next_moment": shown, "look_s": look_s(known, cover)},
    )


def seen_unmoved(handoff: Handoff) -> Handoff:
    """Return `handoff` as the clock leaves it that found nothing due: a step that was assumed is none after all.

    So it is when the priority has changed since, to one whose first step comes later. While somebody holds it the
    question whether the step told anybody stays open, as their claim may be undone.
    """
    if handoff.is_level_assumed and handoff.status is HandoffStatus.UNCLAIMED:
        return handoff.model_copy(update={"is_level_assumed": None, "level": None, "round": None})
    return handoff


def after_action(handoff: Handoff, action: DueAction, cover: Cover, at: datetime) -> Handoff:
    """Return `handoff` once `action` is done, with its next due moment."""
    known = action.handoff
    holding, rung = known.holding, known.rung
    keeps_level = action.what in (What.SLA, What.ASSESSMENT, What.IDLE, What.WAITING)
    done = handoff.model_copy(
        update={
            "status": known.status,
            "ladder_start": known.ladder_start,
            "level": handoff.level if keeps_level else rung.level if rung else None,
            "round": handoff.round if keeps_level else rung.round if rung else None,
            "is_level_assumed": handoff.is_level_assumed if keeps_level else None,
            "is_early": (handoff.is_early if keeps_level else _is_early(handoff, action, cover, at)) or None,
            "to": handoff.to if known.direction else None,
            "directed_until": handoff.directed_until if known.direction else None,
            "asked_at": holding.asked_at if holding else None,
            "kept_at": handoff.kept_at if holding else None,
            "waiting": handoff.waiting if holding and holding.waiting_until else None,
            "sla_warning": known.sla_warning,
        }
    )
    if action.what is What.RETURN:
        done = done.model_copy(update={"claimed_by": None, "claimed_at": None})
    return planned(done, known, cover, at)


def _is_early(handoff: Handoff, action: DueAction, cover: Cover, at: datetime) -> bool:
    """Whether the step reached is not due yet: those before it had nobody to be told (ADR 0045).

    A return and the end of a direction begin the ladder again, so where it was before does not count.
    """
    rung = action.handoff.rung
    goes_on = action.what is What.STEP and _rung(handoff) is not None
    if rung is None or goes_on:
        return False
    due_at = cover.rung_at(action.handoff.ladder_start, rung)
    return due_at is None or due_at > at


def due_of(handoff: Handoff) -> Moment | None:
    """Return what people see as due next; None for a closed handoff, and until the clock has planned a claim."""
    is_open = handoff.status in (HandoffStatus.UNCLAIMED, HandoffStatus.CLAIMED)
    return handoff.next_moment if is_open else None


def _rung(handoff: Handoff) -> Rung | None:
    if handoff.level is None or handoff.is_level_assumed:
        return None
    return Rung(level=handoff.level, round=handoff.round or 0)


def _direction(handoff: Handoff) -> Direction | None:
    """Return the direction that holds back the ladder; none does that was over when the ladder began."""
    start = handoff.ladder_start or handoff.created_at
    if handoff.to is None or handoff.directed_until is None or handoff.directed_until <= start:
        return None
    return Direction(to=handoff.to.id, until=handoff.directed_until)


def _holding(handoff: Handoff, active_at: datetime | None) -> Holding | None:
    if handoff.status is not HandoffStatus.CLAIMED or handoff.claimed_by is None or handoff.claimed_at is None:
        return None
    return Holding(
        holder_id=handoff.claimed_by.id,
        active_at=max(filter(None, (handoff.claimed_at, handoff.kept_at, active_at))),
        asked_at=handoff.asked_at,
        waiting_until=handoff.waiting.until if handoff.waiting else None,
    )


def _pending(handoff: Handoff, attempts: int, leased_until: datetime | None) -> PendingAssessment | None:
    if handoff.assessment_status is not AssessmentStatus.PENDING:
        return None
    since = handoff.pending_since or handoff.updated_at
    return PendingAssessment(since=since, attempts=attempts, leased_until=leased_until)
