"""Change a lane of gathered messages while others may change it too."""

from collections.abc import Callable

from chalicelib.domain.deliveries.gathering import Lane, LaneId
from chalicelib.domain.instants import Instant
from chalicelib.store import gathering

TRIES = 12
"""How often a run tries to change a lane that others keep changing."""


def change_lane(lane_id: LaneId, changed: Callable[[Lane], Lane | None], at: Instant) -> None:
    """Save what `changed` makes of the lane, None for no change; it stays as it is while others keep changing it."""
    for _ in range(TRIES):
        lane = gathering.load(lane_id)
        after = changed(lane)
        if after is None or gathering.save(lane_id, after, lane, at):
            return
