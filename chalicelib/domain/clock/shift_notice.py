"""The notice to a person whose shift somebody else has taken."""

from uuid import uuid5

from chalicelib.domain.clock.rota import Shift
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller


def shift_taken_event(saved: SavedRota, taken: Shift, by: Caller, at: Instant) -> Event:
    """Return the event that `by` has taken the shift, of the rota as it was saved with that: it is in no feed."""
    zone = zone_named(saved.rota.time_zone)
    begins, ends = (moment.astimezone(zone) for moment in (taken.begins_at, taken.ends_at))
    span = f"{begins:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}, {saved.rota.time_zone}"
    name = f"{by.account_id}/{saved.id}/{saved.version}/{by.id}/{format_instant(at)}"
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, f"{EventType.SHIFT_TAKEN.value}/{name}")),
        type=EventType.SHIFT_TAKEN,
        occurred_at=at,
        account_id=by.account_id,
        session_id=None,
        handoff_id=None,
        version=saved.version,
        actor=by.person,
        title=f"{by.name} has taken your shift on call",
        data={"lines": [["Rota", saved.name], ["From now on theirs", span]]},
    )
