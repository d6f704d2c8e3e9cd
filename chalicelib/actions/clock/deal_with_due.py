"""Do what is due for one handoff."""

from datetime import datetime
from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.clock.account_rules import AccountRules
from chalicelib.actions.clock.read_clocked import is_watched, read_clocked
from chalicelib.domain.clock.clocked import DueAction
from chalicelib.domain.clock.handoff_plan import after_action, planned, seen_unmoved
from chalicelib.domain.clock.moments import What
from chalicelib.domain.clock.plan import MOST_ATTEMPTS, next_action
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.store import agenda, assessments, clock_moves, handoffs, sessions

MOST_ACTIONS = 4
"""The most due actions done for one handoff in one run; a step and an SLA warning may be due at once."""

CHANGES = {
    What.STEP: HandoffChange.OVERDUE,
    What.SLA: HandoffChange.SLA_WARNED,
    What.DIRECTION: HandoffChange.OPENED,
    What.IDLE: HandoffChange.IDLE,
    What.WAITING: HandoffChange.IDLE,
}


def deal_with_due(account_id: str, handoff_id: str, rules: AccountRules) -> list[What]:
    """Do all that is due for the handoff as of the time of `rules`; return what was done, in order.

    Each write names the due moment, the holder and the version that it saw. So one that comes late, twice or beside
    another changes nothing twice, and one that meets what people do leaves it alone, and looks again.
    """
    done: list[What] = []
    for _ in range(MOST_ACTIONS):
        tried = _deal_once(account_id, handoff_id, rules)
        if tried.done:
            done.append(tried.done)
        if not tried.may_be_more:
            break
    return done


class _Tried(NamedTuple):
    """What was done, and whether more may be due: by the plan that was written with it, or by what came first."""

    done: What | None
    may_be_more: bool


_NOTHING_DUE = _Tried(None, may_be_more=False)
_LOST = _Tried(None, may_be_more=True)


def _deal_once(account_id: str, handoff_id: str, rules: AccountRules) -> _Tried:
    """Do the first thing that is due, unless somebody else's change comes first."""
    at, handoff = rules.at, handoffs.find(account_id, handoff_id)
    if handoff is None or not _is_due(handoff, at):
        return _NOTHING_DUE
    cover = rules.cover_of(handoff)
    turn_count = _turn_count(handoff)
    known = read_clocked(handoff)
    action = next_action(known, cover, rules.staff_of(account_id), at)
    if action is None:
        return _replanned(handoff, planned(seen_unmoved(handoff), known, cover, at), at)
    after = after_action(handoff, action, cover, at)
    if _is_what_was_assumed(handoff, after, action):
        return _replanned(handoff, after, at)
    if not _write(handoff, after, action, turn_count, at):
        return _LOST
    return _Tried(action.what, may_be_more=_is_due(after, at))


def _replanned(handoff: Handoff, after: Handoff, at: datetime) -> _Tried:
    return _Tried(None, may_be_more=_is_due(after, at)) if agenda.replan(handoff, after) else _LOST


def _is_what_was_assumed(handoff: Handoff, after: Handoff, action: DueAction) -> bool:
    """Whether the hand off itself has already notified the people of this step."""
    is_same = (after.level, after.round) == (handoff.level, handoff.round)
    return action.what is What.STEP and bool(handoff.is_level_assumed) and is_same


def _is_due(handoff: Handoff, at: datetime) -> bool:
    return handoff.due_at is not None and handoff.due_at <= at


def _write(handoff: Handoff, after: Handoff, action: DueAction, turn_count: int, at: datetime) -> bool:
    if action.what is What.ASSESSMENT:
        return _ask_again(handoff, after, action, at)
    if action.what is What.RETURN:
        return clock_moves.mark_returned(handoff, after, turn_count, at)
    if action.what is What.IDLE:
        return clock_moves.mark_idle(handoff, after, turn_count, at)
    is_passed = action.what is What.STEP and after.is_early
    return clock_moves.mark_moved(handoff, after, HandoffChange.STEP_PASSED if is_passed else CHANGES[action.what], at)


def _ask_again(handoff: Handoff, after: Handoff, action: DueAction, at: datetime) -> bool:
    if not action.gives_up:
        return assessments.ask_overdue_again(handoff, after, at)
    is_done = assessments.give_up(handoff, after, MOST_ATTEMPTS, at)
    if is_done:
        log.count("Assessments", Outcome="gave_up")
    return is_done


def _turn_count(handoff: Handoff) -> int:
    """Return how many turns the session has, to be read before the turns: one that comes later shows in the number."""
    return sessions.turn_count(handoff.account_id, handoff.session_id) if is_watched(handoff) else 0
