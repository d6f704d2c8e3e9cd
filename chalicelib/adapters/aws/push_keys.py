"""The private key that push messages are signed with (VAPID, RFC 8292), in Secrets Manager."""

import json

from chalicelib.adapters.aws.secrets import SecretUnavailable, read_secret
from chalicelib.settings import settings


def read_private_key() -> str:
    """Return the key: 32 bytes in base64url. Raises SecretUnavailable."""
    if not settings().push_keys_secret:
        raise SecretUnavailable("none is configured")
    try:
        key: str = json.loads(read_secret(settings().push_keys_secret))["private_key"]
    except (ValueError, KeyError, TypeError) as error:
        raise SecretUnavailable("it holds no key") from error
    return key
