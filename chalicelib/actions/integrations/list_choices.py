"""Show what a ticket system has to choose from for its ticket mapping."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.mapping_choices import MappingChoices
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaFault, PsaUnavailable
from chalicelib.store import integrations

TIME_LIMIT_S = 20.0
"""For all calls together; API Gateway hangs up after 29."""


def list_choices(integration_id: str, *, by: Caller, clock: Callable[[], datetime]) -> MappingChoices:
    """Return the system's own statuses and people; none of a sender that cannot be asked.

    Raises NotFound, and Unavailable, saying why, when the system does not show them now.
    """
    integration = integrations.load(by.account_id, integration_id)
    if integration.kind is PsaKind.STANDARD:
        return MappingChoices(statuses=[], owners=[])
    import asyncio  # lazy: cold start (ADR 0015)

    from chalicelib.adapters.deadline import within  # lazy: cold start (ADR 0015)

    try:
        with calling_psa(integration, clock):
            return within(TIME_LIMIT_S, asyncio.to_thread(_read, integration))
    except TimeoutError as fault:
        raise Unavailable(f"{integration.name} did not answer within {TIME_LIMIT_S:.0f} s.", retry_after_s=5) from fault
    except PsaFault as fault:
        wait_s = fault.retry_after_s if isinstance(fault, PsaUnavailable) else None
        raise Unavailable(str(fault), retry_after_s=int(wait_s or 30)) from fault


def _read(integration: Integration) -> MappingChoices:
    from chalicelib.adapters.psa.clients import psa_of

    return psa_of(integration).list_choices()
