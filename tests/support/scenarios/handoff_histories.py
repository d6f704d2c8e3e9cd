"""Lives of a handoff for tests: every change that the rules allow, what it is told as, and random walks of them."""

from collections.abc import Callable

from hypothesis import strategies as st

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import HandoffStatus, TicketNotesStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from tests.support.assessments import an_assessment
from tests.support.builders import JANE, SAM, a_claimed_handoff, a_handoff, minute

NO_CLAIMER = {"claimed_by": None, "claimed_at": None}


def changed(old: HandoffDetail, by: Caller | None = None, /, **changes: object) -> HandoffDetail:
    """The next image of `old`, a minute and a version later, made by `by` (None: by the one before)."""
    next_one = {
        "version": old.version + 1,
        "updated_at": minute(10 + old.version),
        "actor": by.person if by else old.actor,
    }
    return type(old).model_validate(dict(old) | next_one | changes)


def claimed(old: HandoffDetail, by: Caller = SAM) -> HandoffDetail:
    return changed(old, by, status=HandoffStatus.CLAIMED, claimed_by=by.person, claimed_at=minute(20))


def released(old: HandoffDetail) -> HandoffDetail:
    freed = {"status": HandoffStatus.UNCLAIMED, "change": HandoffChange.RELEASED, **NO_CLAIMER}
    return changed(old, SAM, **freed)


def undone(old: HandoffDetail) -> HandoffDetail:
    freed = {"status": HandoffStatus.UNCLAIMED, "change": HandoffChange.CLAIM_UNDONE, **NO_CLAIMER}
    return changed(old, SAM, **freed)


def withdrawn(old: HandoffDetail) -> HandoffDetail:
    return changed(old, JANE, status=HandoffStatus.WITHDRAWN)


def passed_on(old: HandoffDetail) -> HandoffDetail:
    return changed(old, SAM, status=HandoffStatus.PASSED_ON)


def resolved(old: HandoffDetail) -> HandoffDetail:
    return changed(old, SAM, status=HandoffStatus.RESOLVED)


def assessed(old: HandoffDetail) -> HandoffDetail:
    return changed(old, assessment_status=AssessmentStatus.READY, assessment=an_assessment(), pending_since=None)


def given_up(old: HandoffDetail) -> HandoffDetail:
    failed = {"assessment_status": AssessmentStatus.UNAVAILABLE, "assessment_error": AssessmentError.TIMEOUT}
    return changed(old, pending_since=None, **failed)


def asked_again(old: HandoffDetail) -> HandoffDetail:
    pending = {"assessment_status": AssessmentStatus.PENDING, "assessment_error": None, "pending_since": minute(30)}
    return changed(old, **pending)


def noting(old: HandoffDetail) -> HandoffDetail:
    return changed(old, ticket_notes_status=TicketNotesStatus.PENDING)


def noted(old: HandoffDetail) -> HandoffDetail:
    return changed(old, ticket_notes_status=TicketNotesStatus.SENT)


def not_noted(old: HandoffDetail) -> HandoffDetail:
    return changed(old, ticket_notes_status=TicketNotesStatus.FAILED)


def retried(old: HandoffDetail) -> HandoffDetail:
    return changed(old, JANE, ticket_notes_status=TicketNotesStatus.PENDING)


def leased(old: HandoffDetail) -> HandoffDetail:
    return changed(old, assessment_attempts=old.assessment_attempts + 1)


Change = Callable[[HandoffDetail], HandoffDetail]

EVENT_OF: dict[Change, EventType | None] = {
    claimed: EventType.CLAIMED,
    released: EventType.RELEASED,
    undone: EventType.CLAIM_UNDONE,
    withdrawn: EventType.WITHDRAWN,
    passed_on: EventType.PASSED_ON,
    resolved: EventType.RESOLVED,
    assessed: EventType.ASSESSMENT_READY,
    given_up: EventType.ASSESSMENT_UNAVAILABLE,
    asked_again: None,
    noting: None,
    noted: EventType.TICKET_NOTE_SENT,
    not_noted: EventType.TICKET_NOTE_FAILED,
    retried: EventType.TICKET_NOTE_RETRIED,
    leased: None,
}
"""What each change of a handoff is to be told as."""

FROM_CLAIMED: list[Change] = [released, undone, passed_on, resolved]


NOTES: dict[TicketNotesStatus, list[Change]] = {
    TicketNotesStatus.NONE: [noting],
    TicketNotesStatus.PENDING: [noted, not_noted],
    TicketNotesStatus.SENT: [noting],
    TicketNotesStatus.FAILED: [retried],
}


def image_before(change: Change) -> HandoffDetail:
    if change is retried:
        return not_noted(a_handoff())
    return a_claimed_handoff(by=SAM) if change in FROM_CLAIMED else a_handoff()


def possible(now: HandoffDetail) -> list[Change]:
    """The changes that the rules allow next."""
    changes: list[Change] = []
    if now.status is HandoffStatus.UNCLAIMED:
        changes += [claimed, withdrawn]
    if now.status is HandoffStatus.CLAIMED:
        changes += FROM_CLAIMED
    if now.assessment_status is AssessmentStatus.PENDING:
        changes += [assessed, given_up, leased]
    if now.assessment_status is AssessmentStatus.UNAVAILABLE:
        changes += [asked_again]
    return changes + NOTES[now.ticket_notes_status]


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[HandoffDetail], list[Change]]:
    """Every image of a handoff from its birth on, and the changes between them."""
    images, changes = [a_handoff()], list[Change]()
    for _ in range(draw(st.integers(0, 15))):
        changes.append(draw(st.sampled_from(possible(images[-1]))))
        images.append(changes[-1](images[-1]))
    return images, changes
