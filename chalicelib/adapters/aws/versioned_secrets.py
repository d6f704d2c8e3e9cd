"""Secrets whose versions are named by what uses them: all values of one thing are one version of one secret.

The row of the thing names the version that goes with its settings. So both change in one moment, when the row is
written; and what was read of a version stays true, so it is kept for as long as the process lives (ADR 0012).
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws.call_limits import quick_calls
from chalicelib.adapters.aws.secrets import SecretUnavailable

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MOST_KEPT = 200
"""How many versions a process keeps."""

_kept: OrderedDict[tuple[str, str], Mapping[str, str]] = OrderedDict()


def read_version(name: str, version: str) -> Mapping[str, str]:
    """Return the values of a version by name. Raises SecretUnavailable."""
    key = (name, version)
    if key not in _kept:
        _kept[key] = _fetch(name, version)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def write_version(name: str, values: Mapping[str, str], version: str) -> str:
    """Write a new version and return its name, for the row. Repeating it changes nothing.

    The name is `version`, but for the first version of a secret on the local emulator, which makes up one of its own.
    Secrets Manager keeps a version that no label points to for a day at least, so the one that the row still names
    stays readable while the next is written. Raises SecretUnavailable.
    """
    client, text = _client(), json.dumps(dict(values))
    try:
        try:
            written = client.put_secret_value(SecretId=name, SecretString=text, ClientRequestToken=version)
        except client.exceptions.ResourceNotFoundException:
            return client.create_secret(Name=name, SecretString=text, ClientRequestToken=version)["VersionId"]
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error
    return written["VersionId"]


def delete_secret(name: str) -> None:
    """Delete the secret with all its versions; an absent one is a success. Raises SecretUnavailable."""
    client = _client()
    try:
        client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    except client.exceptions.ResourceNotFoundException:
        return
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error


def forget() -> None:
    """Forget what was read, and the client: for processes that change where they are."""
    _kept.clear()
    _client.cache_clear()


def _fetch(name: str, version: str) -> Mapping[str, str]:
    try:
        answer = _client().get_secret_value(SecretId=name, VersionId=version)
    except (BotoCoreError, ClientError) as error:
        raise _unavailable(error) from error
    values: dict[str, str] = json.loads(answer["SecretString"])
    return values


def _unavailable(error: BotoCoreError | ClientError) -> SecretUnavailable:
    code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    return SecretUnavailable(code)


@cache
def _client() -> "SecretsManagerClient":
    import boto3

    return boto3.client("secretsmanager", config=quick_calls())
