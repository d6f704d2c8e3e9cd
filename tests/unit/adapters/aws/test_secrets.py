from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from chalicelib.adapters.aws import secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable, read_secret

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@pytest.fixture
def arn(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The ARN of a secret that says `first`."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        secrets._client.cache_clear()
        yield _secrets_manager().create_secret(Name=f"ai-key-{uuid4()}", SecretString="first")["ARN"]
    secrets._client.cache_clear()


def _secrets_manager() -> "SecretsManagerClient":
    return boto3.client("secretsmanager")


def change(arn: str, value: str) -> None:
    _secrets_manager().put_secret_value(SecretId=arn, SecretString=value)


def test_secret_is_read(arn: str) -> None:
    assert read_secret(arn) == "first"


def test_value_is_kept(arn: str) -> None:
    read_secret(arn)
    change(arn, "second")

    assert read_secret(arn) == "first"


def test_value_too_old_is_read_again(arn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read_secret(arn)
    change(arn, "second")
    monkeypatch.setattr(secrets, "MAX_AGE_S", 0)

    assert read_secret(arn) == "second"


def test_refused_value_is_read_again(arn: str) -> None:
    read_secret(arn)
    change(arn, "second")

    assert read_secret(arn, refused="first") == "second"


def test_value_refused_before_is_not_read_again_once_there_is_a_new_one(arn: str) -> None:
    read_secret(arn)
    change(arn, "second")
    read_secret(arn, refused="first")
    change(arn, "third")

    assert read_secret(arn, refused="first") == "second"


def test_secret_that_is_not_there_is_unavailable(arn: str) -> None:
    with pytest.raises(SecretUnavailable, match="ResourceNotFoundException"):
        read_secret(f"{arn}-gone")


def test_missing_secrets_manager_is_unavailable(arn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:1")
    secrets._client.cache_clear()

    with pytest.raises(SecretUnavailable, match="EndpointConnectionError"):
        read_secret(arn)
