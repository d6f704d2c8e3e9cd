"""A claim that was undone."""

from chalicelib.domain.frozen_model import FrozenModel


class UndoneClaim(FrozenModel):
    """The claim that was undone last: whose it was, and the `claim_epoch` that the undo led to."""

    by_id: str
    claim_epoch: int
