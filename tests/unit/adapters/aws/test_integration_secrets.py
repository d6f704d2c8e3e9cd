from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, TicketMapping
from tests.support.builders import ACME, START
from tests.support.environment import configured


@pytest.fixture(autouse=True)
def _manager() -> Iterator[None]:
    here = {"AWS_DEFAULT_REGION": "us-east-1", "INTEGRATION_SECRETS_PREFIX": "flowpilot/test/integrations/"}
    with configured(AWS_ENDPOINT_URL=None, **here), mock_aws():
        yield


def naming(version: str | None, integration_id: str = "psa") -> Integration:
    return Integration(
        account_id=ACME,
        id=integration_id,
        name="PSA",
        base_url=None,
        settings=StandardSettings(kind=PsaKind.STANDARD),
        ticket_mapping=TicketMapping(),
        secret_version=version,
        secrets_set_at={},
        version=1,
        reconciled_until=START,
        created_at=START,
        updated_at=START,
    )


def write(secret: str) -> str:
    return integration_secrets.write(ACME, "psa", {"webhook_secret": secret}, str(uuid4()))


def test_written_secrets_are_read_by_version() -> None:
    first = write("one")
    second = write("two")

    read = [integration_secrets.read(naming(version))["webhook_secret"] for version in (first, second)]

    assert read == ["one", "two"]


def test_integration_without_a_version_has_no_secrets() -> None:
    assert integration_secrets.read(naming(None)) == {}


def test_secret_lies_below_the_prefix_under_its_account() -> None:
    write("one")

    [secret] = boto3.client("secretsmanager").list_secrets()["SecretList"]

    assert secret["Name"] == "flowpilot/test/integrations/acme/psa"


def test_version_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(SecretUnavailable):
        integration_secrets.read(naming("00000000-0000-0000-0000-000000000000", "other"))


def test_deleted_integration_can_be_created_again() -> None:
    write("one")
    integration_secrets.delete(ACME, "psa")

    version = write("two")

    assert integration_secrets.read(naming(version)) == {"webhook_secret": "two"}


def test_deleting_what_is_not_there_is_fine() -> None:
    integration_secrets.delete(ACME, "never")

    assert boto3.client("secretsmanager").list_secrets()["SecretList"] == []
