"""A message in the queue of due handoffs: a share of what one run of the clock has found."""

from typing import Annotated

from pydantic import Field

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.agenda import DueHandoff

MOST_IN_SHARE = 50


class DueShare(StrictModel):
    """Handoffs to look at. What is due for them, and whether anything still is, is read when their turn comes."""

    handoffs: Annotated[tuple[DueHandoff, ...], Field(min_length=1, max_length=MOST_IN_SHARE)]
