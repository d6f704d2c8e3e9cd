"""Routes of tickets: what one is, and who works on it already, before a session is opened for it."""

from chalicelib.contracts.ticket_views import TicketSessionListView
from chalicelib.domain.people import Role
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.wall_clock import now

tickets = Api("ticket_sync")

TICKET = "/tickets/{integration_id}/{ticket_id}"


@tickets.operation("GET", TICKET, answers=TicketFacts, role=Role.ENGINEER)
def get_ticket(call: Call[None], integration_id: str, ticket_id: str) -> TicketFacts:
    """Read a ticket as its ticket system has it now."""
    from chalicelib.actions.ticket_sync.look_up_ticket import look_up_ticket

    return look_up_ticket(integration_id, ticket_id, by=call.caller, clock=now)


@tickets.operation("GET", TICKET + "/sessions", answers=TicketSessionListView, role=Role.ENGINEER)
def get_ticket_sessions(call: Call[None], integration_id: str, ticket_id: str) -> TicketSessionListView:
    """List the live sessions of a ticket: whose they are, in what state and since when."""
    from chalicelib.actions.ticket_sync.look_up_ticket import list_ticket_sessions

    return TicketSessionListView(items=list_ticket_sessions(integration_id, ticket_id, by=call.caller))
