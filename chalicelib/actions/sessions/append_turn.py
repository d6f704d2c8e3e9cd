"""Add a turn to a session: what adding a step and sending a message have in common."""

from collections.abc import Callable

from chalicelib.domain.errors import DomainError, Unavailable
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Message, Step
from chalicelib.store import sessions, turns
from chalicelib.store.stale_write import StaleWrite

ATTEMPTS = 5
"""How often a turn is tried at the next number when another turn of the same holder takes that one first."""


def append_turn(
    session_id: str,
    make: Callable[[Session], Message | Step],
    *,
    by: Caller,
    epoch: int,
    request: KeyedRequest | None = None,
) -> Message | Step:
    """Append what `make` returns for the session as it stands; once, however often `request` comes.

    Raises NotFound, StaleEpoch, InvalidState or Forbidden when the caller may not write, IdempotencyMismatch, and
    Unavailable when other turns keep coming first.
    """
    for _ in range(ATTEMPTS):
        session = sessions.load(by.account_id, session_id)
        try:
            session.require_writable(by.person, epoch)
        except DomainError:
            if request and (made := turns.find_made_by(by.account_id, session_id, request)):
                return made
            raise
        try:
            return turns.append(session, make(session), request)
        except StaleWrite:
            continue
    raise Unavailable("Too many turns are being added at once. Try again.", retry_after_s=1)
