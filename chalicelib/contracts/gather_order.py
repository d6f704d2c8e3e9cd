"""An order in the queue of notifications: send what a round has gathered for a person in one message."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.deliveries.gathering import LaneId


class GatherOrder(StrictModel):
    """The lane, and the round of it. What is in the round is read when the order's turn comes."""

    lane: LaneId
    round: str
