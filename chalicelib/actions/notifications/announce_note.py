"""Tell the people of a session what a new note of it means."""

from collections.abc import Mapping
from typing import Any

from chalicelib import log
from chalicelib.adapters.aws import sns
from chalicelib.domain.events import Event
from chalicelib.domain.session_events import audiences_of_session, event_of_note
from chalicelib.store import feed, sessions, turns


def announce_note(image: Mapping[str, Any]) -> Event | None:
    """Put the event that the note in `image` tells of into the feeds and publish it; None when it tells of none.

    Doing it again changes nothing in the feeds; SNS may then deliver an id twice, which its readers drop. Raises
    NotFound when the note's session is not there.
    """
    account_id, session_id, note = turns.note_in(image)
    session = sessions.load(account_id, session_id)
    event = event_of_note(note, session)
    if event is None:
        return None
    for audience in audiences_of_session(event, session):
        feed.put(audience, event)
    sns.publish(event)
    log.info("announced", event_id=event.id, type=event.type.value, session_id=session_id)
    return event
