"""Events of a session, derived from the note that tells of them."""

from uuid import uuid5

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.people import Person
from chalicelib.domain.redaction import redact
from chalicelib.domain.session import Session
from chalicelib.domain.titles import about
from chalicelib.domain.turn import AuthorKind, Note, NoteAbout

_TELLS: dict[NoteAbout | None, tuple[EventType, str]] = {
    None: (EventType.SESSION_NOTE_ADDED, "Note from {actor}"),
    NoteAbout.REOPENED: (EventType.SESSION_REOPENED, "Reopened by {actor}"),
    NoteAbout.TICKET_REOPENED: (EventType.TICKET_REOPENED, "Ticket reopened in {actor}"),
}
"""What a note tells of, and how its title begins. Changes of hands are told by the handoff."""

_FOR_NOBODY = (
    EventType.SESSION_CORRECTED,
    EventType.TICKET_NOTE_SENT,
    EventType.TICKET_NOTE_FAILED,
    EventType.TICKET_NOTE_RETRIED,
)
"""What pages follow, and no notification tells."""


def event_of_note(note: Note, session: Session) -> Event | None:
    """Return the event that `note`, a new turn of `session`, tells of; None when it tells of none.

    Pure, and with the same id each time, so a replay changes nothing. The words of the note are not in it, and the
    problem is only named where the account knows it from a handoff, with secrets masked as in a handoff's title.
    """
    found = _TELLS.get(note.about)
    if found is None:
        return None
    kind, lead = found
    author = note.author
    summary = redact(session.problem_summary) if session.newest_handoff_id else ""
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, f"{session.id}/{note.seq}/{kind}")),
        type=kind,
        occurred_at=note.created_at,
        account_id=session.account_id,
        session_id=session.id,
        handoff_id=None,
        version=note.seq,
        actor=Person(id=author.id, name=author.name) if author.kind is AuthorKind.ENGINEER else None,
        title=about(lead.format(actor=author.name), session.psa_ticket_id, summary),
        data={"seq": note.seq, "psa_ticket_id": session.psa_ticket_id},
    )


def audiences_of_session(event: Event, session: Session) -> list[Audience]:
    """Return the feeds that an event of `session` belongs in: the account's, and that of each other person of it.

    Of a reopened ticket its owner and last holder are told, who may reopen the session.
    """
    people = {session.owner.id} | ({session.holder.id} if session.holder else set())
    if event.type in _FOR_NOBODY:
        people = set()
    elif event.type is not EventType.TICKET_REOPENED:
        people |= session.held_by
    others = sorted(people - ({event.actor.id} if event.actor else set()))
    account = Audience(account_id=event.account_id, kind=AudienceKind.ACCOUNT)
    return [
        account,
        *(Audience(account_id=event.account_id, kind=AudienceKind.ENGINEER, engineer_id=one) for one in others),
    ]
