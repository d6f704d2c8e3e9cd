"""The rules of reopening a session that was resolved."""

from datetime import timedelta

from chalicelib.domain.errors import InvalidState, NotFound, StaleEpoch
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus

REOPENABLE_FOR = timedelta(days=30)
"""How long after its end a session can be reopened."""


def is_reopenable(session: Session, at: Instant) -> bool:
    """Whether the session is resolved, and not for too long to be reopened at `at`."""
    is_over = session.status is SessionStatus.RESOLVED and session.resolved_at is not None
    return is_over and at - (session.resolved_at or at) <= REOPENABLE_FOR


def awaits_reopening(session: Session, at: Instant) -> bool:
    """Whether the work on the session's ticket goes on in it, should the ticket be opened again: no other is begun."""
    has_ended = session.ticket_reopened_at is not None or (session.ticket is not None and session.ticket.is_closed)
    return is_reopenable(session, at) and has_ended


def was_reopened_by(session: Session, by: Caller, epoch: int) -> bool:
    """Whether `by` holds the session since it was reopened at `epoch`: the same request once more."""
    is_next = session.status is SessionStatus.ACTIVE and session.epoch == epoch + 1
    return is_next and session.reopened_at is not None and session.is_held_by(by.person)


def require_reopenable(session: Session, by: Caller, epoch: int, at: Instant) -> None:
    """Raise unless the owner, the last holder or a senior, having seen `epoch`, may reopen the session at `at`.

    Raises NotFound for others, StaleEpoch, and InvalidState when it is not resolved, or has been for too long.
    """
    if by.id != session.owner.id and not session.is_held_by(by.person) and not by.is_senior:
        raise NotFound("session")
    if epoch != session.epoch:
        raise StaleEpoch(session.epoch)
    if session.status is not SessionStatus.RESOLVED:
        raise InvalidState(f"The session is {session.status}; there is nothing to reopen.", status=session.status)
    if not is_reopenable(session, at):
        detail = f"A session can be reopened for {REOPENABLE_FOR.days} days. Open a new one."
        raise InvalidState(detail, status=session.status)


def reopened(session: Session, by: Caller, *, at: Instant) -> Session:
    """Return the session as `by` works on it again, with the note of the reason as its newest turn.

    How it was resolved stays on record until it is resolved again. Its ticket counts as closed until it is seen open:
    so the ticket ends the session by a closing that comes after the reopening, and by none before.
    """
    known = session.ticket
    is_assumed = known is not None and (not known.is_closed or session.is_ticket_assumed_closed)
    return session.model_copy(
        update={
            "status": SessionStatus.ACTIVE,
            "holder": by.person,
            "held_by": session.held_by | {by.id},
            "epoch": session.epoch + 1,
            "turn_count": session.turn_count + 1,
            "updated_at": at,
            "resolved_at": None,
            "reopened_at": at,
            "ticket": known.model_copy(update={"is_closed": True}) if known else None,
            "ticket_reopened_at": None,
            "is_ticket_assumed_closed": is_assumed or None,
        }
    )
