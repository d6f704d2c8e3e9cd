"""The secrets of integrations in Secrets Manager: one secret for each integration, all of its values in one version."""

from collections.abc import Mapping

from chalicelib.adapters.aws.versioned_secrets import delete_secret, read_version, write_version
from chalicelib.domain.integration import Integration
from chalicelib.settings import settings


def read(integration: Integration) -> Mapping[str, str]:
    """Return the integration's secrets by name. Raises SecretUnavailable."""
    if integration.secret_version is None:
        return {}
    return read_version(_name(integration.account_id, integration.id), integration.secret_version)


def write(account_id: str, integration_id: str, secrets: Mapping[str, str], version: str) -> str:
    """Write a new version and return its name, for the integration's row. Raises SecretUnavailable."""
    return write_version(_name(account_id, integration_id), secrets, version)


def delete(account_id: str, integration_id: str) -> None:
    """Delete the secret with all its versions; an absent one is a success. Raises SecretUnavailable."""
    delete_secret(_name(account_id, integration_id))


def _name(account_id: str, integration_id: str) -> str:
    return f"{settings().integration_secrets_prefix}{account_id}/{integration_id}"
