"""The messages that a person got lately, and those that wait to be gathered: each write names what it read."""

from datetime import timedelta

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.deliveries.gathering import Lane, LaneId
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.instants import Instant
from chalicelib.store.keys import lane_key
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.deliveries import GatheredRow, LaneRow
from chalicelib.store.transactions import put_alone

KEPT_FOR = timedelta(days=7)

_LANE = "lane"
_ROUND = "round#"


def load(lane_id: LaneId) -> Lane:
    """Return a lane; one that is not there is empty."""
    try:
        row = LaneRow.get(lane_key(lane_id), _LANE, consistent_read=True)
    except DoesNotExist:
        return Lane()
    return Lane.model_validate(plain(row.content))


def save(lane_id: LaneId, lane: Lane, loaded: Lane, at: Instant) -> bool:
    """Write a lane over what was loaded; return False when it has changed since."""
    row = LaneRow(lane_key(lane_id), _LANE, content=to_document(lane), expires_at=_end(at))
    version = LaneRow.content["version"]
    return put_alone(row, version == loaded.version if loaded.version else LaneRow.position.does_not_exist())


def join(lane_id: LaneId, round_name: str, entry: LedgerEntry, at: Instant) -> None:
    """Write that `entry` is to go out with a round; once more changes nothing."""
    position = f"{_ROUND}{round_name}#{entry.subject}#{entry.position}"
    row = GatheredRow(
        lane_key(lane_id), position, subject=entry.subject, entry_position=entry.position, expires_at=_end(at)
    )
    put_alone(row, GatheredRow.position.does_not_exist())


def list_round(lane_id: LaneId, round_name: str) -> list[tuple[str, str]]:
    """Return subject and position of all entries of a round."""
    prefix = GatheredRow.position.startswith(f"{_ROUND}{round_name}#")
    rows = GatheredRow.query(lane_key(lane_id), prefix, consistent_read=True)
    return [(row.subject, row.entry_position) for row in rows]


def _end(at: Instant) -> int:
    return int((at + KEPT_FOR).timestamp())
