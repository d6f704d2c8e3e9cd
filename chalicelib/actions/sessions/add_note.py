"""Leave a note for the other people of a session."""

from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.requests import NoteRequest
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import Author, Note, Turn
from chalicelib.store import sessions, turns


def add_note(
    session_id: str, body: NoteRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> Turn:
    """Append a note, no matter who holds the session; once, however often `request` comes. No owner or epoch changes.

    Raises NotFound for those who may not read the session, InvalidState when it is resolved, IdempotencyMismatch, and
    Unavailable when other turns keep coming first.
    """

    def append() -> Turn:
        session = sessions.load(by.account_id, session_id)
        try:
            session.require_open_to_notes(by.person)
        except InvalidState:
            if request and (made := turns.find_made_by(by.account_id, session_id, request)):
                return made
            raise
        note = Note(
            seq=session.turn_count + 1,
            author=Author.engineer(by.person),
            text=body.text,
            about=None,
            to=None,
            created_at=at,
            epoch=session.epoch,
        )
        return turns.append_note(session, note, request)

    return retry_stale(append, what="The session")
