"""Delete an integration and its secrets."""

from chalicelib import log
from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.people import Caller
from chalicelib.store import integrations


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
    log.info("integration deleted", integration_id=integration_id)
