"""Find out whether what came to an integration's webhook comes from its PSA."""

from collections.abc import Mapping

from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.adapters.psa.connectwise import signing_keys
from chalicelib.contracts.webhook_payloads import ConnectWiseClaim
from chalicelib.domain.callback_keys import require_own_key_address
from chalicelib.domain.credentials import webhook_secrets
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.integration import (
    AutotaskSettings,
    ConnectWiseSettings,
    HaloSettings,
    Integration,
)
from chalicelib.domain.signatures import (
    require_connectwise_form,
    verify_autotask,
    verify_connectwise,
    verify_halo,
    verify_standard,
)
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected
from chalicelib.settings import settings as our


def verify_webhook(integration: Integration, headers: Mapping[str, str], body: bytes, *, now_s: int) -> str:
    """Return the proven id of the delivery, empty where the system signs none. `headers` have names in small letters.

    Raises Refused when there is no proof, and Unavailable when the secrets cannot be read now.
    """
    match integration.settings:
        case ConnectWiseSettings():
            _prove_connectwise(integration, integration.settings, headers.get("x-content-signature"), body)
        case AutotaskSettings():
            verify_autotask(headers.get("x-hook-signature"), _secrets(integration), body)
        case HaloSettings() as halo:
            shown = headers.get(halo.webhook_header)
            verify_halo(shown, halo.webhook_username, halo.webhook_header, _secrets(integration))
        case _:
            return verify_standard(headers, _secrets(integration), body, now_s)
    return ""


def _prove_connectwise(
    integration: Integration, settings: ConnectWiseSettings, signature: str | None, body: bytes
) -> None:
    require_connectwise_form(signature)
    claim = ConnectWiseClaim.of(body)
    if claim.company_id != settings.company_id:
        raise WebhookRejected(RejectionReason.COMPANY_MISMATCH)
    require_own_key_address(
        claim.metadata.key_url,
        base_url=integration.base_url or "",
        company_id=settings.company_id,
        may_be_local=our().may_call_this_machine,
    )
    verify_connectwise(signature, signing_keys.signing_key(claim.metadata.key_url), body)


def _secrets(integration: Integration) -> list[str]:
    try:
        return webhook_secrets(integration_secrets.read(integration))
    except SecretUnavailable as error:
        raise Unavailable("The secrets of the integration cannot be read now.", retry_after_s=5) from error
