"""What a handoff's row says of its ticket, for lists and the clock."""

from typing import NamedTuple, Self

from chalicelib.domain.instants import Instant
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.titles import client_start, contact_start, summary_start


class ShownInLists(NamedTuple):
    """The problem, whom it is for, and the ticket's own deadline; the texts take 200 bytes at most together.

    The deadline is a whole second, as a row keeps it. `client_key` is shown to nobody: it is the packed key of the
    client that the ticket is for, by which its rules are found. It takes of the 200 bytes as well.
    """

    summary_start: str
    client: str | None
    client_key: str | None
    contact: str | None
    sla_due_at: Instant | None

    @classmethod
    def of(cls, problem_summary: str, ticket: TicketFacts | None) -> Self:
        """Return what is shown of a problem, and of its ticket where that is known."""
        client = client_start(ticket.client.name if ticket and ticket.client else None)
        contact = contact_start(ticket.contact.name if ticket and ticket.contact else None)
        due_at = ticket.sla_due_at if ticket else None
        key = ticket.client_key.packed if ticket else None
        summary = summary_start(problem_summary, client, contact, key)
        return cls(summary, client, key, contact, due_at.replace(microsecond=0) if due_at else None)
