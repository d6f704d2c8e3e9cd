"""What the API answers about tickets, and the sessions of one."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.contracts.views import SessionView
from chalicelib.domain.list_items import TicketSession


class OpenedSessionView(SessionView):
    """A session just opened, or reopened. `same_ticket` lists the other live sessions of its ticket, oldest first."""

    same_ticket: list[TicketSession]

    @classmethod
    def opened(cls, session: SessionView, same: list[TicketSession]) -> "OpenedSessionView":
        """Show `session` beside `same`, the sessions of its ticket."""
        return cls.model_construct(**dict(session), same_ticket=same)


class TicketSessionListView(StrictModel):
    """The live sessions of a ticket, oldest first."""

    items: list[TicketSession]
