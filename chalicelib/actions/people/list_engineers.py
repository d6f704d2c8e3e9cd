"""List the account's directory."""

from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller, Engineer
from chalicelib.store import engineers


def list_engineers(page: PageRequest, *, by: Caller) -> ListPage[Engineer]:
    """Return the account's directory. Raises InvalidRequest for a cursor that is not its own."""
    return engineers.list_all(by.account_id, page)
