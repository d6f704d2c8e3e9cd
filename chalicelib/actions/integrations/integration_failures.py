"""Failures of a whole integration: kept with it, told to its admins once, and what waits sent on when they are over.

A PSA that refuses every call has no quarrel with the ticket at hand. So nothing that waits is given up for it, and it
is asked again once an hour, or when an admin saves or tests the settings.
"""

from datetime import datetime

from chalicelib import log
from chalicelib.adapters.aws import psa_queues, sns
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.integration import Integration, IntegrationFailure, IntegrationPart
from chalicelib.domain.integration_failure import RETRY_AFTER, failed_event, failure_of, recovered_event
from chalicelib.domain.psa import PsaAccessRefused
from chalicelib.store import integration_failures, waiting_notes


def require_access(integration: Integration, at: datetime) -> None:
    """Raise PsaAccessRefused while calls are suspended, as the PSA has refused every one."""
    failure = integration.access_failure
    if failure and failure.next_try_at and at < failure.next_try_at:
        raise PsaAccessRefused(failure.reason)


def keep_failure(integration: Integration, part: IntegrationPart, reason: str, at: datetime) -> None:
    """Keep that a part of the integration fails, and tell the admins once, however often it is found."""
    known, at = integration.failure_of(part), to_milliseconds(at)
    if known is None:
        failure = failure_of(part, reason, at)
        event = failed_event(integration, part, failure)
        if integration_failures.begin(integration, part, failure, event):
            log.info("integration fails", integration_id=integration.id, part=part.value)
            log.count("IntegrationFailures", Kind=integration.kind.value, Part=part.value)
            _announce(integration, part, failure)
            return
    integration_failures.put_off(integration, part, reason, at + RETRY_AFTER)
    if known and not known.is_announced:
        _announce(integration, part, known)


def end_failure(integration: Integration, part: IntegrationPart, at: datetime) -> None:
    """Keep that a part of the integration works again, if it failed; tell the admins, and send on what waits."""
    failure = integration.failure_of(part)
    if failure is None:
        return
    event = recovered_event(integration, part, failure, to_milliseconds(at))
    sns.publishes(event)  # first, as nobody would publish it after the failure is gone; readers drop an id twice
    if integration_failures.end(integration, part, failure, event):
        log.info("integration works again", integration_id=integration.id, part=part.value)
    if part is IntegrationPart.ACCESS:
        try:
            send_waiting_notes(integration)
        except Unavailable as fault:  # the regular look sends them
            log.error("waiting notes not sent", fault, integration_id=integration.id)


def send_waiting_notes(integration: Integration) -> int:
    """Put the events into the queue whose ticket notes waited for the integration; return how many.

    Raises Unavailable when the queue takes nothing.
    """
    waiting = waiting_notes.list_events(integration.account_id, integration.id)
    for event in waiting:
        psa_queues.push(event)
        waiting_notes.remove(integration.id, event)
    return len(waiting)


def _announce(integration: Integration, part: IntegrationPart, failure: IntegrationFailure) -> None:
    if sns.publishes(failed_event(integration, part, failure)):
        integration_failures.mark_announced(integration, part, failure)
