"""What somebody writes when a session changes hands, as the session's next turn."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Engineer
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import sessions
from chalicelib.store.paired_writes import Written


def note_turn(
    session_id: str, note: str, about: NoteAbout, *, by: Caller, at: Instant, to: Engineer | None = None
) -> Written | None:
    """Return the note as the session's next turn; None, and nothing is read, when it is empty. Raises NotFound."""
    if not note:
        return None
    session = sessions.load(by.account_id, session_id)
    return Written(session, session.note(note, about, by=by.person, at=at, to=to.person if to else None))


def about_putting_back(handoff: Handoff, by: Caller) -> NoteAbout:
    """Return what a note is about that comes with a claimed handoff's return: its holder's or an admin's."""
    return NoteAbout.RELEASED if handoff.is_claimed_by(by.person) else NoteAbout.PASSED_BY_ADMIN
