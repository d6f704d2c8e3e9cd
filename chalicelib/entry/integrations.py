"""Routes of integrations: settings for admins, and the list of ticket systems for everybody."""

from chalicelib.actions.integrations.list_integrations import list_integrations, read_integration, state_of
from chalicelib.contracts.integrations import (
    ConnectionCheckView,
    IntegrationListView,
    IntegrationRequest,
    IntegrationStateView,
    IntegrationView,
    TicketSystemListView,
    TicketSystemView,
)
from chalicelib.contracts.page_query import PageQuery
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.mapping_choices import MappingChoices
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.wall_clock import now

integrations = Api("integrations")

INTEGRATION = "/integrations/{integration_id}"


@integrations.operation("GET", "/ticket-systems", takes=PageQuery, answers=TicketSystemListView)
def get_ticket_systems(call: Call[PageQuery]) -> TicketSystemListView:
    """List the ticket systems of your account."""
    found = list_integrations(call.page, by=call.caller)
    items = [TicketSystemView(id=one.id, name=one.name, kind=one.kind) for one in found.items]
    return TicketSystemListView(items=items, next_cursor=found.next_cursor)


@integrations.operation("GET", "/integrations", takes=PageQuery, answers=IntegrationListView, role=Role.ADMIN)
def get_integrations(call: Call[PageQuery]) -> IntegrationListView:
    """List the integrations of your account."""
    found = list_integrations(call.page, by=call.caller)
    return IntegrationListView(items=[IntegrationView.of(one) for one in found.items], next_cursor=found.next_cursor)


@integrations.operation("GET", INTEGRATION, answers=IntegrationStateView, role=Role.ADMIN)
def get_integration(call: Call[None], integration_id: str) -> IntegrationStateView:
    """Read an integration and its condition."""
    return IntegrationStateView.of_state(*read_integration(integration_id, by=call.caller))


@integrations.operation(
    "PUT",
    INTEGRATION,
    takes=IntegrationRequest,
    answers=IntegrationStateView,
    role=Role.ADMIN,
    refuses=(InvalidState,),
)
def put_integration(call: Call[IntegrationRequest], integration_id: str) -> IntegrationStateView:
    """Create an integration, or replace its settings; secrets that are not named stay as they are."""
    from chalicelib.actions.integrations.save_integration import save_integration

    saved = save_integration(integration_id, call.body, by=call.caller, at=call.at)
    return IntegrationStateView.of_state(*state_of(saved))


@integrations.operation("DELETE", INTEGRATION, answers=None, role=Role.ADMIN, status=204)
def delete_integration(call: Call[None], integration_id: str) -> None:
    """Delete an integration and its secrets."""
    from chalicelib.actions.integrations.delete_integration import delete_integration as delete

    delete(integration_id, by=call.caller)


@integrations.operation("GET", INTEGRATION + "/choices", answers=MappingChoices, role=Role.ADMIN)
def get_integration_choices(call: Call[None], integration_id: str) -> MappingChoices:
    """List the statuses and people of a ticket system, to choose from for its ticket mapping."""
    from chalicelib.actions.integrations.list_choices import list_choices

    return list_choices(integration_id, by=call.caller, clock=now)


@integrations.operation("POST", INTEGRATION + "/test", answers=ConnectionCheckView, role=Role.ADMIN)
def post_integration_test(call: Call[None], integration_id: str) -> ConnectionCheckView:
    """Test the connection to the PSA: it reads a ticket and the lists of the ticket mapping, and changes nothing."""
    from chalicelib.actions.integrations.check_connection import check_connection

    return ConnectionCheckView.of(*check_connection(integration_id, by=call.caller, clock=now))
