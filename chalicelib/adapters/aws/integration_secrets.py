"""The secrets of integrations in Secrets Manager: one secret for each integration, all of its values in one version.

The integration's row names the version that goes with its settings. So both change in one moment, when the row is
written; and what was read of a version stays true, so it is kept for as long as the process lives.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.domain.integration import Integration
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MOST_KEPT = 200
"""How many versions a process keeps."""

_kept: OrderedDict[tuple[str, str], Mapping[str, str]] = OrderedDict()


def read(integration: Integration) -> Mapping[str, str]:
    """Return the integration's secrets by name. Raises SecretUnavailable."""
    if integration.secret_version is None:
        return {}
    key = (_name(integration.account_id, integration.id), integration.secret_version)
    if key not in _kept:
        _kept[key] = _fetch(*key)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def write(account_id: str, integration_id: str, secrets: Mapping[str, str], version: str) -> str:
    """Write a new version and return its name, for the integration's row. Repeating it changes nothing.

    The name is `version`, but for the first version of a secret on the local emulator, which makes up one of its own.
    Secrets Manager keeps a version that no label points to for a day at least, so the one that the row still names
    stays readable while the next is written. Raises SecretUnavailable.
    """
    client, name, text = _client(), _name(account_id, integration_id), json.dumps(dict(secrets))
    try:
        try:
            written = client.put_secret_value(SecretId=name, SecretString=text, ClientRequestToken=version)
        except client.exceptions.ResourceNotFoundException:
            return client.create_secret(Name=name, SecretString=text, ClientRequestToken=version)["VersionId"]
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error
    return written["VersionId"]


def delete(account_id: str, integration_id: str) -> None:
    """Delete the secret with all its versions; an absent one is a success. Raises SecretUnavailable."""
    client = _client()
    try:
        client.delete_secret(SecretId=_name(account_id, integration_id), ForceDeleteWithoutRecovery=True)
    except client.exceptions.ResourceNotFoundException:
        return
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error


def _fetch(name: str, version: str) -> Mapping[str, str]:
    try:
        answer = _client().get_secret_value(SecretId=name, VersionId=version)
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error
    secrets: dict[str, str] = json.loads(answer["SecretString"])
    return secrets


def _name(account_id: str, integration_id: str) -> str:
    return f"{settings().integration_secrets_prefix}{account_id}/{integration_id}"


def _unavailable(error: BotoCoreError | ClientError) -> SecretUnavailable:
    code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    return SecretUnavailable(code)


@cache
def _client() -> "SecretsManagerClient":
    import boto3

    limits = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
    return boto3.client("secretsmanager", config=limits)
