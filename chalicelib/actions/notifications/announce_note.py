"""Tell the people of a session what a new note of it, or a change of its own ticket notes, means."""

from collections.abc import Mapping
from typing import Any

from chalicelib import log
from chalicelib.adapters.aws import sns
from chalicelib.domain.events import Event
from chalicelib.domain.session import Session
from chalicelib.domain.session_events import audiences_of_session, event_of_note
from chalicelib.domain.session_ticket_notes import event_of_change
from chalicelib.store import feed, session_ticket_notes, sessions, turns


def announce_note(image: Mapping[str, Any]) -> Event | None:
    """Put the event that the row in `image` tells of into the feeds and publish it; None when it tells of none.

    Doing it again changes nothing in the feeds; SNS may then deliver an id twice, which its readers drop. Raises
    NotFound when the row's session is not there.
    """
    session, event = _read_event(image)
    if event is None:
        return None
    for audience in audiences_of_session(event, session):
        feed.put(audience, event)
    sns.publish(event)
    log.info("announced", event_id=event.id, type=event.type.value, session_id=session.id)
    return event


def _read_event(image: Mapping[str, Any]) -> tuple[Session, Event | None]:
    if session_ticket_notes.is_in(image):
        account_id, session_id, change = session_ticket_notes.change_in(image)
        session = sessions.load(account_id, session_id)
        return session, event_of_change(change, session)
    account_id, session_id, note = turns.note_in(image)
    session = sessions.load(account_id, session_id)
    return session, event_of_note(note, session)
