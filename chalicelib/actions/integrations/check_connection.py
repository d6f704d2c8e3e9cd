"""Find out whether an integration's PSA can be worked with."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeVar

from chalicelib import log
from chalicelib.actions.integrations.integration_failures import end_failure
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, IntegrationPart, PsaKind
from chalicelib.domain.mapping_choices import missing_choices
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaFault
from chalicelib.store import integrations, webhook_events

TIME_LIMIT_S = 12.0
"""For the calls that test the connection together, and again for those that list choices.

API Gateway hangs up after 29 s."""

T = TypeVar("T")


class ConnectionReading(NamedTuple):
    """What a connection test has read: the number of a ticket, None where there is none; whether our webhook is on."""

    ticket_number: str | None
    is_webhook_active: bool | None


class ConnectionCheck(NamedTuple):
    """What a connection test did and found. `trouble` is None where the connection works.

    `warnings` say what of the ticket mapping the PSA does not have; they do not keep the connection from working.
    """

    trouble: str | None
    ticket_number: str | None = None
    webhook_last_at: Instant | None = None
    warnings: tuple[str, ...] = ()


def check_connection(integration_id: str, *, by: Caller, clock: Callable[[], datetime]) -> ConnectionCheck:
    """Read a ticket, and compare the ticket mapping with the PSA's own lists; nothing in the PSA changes.

    Raises NotFound.
    """
    integration = integrations.load(by.account_id, integration_id)
    last_at = max(webhook_events.list_last(by.account_id, integration_id).values(), default=None)
    if integration.kind is PsaKind.STANDARD:
        return ConnectionCheck(None, webhook_last_at=last_at)
    found = _found(integration, clock)
    if isinstance(found, str):
        return ConnectionCheck(found, webhook_last_at=last_at)
    return ConnectionCheck(None, found.ticket_number, last_at, _warnings(integration, clock))


def trouble_with(integration: Integration, clock: Callable[[], datetime]) -> str | None:
    """Return what is wrong with the connection, None when it works; a failure that is over ends with it."""
    found = None if integration.kind is PsaKind.STANDARD else _found(integration, clock)
    return found if isinstance(found, str) else None


def _found(integration: Integration, clock: Callable[[], datetime]) -> ConnectionReading | str:
    """Return what was read, or what is wrong; a failure of the integration that is over ends with it."""
    try:
        found = _within_limit(integration, clock, _read, is_trial=True)
        if found.is_webhook_active:
            end_failure(integration, IntegrationPart.WEBHOOK, clock())
    except PsaFault as fault:
        return str(fault)
    except TimeoutError:
        return f"{integration.name} did not answer within {TIME_LIMIT_S:.0f} s."
    finally:
        log.info("connection checked", integration_id=integration.id)
    return found


def _warnings(integration: Integration, clock: Callable[[], datetime]) -> tuple[str, ...]:
    def read(asked: Integration) -> list[str]:
        from chalicelib.adapters.psa.clients import psa_of

        return missing_choices(asked.ticket_mapping, psa_of(asked).list_choices())

    try:
        return tuple(_within_limit(integration, clock, read))
    except PsaFault as fault:
        return (f"Its statuses and people could not be listed: {fault}",)
    except TimeoutError:
        return (f"Its statuses and people were not listed within {TIME_LIMIT_S:.0f} s.",)


def _within_limit(
    integration: Integration,
    clock: Callable[[], datetime],
    read: Callable[[Integration], T],
    *,
    is_trial: bool = False,
) -> T:
    from chalicelib.adapters.deadline import within

    with calling_psa(integration, clock, is_trial=is_trial):
        return within(TIME_LIMIT_S, asyncio.to_thread(read, integration))


def _read(integration: Integration) -> ConnectionReading:
    from chalicelib.adapters.psa.clients import psa_of

    psa = psa_of(integration)
    number = psa.check()
    return ConnectionReading(
        number, psa.is_webhook_active(integration.webhook_path) if integration.webhook_failure else None
    )
