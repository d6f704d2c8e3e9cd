"""Values of Secrets Manager, read when first needed and kept for five minutes."""

import threading
import time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws.call_limits import quick_calls

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MAX_AGE_S = 300
"""How long a value is used before it is read again, in seconds: a rotation is noticed no later."""


class SecretUnavailable(Exception):
    """The secret could not be read. The message names the kind of failure, never the value."""


class _Kept(NamedTuple):
    value: str
    read_at: float


_kept: dict[str, _Kept] = {}
_reading = threading.Lock()


def read_secret(arn: str, *, refused: str | None = None) -> str:
    """Return the string of the secret `arn`, at most 300 s old.

    A kept value that equals `refused`, the one that was just turned down, is read again; so of many callers that were
    turned down at once, one reads and the others find the new value. Raises SecretUnavailable.
    """
    with _reading:
        kept = _kept.get(arn)
        if kept and kept.value != refused and time.monotonic() - kept.read_at < MAX_AGE_S:
            return kept.value
        value = _fetch(arn)
        _kept[arn] = _Kept(value, time.monotonic())
        return value


def _fetch(arn: str) -> str:
    try:
        answer = _client().get_secret_value(SecretId=arn)
    except ClientError as error:
        raise SecretUnavailable(error.response["Error"]["Code"]) from error
    except BotoCoreError as error:
        raise SecretUnavailable(type(error).__name__) from error
    return answer.get("SecretString", "")


@cache
def _client() -> "SecretsManagerClient":
    import boto3

    return boto3.Session().client("secretsmanager", config=quick_calls())
