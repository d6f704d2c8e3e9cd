"""Show the integrations of an account, and how they do."""

from typing import NamedTuple

from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.webhook_delivery import EXPECTED_EVENTS, TicketEvent
from chalicelib.store import integrations, waiting_notes, webhook_events


class IntegrationState(NamedTuple):
    """An integration, how many handoffs have notes that wait for it, and when each kind of event came last."""

    integration: Integration
    waiting_handoffs: int
    last_events: dict[TicketEvent, Instant | None]


def list_integrations(page: PageRequest, *, by: Caller) -> ListPage[Integration]:
    """Return the integrations of the caller's account, by id."""
    return integrations.list_all(by.account_id, page)


def read_integration(integration_id: str, *, by: Caller) -> IntegrationState:
    """Return one of them as it does. Raises NotFound."""
    return state_of(integrations.load(by.account_id, integration_id))


def state_of(integration: Integration) -> IntegrationState:
    """Return how the integration does; events that its webhook should tell of and never did are None."""
    account_id = integration.account_id
    waiting = waiting_notes.count(account_id, integration.id) if integration.access_failure else 0
    seen = webhook_events.list_last(account_id, integration.id)
    return IntegrationState(integration, waiting, {**dict.fromkeys(EXPECTED_EVENTS[integration.kind]), **seen})
