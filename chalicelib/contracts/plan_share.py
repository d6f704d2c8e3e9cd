"""A message in the queue of notifications: a share of those who are told of one event."""

from typing import Annotated

from pydantic import Field

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.deliveries.ledger import Recipient
from chalicelib.domain.events import Event

MOST_IN_SHARE = 50
"""How many deliveries one message has written down and ordered: about 60 requests, and at most 100 KB of the queue."""


class PlanShare(StrictModel):
    """The event, and whom it was decided to tell of it. Whether it still holds is looked at before each is sent."""

    event: Event
    recipients: Annotated[list[Recipient], Field(min_length=1, max_length=MOST_IN_SHARE)]
