"""Assessments: who works on one, what came of it, and asking again."""

from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import log
from chalicelib.domain.assessment import Assessment, AssessmentError, AssessmentStatus
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.store.keys import PENDING
from chalicelib.store.mapping import to_document, to_handoff
from chalicelib.store.rows import HandoffRow, SessionRow
from chalicelib.store.transactions import ConditionFailed, Transaction, update_alone

_IS_PENDING = HandoffRow.assessment_status == AssessmentStatus.PENDING.value


def take_lease(account_id: str, handoff_id: str, lease_id: str, now: Instant, until: Instant) -> Handoff | None:
    """Let one run work on the assessment until `until`; return the handoff, None when it is done or another run's."""
    row = HandoffRow(account_id, handoff_id)
    actions: list[Action] = [
        HandoffRow.lease_id.set(lease_id),
        HandoffRow.lease_until.set(format_instant(until)),
        HandoffRow.assessment_attempts.set(HandoffRow.assessment_attempts + 1),
    ]
    is_mine = HandoffRow.lease_id == lease_id  # a repeat of this very request, after its answer was lost
    return to_handoff(row) if _update(row, actions, _IS_PENDING & (_is_free(now) | is_mine)) else None


def store_ready(
    handoff: Handoff, lease_id: str, assessment: Assessment, package: EscalationPackage, at: Instant
) -> bool:
    """Write a finished assessment, and the package it improves while the session still carries that one.

    Returns False, and changes nothing, when the lease is no longer this run's or the assessment is no longer pending.
    """
    row, session_row = HandoffRow(handoff.account_id, handoff.id), SessionRow(handoff.account_id, handoff.session_id)
    actions: list[Action] = [
        HandoffRow.assessment_status.set(AssessmentStatus.READY.value),
        HandoffRow.assessment.set(to_document(assessment)),
        HandoffRow.assessment_error.remove(),
        *_settled(at),
    ]
    transaction = Transaction()
    transaction.update(row, actions, _IS_PENDING & (HandoffRow.lease_id == lease_id))
    transaction.update(
        session_row,
        [SessionRow.escalation_package.set(to_document(package))],
        SessionRow.escalation_package["handoff_id"] == handoff.id,
    )
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if failure.failed(row):
            return False
        return _update(row, actions, _IS_PENDING & (HandoffRow.lease_id == lease_id))
    return True


def store_unavailable(account_id: str, handoff_id: str, lease_id: str, error: AssessmentError, at: Instant) -> bool:
    """Write why there is no assessment. Returns False when the lease is no longer this run's."""
    return _store_error(account_id, handoff_id, error, at, HandoffRow.lease_id == lease_id)


def give_up(account_id: str, handoff_id: str, attempts: int, now: Instant) -> bool:
    """Write that the assessment was given up, if at least `attempts` runs began it and none holds it."""
    condition = (HandoffRow.assessment_attempts >= attempts) & _is_free(now)
    return _store_error(account_id, handoff_id, AssessmentError.GAVE_UP, now, condition)


def ask_overdue_again(account_id: str, handoff_id: str, asked_before: Instant, now: Instant) -> bool:
    """Ask once more for an assessment that was asked for before `asked_before` and that no run is working on.

    The new `pending_since` is what makes the stream call the enrich function again.
    """
    actions: list[Action] = [HandoffRow.pending_since.set(format_instant(now)), HandoffRow.lease_until.remove()]
    condition = _IS_PENDING & (HandoffRow.pending_since < format_instant(asked_before)) & _is_free(now)
    return _update(HandoffRow(account_id, handoff_id), actions, condition)


def ask_again(handoff: Handoff, by: Person, at: Instant) -> Handoff | None:
    """Ask once more for an assessment that is unavailable; return the handoff, None when it is not unavailable now."""
    row = HandoffRow(handoff.account_id, handoff.id)
    actions: list[Action] = [
        HandoffRow.assessment_status.set(AssessmentStatus.PENDING.value),
        HandoffRow.assessment_error.remove(),
        HandoffRow.assessment_attempts.set(0),
        HandoffRow.pending_key.set(PENDING),
        HandoffRow.pending_since.set(format_instant(at)),
        HandoffRow.actor.set(by.model_dump()),
        HandoffRow.correlation_id.set(log.correlation_id()),
        HandoffRow.version.set(HandoffRow.version + 1),
        HandoffRow.updated_at.set(format_instant(at)),
    ]
    is_unavailable = HandoffRow.assessment_status == AssessmentStatus.UNAVAILABLE.value
    return to_handoff(row) if _update(row, actions, is_unavailable) else None


def _store_error(account_id: str, handoff_id: str, error: AssessmentError, at: Instant, condition: Condition) -> bool:
    actions: list[Action] = [
        HandoffRow.assessment_status.set(AssessmentStatus.UNAVAILABLE.value),
        HandoffRow.assessment_error.set(error.value),
        *_settled(at),
    ]
    return _update(HandoffRow(account_id, handoff_id), actions, _IS_PENDING & condition)


def _settled(at: Instant) -> list[Action]:
    return [
        HandoffRow.pending_key.remove(),
        HandoffRow.pending_since.remove(),
        HandoffRow.lease_id.remove(),
        HandoffRow.lease_until.remove(),
        HandoffRow.version.set(HandoffRow.version + 1),
        HandoffRow.updated_at.set(format_instant(at)),
    ]


def _is_free(now: datetime) -> Condition:
    return HandoffRow.lease_until.does_not_exist() | (HandoffRow.lease_until <= format_instant(now))


def _update(row: HandoffRow, actions: list[Action], condition: Condition) -> bool:
    return update_alone(row, actions, HandoffRow.handoff_id.exists() & condition)
