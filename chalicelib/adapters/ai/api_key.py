"""The API key of the configured AI provider."""

import boto3

from chalicelib.adapters.ai.faults import not_configured
from chalicelib.adapters.aws.secrets import SecretUnavailable, read_secret
from chalicelib.settings import Settings


def ai_key(settings: Settings, *, refused: str | None = None) -> str:
    """Return the key to send; it is read again when the cached one is the `refused` one.

    Bedrock takes none: requests are signed as the function's role. Raises AiUnavailable (not_configured) when there is
    no key, when it cannot be read, and when it could not even be written into a header.
    """
    match settings.ai_provider:
        case "bedrock":
            return _none_but_a_signature()
        case "rehearsal":
            return _a_stand_in(settings.ai_base_url)
        case "anthropic":
            return _sendable(settings.anthropic_api_key or _stored(settings.ai_key_secret_arn, refused))


def _none_but_a_signature() -> str:
    session = boto3.Session()
    if not session.region_name or session.get_credentials() is None:
        raise not_configured("Bedrock needs an AWS region and credentials, and there are none.")
    return ""


def _a_stand_in(address: str) -> str:
    if not address:
        raise not_configured("AI_BASE_URL does not say where the rehearsal model is.")
    return "rehearsal"


def _stored(arn: str, refused: str | None) -> str:
    if not arn:
        raise not_configured("No key of the AI service is configured.")
    try:
        return read_secret(arn, refused=refused)
    except SecretUnavailable as error:
        raise not_configured(f"The key of the AI service could not be read ({error}).") from error


def _sendable(key: str) -> str:
    key = key.strip()
    if not key:
        raise not_configured("The key of the AI service is empty.")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise not_configured("The key of the AI service has characters that no key has.")
    return key
