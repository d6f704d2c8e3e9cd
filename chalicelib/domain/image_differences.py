"""When two images of a handoff mean that something has happened to it."""

from collections.abc import Callable

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff import Handoff, HandoffStatus, TicketNotesStatus
from chalicelib.domain.handoff_change import CAME_BACK, HandoffChange


def became(status: HandoffStatus) -> Callable[[Handoff | None, Handoff], bool]:
    """Return a test of whether the handoff got this status between the two images."""
    return lambda old, new: old is not None and old.status is not status and new.status is status


def released(old: Handoff | None, new: Handoff) -> bool:
    """Whether somebody put it back; what the clock puts back is returned, and a claim taken back at once is undone."""
    return became(HandoffStatus.UNCLAIMED)(old, new) and new.change not in _OTHER_WAYS_BACK


def was_undone(old: Handoff | None, new: Handoff) -> bool:
    """Whether a claim was taken back at once, so that the handoff waits as before."""
    return became(HandoffStatus.UNCLAIMED)(old, new) and new.change is HandoffChange.CLAIM_UNDONE


def came_back(old: Handoff | None, new: Handoff) -> bool:
    """Whether the change from `old` to `new` put it back for others, with what its holder found out meanwhile."""
    was_held = old is not None and old.status is HandoffStatus.CLAIMED
    return was_held and new.status is HandoffStatus.UNCLAIMED and new.change in CAME_BACK


def was_directed(old: Handoff | None, new: Handoff) -> bool:
    """Whether it became one person's to claim: by the hand off, or by a reassignment."""
    is_new = old is None or (new.version > old.version and new.change is HandoffChange.REASSIGNED)
    return is_new and new.to is not None


_OTHER_WAYS_BACK = (HandoffChange.RETURNED, HandoffChange.CLAIM_UNDONE)


def change_is(*changes: HandoffChange) -> Callable[[Handoff | None, Handoff], bool]:
    """Return a test of whether one of these changes was made between the two images."""
    return lambda old, new: old is not None and new.version > old.version and new.change in changes


def assessment_became(status: AssessmentStatus) -> Callable[[Handoff | None, Handoff], bool]:
    """Return a test of whether the assessment got this status between the two images."""
    return lambda old, new: old is not None and old.assessment_status is not status and new.assessment_status is status


def assessment_failed(old: Handoff | None, new: Handoff) -> bool:
    """Whether it became unavailable; that a closed handoff gets none any more is said by the event that closed it."""
    is_closed = new.assessment_error is AssessmentError.CLOSED
    return assessment_became(AssessmentStatus.UNAVAILABLE)(old, new) and not is_closed


def ticket_notes_became(status: TicketNotesStatus) -> Callable[[Handoff | None, Handoff], bool]:
    """Return a test of whether the ticket notes got this status between the two images."""
    return lambda old, new: (
        old is not None and old.ticket_notes_status is not status and new.ticket_notes_status is status
    )


def psa_note_asked_again(old: Handoff | None, new: Handoff) -> bool:
    """Whether a person has retried a failed note; no run does so by itself."""
    was_given_up = old is not None and old.ticket_notes_status is TicketNotesStatus.FAILED
    return was_given_up and new.ticket_notes_status is TicketNotesStatus.PENDING
