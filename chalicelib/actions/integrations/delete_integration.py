"""Delete an integration and its secrets."""

from chalicelib import log
from chalicelib.actions.integrations.integration_failures import send_waiting_notes
from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.people import Caller
from chalicelib.store import integrations, webhook_events


def delete_integration(integration_id: str, *, by: Caller) -> None:
    """Delete the integration: its secrets first, so that what fails halfway can be asked for again.

    Its sessions stay. Raises NotFound, and Unavailable when the secrets cannot be deleted now.
    """
    integration = integrations.load(by.account_id, integration_id)
    try:
        integration_secrets.delete(integration.account_id, integration.id)
    except SecretUnavailable as error:
        raise Unavailable(f"The secrets cannot be deleted now ({error}). Try again.", retry_after_s=5) from error
    integrations.delete(integration.account_id, integration.id)
    webhook_events.forget(integration.account_id, integration.id)
    send_waiting_notes(integration)  # to be given up, as there is nothing to wait for any more
    log.info("integration deleted", integration_id=integration_id)
