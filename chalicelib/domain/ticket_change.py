"""What FlowPilot has set on a ticket, and which ticket that is."""

from chalicelib.domain.frozen_model import FrozenModel


class TicketChange(FrozenModel):
    """What a claim has set on the ticket, and what was there before; None of what it did not set.

    An owner before is "" where there was none.
    """

    status: str | None = None
    status_before: str | None = None
    owner: str | None = None
    owner_before: str | None = None

    def over(self, earlier: "TicketChange | None") -> "TicketChange":
        """Return this change with what an earlier try of the same claim has set already."""
        own = {name: value for name, value in self if value is not None}
        return self if earlier is None else earlier.model_copy(update=own)


class TicketPlace(FrozenModel):
    """A ticket, and the system that it is in."""

    integration_id: str
    ticket_id: str
