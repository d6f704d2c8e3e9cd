"""Find out whether what came to an integration's webhook comes from its PSA."""

from collections.abc import Mapping

from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.adapters.psa.webhook_reader import WebhookRequest
from chalicelib.adapters.psa.webhooks import reader_of
from chalicelib.domain.credentials import webhook_secrets
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.integration import Integration


def verify_webhook(integration: Integration, headers: Mapping[str, str], body: bytes, *, now_s: int) -> str:
    """Return the proven id of the delivery, empty where the system signs none. `headers` have names in small letters.

    Raises WebhookRejected when there is no proof, and Unavailable when the secrets cannot be read now.
    """
    request = WebhookRequest(headers, body, now_s)
    return reader_of(integration.kind).verify(request, integration, lambda: _secrets(integration))


def _secrets(integration: Integration) -> list[str]:
    try:
        return webhook_secrets(integration_secrets.read(integration))
    except SecretUnavailable as error:
        raise Unavailable("The secrets of the integration cannot be read now.", retry_after_s=5) from error
