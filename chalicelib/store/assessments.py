"""Assessments: who works on one, what came of it, and asking again.

The lease and the answer lie in a part of their own; that there is an answer, or why there is none, is said by the
handoff's row, whose change is what the stream tells. The answer is written before it is said: a run that dies in
between leaves an answer that the next one finds.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.assessment import Assessment, AssessmentError, AssessmentStatus
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant, format_instant, parse_instant
from chalicelib.domain.people import Person
from chalicelib.store import handoffs
from chalicelib.store.agenda import enter_agenda, is_as_seen, plan_actions
from chalicelib.store.handoff_rows import READY
from chalicelib.store.keys import ASSESSMENT, handoff_key
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_updates import dated, signed
from chalicelib.store.transactions import Transaction, update_alone

IS_PENDING = HandoffRow.handoff_id.exists() & HandoffRow.assessment_outcome.does_not_exist()
_IS_UNANSWERED = AssessmentPartRow.assessment.does_not_exist()


class Leased(NamedTuple):
    """A handoff to assess, or whose answer a run that died has left: then `stored_prompt` names its prompt.

    What it says is what was read before the lease was taken, and `pending_since` the request that the run answers.
    """

    handoff: HandoffDetail
    stored_prompt: str | None


class Work(NamedTuple):
    """How many runs have begun an assessment, and until when one may hold it."""

    attempts: int
    leased_until: Instant | None


def take_lease(account_id: str, handoff_id: str, lease_id: str, now: Instant, until: Instant) -> Leased | None:
    """Let one run work on the assessment until `until`; None when it is not pending, or another run's.

    An answer that is stored already needs no lease.
    """
    found = handoffs.read(account_id, handoff_id)
    if found is None or found.detail.assessment_status is not AssessmentStatus.PENDING:
        return None
    if answer := found.parts.answer:
        return Leased(found.detail, answer.prompt_version)
    asked_at = format_instant(found.detail.pending_since or found.detail.updated_at)
    part, row = _part(account_id, handoff_id), AssessmentPartRow
    actions: list[Action] = [
        row.lease_id.set(lease_id),
        row.lease_until.set(format_instant(until)),
        row.asked_at.set(asked_at),
        row.seen.set(to_document(found.detail.seen_now)),
        row.attempts.set((row.attempts | 0) + 1),
        row.layout.set(row.LAYOUT),
    ]
    is_settled = row.settled_for == asked_at
    is_newest = row.asked_at.does_not_exist() | (row.asked_at <= asked_at)  # what was read is not of an older round
    is_mine = row.lease_id == lease_id  # a repeat of this very request, after its answer was lost
    if not update_alone(part, actions, _IS_UNANSWERED & ~is_settled & is_newest & (_is_free(now) | is_mine)):
        return None
    return Leased(found.detail.model_copy(update={"assessment_attempts": int(part.attempts or 0)}), None)


def store_ready(
    handoff: Handoff, lease_id: str, assessment: Assessment, improvement: PackageImprovement, at: Instant
) -> bool:
    """Write a finished assessment, and the wording that it improves; then say that it is there.

    Returns False when the lease is no longer this run's or the assessment is no longer pending.
    """
    row = AssessmentPartRow
    actions: list[Action] = [
        row.assessment.set(to_document(assessment)),
        row.improvement.set(to_document(improvement)),
        row.earlier.remove(),
        row.lease_until.remove(),
    ]
    if not update_alone(part_of(handoff), actions, row.lease_id == lease_id):
        return False
    return mark_ready(handoff, assessment.prompt_version, at)


def mark_ready(handoff: Handoff, prompt_version: str, at: Instant) -> bool:
    """Say that the stored answer is there; False when another round was asked for, or nothing is pending nor ready."""
    row = HandoffRow(handoff.account_id, handoff.id)
    actions = [
        HandoffRow.assessment_outcome.set(READY),
        HandoffRow.prompt_version.set(prompt_version),
        *_settled(at),
    ]
    if update_alone(row, actions, IS_PENDING & is_asked_as_in(handoff)):
        return True
    found = handoffs.find(handoff.account_id, handoff.id)  # an answer that was lost makes the SDK ask twice
    return found is not None and found.assessment_status is AssessmentStatus.READY


def store_unavailable(account_id: str, handoff_id: str, lease_id: str, error: AssessmentError, at: Instant) -> bool:
    """Write why there is no assessment. Returns False when the lease is no longer this run's, or nothing is pending."""
    is_mine = (AssessmentPartRow.lease_id == lease_id) & _IS_UNANSWERED
    return _end(account_id, handoff_id, error, at, is_mine, IS_PENDING)


