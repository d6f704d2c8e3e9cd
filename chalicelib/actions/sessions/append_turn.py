"""Add a turn to a session: what adding a step and sending a message have in common."""

from collections.abc import Callable

from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.errors import DomainError
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import sessions, turns


def append_turn(
    session_id: str,
    make: Callable[[Session], Turn],
    *,
    by: Caller,
    epoch: int,
    request: KeyedRequest | None = None,
) -> Turn:
    """Append what `make` returns for the session as it stands; once, however often `request` comes.

    Raises NotFound, StaleEpoch, InvalidState or Forbidden when the caller may not write, IdempotencyMismatch, and
    Unavailable when other turns keep coming first.
    """

    def append() -> Turn:
        session = sessions.load(by.account_id, session_id)
        try:
            session.require_writable(by.person, epoch)
        except DomainError:
            if request and (made := turns.find_made_by(by.account_id, session_id, request)):
                return made
            raise
        return turns.append(session, make(session), request)

    return retry_stale(append, what="The session")
