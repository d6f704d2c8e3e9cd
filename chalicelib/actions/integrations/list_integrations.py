"""Show the integrations of an account."""

from chalicelib.domain.integration import Integration
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import integrations


def list_integrations(page: PageRequest, *, by: Caller) -> ListPage[Integration]:
    """Return the integrations of the caller's account, by id."""
    return integrations.list_all(by.account_id, page)


def read_integration(integration_id: str, *, by: Caller) -> Integration:
    """Return one of them. Raises NotFound."""
    return integrations.load(by.account_id, integration_id)
