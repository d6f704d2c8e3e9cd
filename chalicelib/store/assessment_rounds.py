"""Requesting a new assessment of a case that has changed since the last one."""

from datetime import timedelta

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant, format_instant, parse_instant
from chalicelib.store.agenda import enter_agenda
from chalicelib.store.assessments import IS_PENDING, is_asked_as_in, part_of
from chalicelib.store.handoff_rows import outcome_of
from chalicelib.store.handoffs import Found
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_updates import dated
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import Transaction

_TICK = timedelta(milliseconds=1)


def begin_round(found: Found, at: Instant) -> None:
    """Ask for the assessment once more; the answer that is there stays readable until the next one is.

    A run that is at work loses its lease, and one that has read the handoff before gets none, so neither can answer
    for this round. Raises StaleWrite when the handoff was closed, or its assessment has changed since it was read.
    """
    handoff, part = found.detail, found.parts.assessment
    asked_at = _asked_at(handoff, part, at)
    transaction = Transaction()
    transaction.update(
        HandoffRow(handoff.account_id, handoff.id),
        [
            HandoffRow.assessment_outcome.remove(),
            HandoffRow.pending_since.set(asked_at),
            *enter_agenda(handoff.id, at),  # the clock plans at its next run, also when a claim comes before it
            HandoffRow.look_s.set(0),
            *dated(HandoffChange.ASSESSMENT_RENEWED, at),
        ],
        HandoffRow.status.is_in(HandoffStatus.UNCLAIMED.value, HandoffStatus.CLAIMED.value) & _is_as_read(handoff),
    )
    row = AssessmentPartRow
    actions: list[Action] = [
        row.asked_at.set(asked_at),
        row.attempts.set(0),
        row.layout.set(row.LAYOUT),
        row.lease_id.remove(),
        row.lease_until.remove(),
    ]
    if found.parts.answer:
        actions += [row.earlier.set(row.assessment), row.assessment.remove()]
    transaction.update(part_of(handoff), actions, _is_same(part))
    if not transaction.commits():
        raise StaleWrite


def _asked_at(handoff: HandoffDetail, part: AssessmentPartRow | None, at: Instant) -> str:
    """Return the time of the request: later than that of any before, also by another machine's clock."""
    before = [parse_instant(part.asked_at)] if part and part.asked_at else []
    if handoff.pending_since:
        before.append(handoff.pending_since)
    return format_instant(max([at, *(time + _TICK for time in before)]))


def _is_as_read(handoff: HandoffDetail) -> Condition:
    outcome = outcome_of(handoff)
    return HandoffRow.assessment_outcome == outcome if outcome else IS_PENDING & is_asked_as_in(handoff)


def _is_same(part: AssessmentPartRow | None) -> Condition:
    """The condition that no run has begun or answered since the part was read."""
    row = AssessmentPartRow
    has_answer = row.assessment.exists() if part and part.assessment else row.assessment.does_not_exist()
    return has_answer & (row.lease_id == part.lease_id if part and part.lease_id else row.lease_id.does_not_exist())