def read_work(account_id: str, handoff_id: str) -> Work:
    """Return how far the runs have come that began the assessment.

    An answer that a run has stored, and not said before it died, counts as none: the next run will say it.
    """
    part = handoffs.read_parts(account_id, handoff_id).assessment
    if part is None or part.assessment is not None:
        return Work(0, None)
    return Work(int(part.attempts or 0), parse_instant(part.lease_until) if part.lease_until else None)


def give_up(handoff: Handoff, planned: Handoff, attempts: int, now: Instant) -> bool:
    """Write that the assessment was given up, as at least `attempts` runs began it and none holds it; and its new plan.

    Returns False, with nothing changed, when the handoff is not as it was loaded or a run has begun again.
    """
    of_part = (AssessmentPartRow.attempts >= attempts) & _IS_UNANSWERED & _is_free(now)
    is_same = IS_PENDING & is_as_seen(handoff)
    plan = plan_actions(handoff, planned)
    return _end(handoff.account_id, handoff.id, AssessmentError.GAVE_UP, now, of_part, is_same, plan)


def ask_overdue_again(handoff: Handoff, planned: Handoff, now: Instant) -> bool:
    """Ask once more for an assessment that is overdue; False, with nothing changed, when the handoff is another now.

    The new `pending_since` is what makes the stream call the enrich function again.
    """
    row = HandoffRow(handoff.account_id, handoff.id)
    actions: list[Action] = [
        HandoffRow.pending_since.set(format_instant(now)),
        HandoffRow.change.set(HandoffChange.ASSESSMENT_REQUESTED.value),
        *plan_actions(handoff, planned),
    ]
    return update_alone(row, actions, IS_PENDING & is_as_seen(handoff))


def ask_again(handoff: Handoff, by: Person, at: Instant) -> HandoffDetail | None:
    """Ask once more for an assessment that is unavailable; return the handoff, None when it is not unavailable now.

    The runs are counted from the start.
    """
    row, part = HandoffRow(handoff.account_id, handoff.id), AssessmentPartRow
    outcome = HandoffRow.assessment_outcome
    transaction = Transaction()
    transaction.update(
        row,
        [
            outcome.remove(),
            HandoffRow.pending_since.set(format_instant(at)),
            # the clock plans at its next run, also when a claim comes before it: any later time might be too late
            *(enter_agenda(handoff.id, at) if handoff.is_open else ()),
            HandoffRow.look_s.set(0),
            *signed(HandoffChange.ASSESSMENT_REQUESTED, by, at),
        ],
        HandoffRow.handoff_id.exists() & outcome.exists() & (outcome != READY),
    )
    fresh: list[Action] = [
        part.attempts.set(0),
        part.layout.set(part.LAYOUT),
        part.settled_for.remove(),  # it may be asked for again in the millisecond in which it ended
        part.lease_id.remove(),
        part.lease_until.remove(),
    ]
    may_be_new = part.part.exists() | part.part.does_not_exist()
    transaction.update(part_of(handoff), fresh, may_be_new)
    return handoffs.find_detail(handoff.account_id, handoff.id) if transaction.commits() else None


def _end(
    account_id: str,
    handoff_id: str,
    error: AssessmentError,
    at: Instant,
    of_part: Condition,
    of_row: Condition,
    plan: Sequence[Action] = (),
) -> bool:
    """Write why there is no assessment, that the request for it is over, and the `plan` of who knows a new one."""
    part = AssessmentPartRow
    transaction = Transaction()
    transaction.update(
        HandoffRow(account_id, handoff_id),
        [HandoffRow.assessment_outcome.set(error.value), *plan, *_settled(at)],
        of_row,
    )
    over: list[Action] = [part.settled_for.set(part.asked_at), part.lease_id.remove(), part.lease_until.remove()]
    transaction.update(_part(account_id, handoff_id), over, part.part.exists() & of_part)
    return transaction.commits()


def _settled(at: Instant) -> list[Action]:
    """Say that nothing is pending. When something is due next is not known here, so `due_at` stays as it is."""
    return [HandoffRow.pending_since.remove(), *dated(HandoffChange.ASSESSMENT_SETTLED, at)]


def is_asked_as_in(handoff: Handoff) -> Condition:
    """The condition that the pending assessment is the one that was asked for when the handoff was loaded."""
    since = HandoffRow.pending_since
    return since == format_instant(handoff.pending_since) if handoff.pending_since else since.does_not_exist()


def _is_free(now: Instant) -> Condition:
    until = AssessmentPartRow.lease_until
    return until.does_not_exist() | (until <= format_instant(now))


def part_of(handoff: Handoff) -> AssessmentPartRow:
    """Return the keys of the part of `handoff`."""
    return _part(handoff.account_id, handoff.id)


def _part(account_id: str, handoff_id: str) -> AssessmentPartRow:
    return AssessmentPartRow(handoff_key(account_id, handoff_id), ASSESSMENT)
