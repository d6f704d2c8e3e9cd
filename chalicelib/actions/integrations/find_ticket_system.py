"""Find the PSA that a session's ticket is in."""

from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session
from chalicelib.store import integrations

MOST = 100


def find_psa(session: Session) -> Integration | None:
    """Return the integration that the session names, or the account's only PSA when it names none.

    None when there is no such PSA, when it could be one of several, and for senders that cannot be asked.
    """
    if session.integration_id:
        named = integrations.find(session.account_id, session.integration_id)
        return named if named and _may_be_asked(named) else None
    return only_psa(session.account_id)


def only_psa(account_id: str) -> Integration | None:
    """Return the account's PSA when it has just one that can be asked."""
    askable = list_psas(account_id)
    return askable[0] if len(askable) == 1 else None


def list_psas(account_id: str) -> list[Integration]:
    """Return the account's PSAs that can be asked."""
    known = integrations.list_all(account_id, PageRequest(MOST)).items
    return [integration for integration in known if _may_be_asked(integration)]


def _may_be_asked(integration: Integration) -> bool:
    return integration.kind is not PsaKind.STANDARD
