"""Push an event to the pages that are open."""

from concurrent.futures import ThreadPoolExecutor

from chalicelib import log
from chalicelib.adapters.aws import sockets
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.domain.live_tokens import Connection
from chalicelib.store import connections

SIDE_BY_SIDE = 20


def push_event(message: str, *, at: Instant) -> int:
    """Send the event in `message`, as SNS brought it, to every open socket of its account; return how many got it.

    A push is a hint: what cannot be delivered is not tried again, as the page catches up from the feed. Sockets that
    are gone are forgotten, and those whose time is over are ended.
    """
    event = Event.model_validate_json(message)
    text = f'{{"type":"event","event":{event.model_dump_json()}}}'

    def push(connection: Connection) -> bool:
        if connection.expires_at > at and sockets.post(connection.id, text):
            return True
        sockets.close(connection.id)
        connections.remove(connection)
        return False

    with ThreadPoolExecutor(max_workers=SIDE_BY_SIDE) as pool:
        reached = sum(pool.map(push, connections.list_open(event.account_id)))
    log.info("pushed", event_id=event.id, reached=reached)
    return reached
