"""Work again on a session that was resolved."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.requests import ReopenRequest
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.reopening import reopened, require_reopenable, was_reopened_by
from chalicelib.domain.session import Session
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import session_reopening, sessions


def reopen_session(session_id: str, body: ReopenRequest, *, by: Caller, at: Instant) -> Session:
    """Make the caller the holder of a session resolved in the last 30 days; the reason becomes a turn.

    For its owner, its last holder and seniors. Repeating it is a success while the caller holds it since. Raises
    NotFound, StaleEpoch and InvalidState.
    """

    def reopen() -> Session:
        session = sessions.load(by.account_id, session_id)
        if was_reopened_by(session, by, body.epoch):
            return session
        require_reopenable(session, by, body.epoch, at)
        note = session.note(body.reason, NoteAbout.REOPENED, by=by.person, at=at)
        if note is None:
            raise InvalidRequest("/reason", "Say why it is reopened.")
        again = reopened(session, by, at=at)
        session_reopening.mark_reopened(session, again, note, by)
        log.count("SessionsReopened")
        log.info("reopened", session_id=session_id)
        return again

    return retry_stale(reopen, what="The session")
