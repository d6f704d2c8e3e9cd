"""Tell everybody concerned what a change of a handoff means."""

from collections.abc import Mapping
from typing import Any

from chalicelib import log
from chalicelib.actions.clock.find_step_feeds import find_step_feeds
from chalicelib.adapters.aws import sns
from chalicelib.domain.audiences import audiences_of
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import Handoff
from chalicelib.store import feed
from chalicelib.store.handoff_rows import handoff_in

Image = Mapping[str, Any]


def announce_change(old_image: Image | None, new_image: Image) -> list[Event]:
    """Keep the events between two images for good, put them into the feeds, publish them. Returns the events.

    Doing it again changes nothing in the feeds; SNS may then deliver an id twice, which its readers drop.
    """
    old, new = handoff_in(old_image) if old_image else None, handoff_in(new_image)
    events = events_between(old, new)
    for event in events:
        feed.keep(event, new.id)
        audiences = audiences_of(event, new)
        if event.type is EventType.OVERDUE:
            audiences += [each for each in find_step_feeds(event, new) if each not in audiences]
        for audience in audiences:
            feed.put(audience, event)
        sns.publish(event)
        log.info("announced", event_id=event.id, type=event.type.value, handoff_id=event.handoff_id)
        _measure(event, new)
    return events


def _measure(event: Event, new: Handoff) -> None:
    if event.type is EventType.CLAIMED and new.claimed_at:
        waited = new.claimed_at - new.created_at
        log.record_seconds("TimeToClaim", waited.total_seconds(), Priority=new.priority.value)
