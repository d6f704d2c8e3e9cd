"""Record that a PSA has switched its webhook off."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.actions.integrations.integration_failures import keep_failure
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.integration import Integration, IntegrationPart
from chalicelib.domain.psa import PsaRefused
from chalicelib.domain.webhook_delivery import Delivery


def note_deactivation(integration: Integration, delivery: Delivery, *, clock: Callable[[], datetime]) -> None:
    """Keep with the integration that its webhook is off, as a proven delivery says, or else as the PSA says itself.

    Raises PsaUnavailable when the PSA cannot be asked now.
    """
    if delivery.is_proven or _is_active(integration, clock) is False:
        reason = f"{integration.kind.label} has switched it off. Switch it on there again; until then tickets are late."
        keep_failure(integration, IntegrationPart.WEBHOOK, reason, clock())


def _is_active(integration: Integration, clock: Callable[[], datetime]) -> bool | None:
    from chalicelib.adapters.psa.clients import psa_of

    try:
        with calling_psa(integration, clock):
            return psa_of(integration).is_webhook_active(integration.webhook_path)
    except PsaRefused:
        return None
