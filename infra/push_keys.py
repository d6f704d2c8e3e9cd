"""The key pair that push messages are signed with (VAPID, RFC 8292): made at a stack's first deployment.

Browsers subscribe with the public key and take messages of no other, so the secret is no part of the stack: a stack
that is created again finds the keys of the one before. The person who deploys needs `secretsmanager:GetSecretValue` and
`CreateSecret` for it.
"""

import json
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from infra.cloud import Cloud


class PushKeysUnreadable(Exception):
    """The secret holds no key pair; the text names it."""


def push_public_key(cloud: Cloud, stack_name: str) -> str:
    """Return the stack's public key in base64url; the pair is made, and kept in Secrets Manager, where there is none.

    Raises PushKeysUnreadable, ClientError and BotoCoreError.
    """
    name, secrets = f"flowpilot/{stack_name}/push-keys", cloud.secrets_manager()
    try:
        kept = secrets.get_secret_value(SecretId=name)["SecretString"]
    except secrets.exceptions.ResourceNotFoundException:
        kept = json.dumps(new_key_pair())
        about = f"Signs push messages of {stack_name}. A new one ends every subscription of a browser."
        secrets.create_secret(Name=name, Description=about, SecretString=kept)
    try:
        return str(json.loads(kept)["public_key"])
    except (ValueError, KeyError, TypeError):
        raise PushKeysUnreadable(f"the secret {name} holds no public_key; delete it, and a new pair is made") from None


def new_key_pair() -> dict[str, str]:
    """Return a key pair of the curve P-256: the private number, and the public point uncompressed, in base64url."""
    key = ec.generate_private_key(ec.SECP256R1())
    number = key.private_numbers().private_value.to_bytes(32, "big")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"private_key": _encoded(number), "public_key": _encoded(point)}


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
