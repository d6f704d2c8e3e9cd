"""Find out whether an integration's PSA can be worked with."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaFault
from chalicelib.store import integrations

TIME_LIMIT_S = 20.0
"""For all calls together; API Gateway hangs up after 29."""


def check_connection(integration_id: str, *, by: Caller, clock: Callable[[], datetime]) -> str | None:
    """Return what is wrong with the connection in words, None when it works; nothing in the PSA changes.

    Raises NotFound.
    """
    integration = integrations.load(by.account_id, integration_id)
    if integration.kind is PsaKind.STANDARD:
        return None
    import asyncio

    from chalicelib.adapters.deadline import within

    try:
        with calling_psa(integration, clock):
            within(TIME_LIMIT_S, asyncio.to_thread(_check, integration))
    except PsaFault as fault:
        return str(fault)
    except TimeoutError:
        return f"{integration.name} did not answer within {TIME_LIMIT_S:.0f} s."
    finally:
        log.info("connection checked", integration_id=integration_id)
    return None


def _check(integration: Integration) -> None:
    from chalicelib.adapters.psa.clients import psa_of

    psa_of(integration).check()
