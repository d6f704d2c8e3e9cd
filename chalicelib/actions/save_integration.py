"""Save the settings and secrets of an integration."""

import re

from uuid6 import uuid7

from chalicelib import log
from chalicelib.contracts.integrations import IntegrationRequest
from chalicelib.domain.addresses import parse_address
from chalicelib.domain.credentials import changed_secrets, require_all_anew
from chalicelib.domain.errors import InvalidRequest, Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.people import Caller
from chalicelib.outbound import integration_secrets
from chalicelib.outbound.secrets import SecretUnavailable
from chalicelib.settings import settings
from chalicelib.store import integrations

ATTEMPTS = 3
"""How often it is tried again when somebody else saves the same integration in between."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def save_integration(integration_id: str, body: IntegrationRequest, *, by: Caller, at: Instant) -> Integration:
    """Create the integration, or replace its settings and change the secrets that are named.

    Settings and secrets change in one moment. Raises InvalidRequest naming what cannot be right, before anything is
    written, and Unavailable when the secrets cannot be kept or others keep saving it.
    """
    if not _ID.fullmatch(integration_id):
        raise InvalidRequest("/integration_id", "An id is 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first.")
    require_address(body)
    for _ in range(ATTEMPTS):
        loaded = integrations.find(by.account_id, integration_id)
        saved = _changed(loaded, integration_id, body, by.account_id, at)
        if integrations.save(saved, loaded):
            log.info("integration saved", integration_id=integration_id, kind=saved.kind.value, version=saved.version)
            return saved
    raise Unavailable("Others are saving this integration. Try again.", retry_after_s=1)


def require_address(body: IntegrationRequest) -> None:
    """Raise InvalidRequest unless the address is one that may be called, and is there where one is needed."""
    if body.base_url is None:
        if body.settings.kind is not PsaKind.STANDARD:
            raise InvalidRequest("/base_url", f"{body.settings.kind} needs the address of its API.")
        return
    try:
        address = parse_address(body.base_url, may_be_local=settings().may_call_this_machine)
    except ValueError as error:
        raise InvalidRequest("/base_url", f"This cannot be called: {error}.") from error
    if address.query:
        raise InvalidRequest("/base_url", "This cannot be called: the address of an API has no query.")


def _changed(
    loaded: Integration | None, integration_id: str, body: IntegrationRequest, account_id: str, at: Instant
) -> Integration:
    kind = body.settings.kind
    if loaded and loaded.kind is not kind:
        raise InvalidRequest("/settings/kind", f"This integration is one of {loaded.kind}; make another for {kind}.")
    if loaded and _host_of(loaded.base_url) != _host_of(body.base_url):
        require_all_anew(kind, body.secrets)
    version, set_at = _write_secrets(loaded, integration_id, body, account_id, at)
    return Integration(
        account_id=account_id,
        id=integration_id,
        name=body.name,
        base_url=body.base_url,
        settings=body.settings,
        words=body.words,
        secret_version=version,
        secrets_set_at=set_at,
        version=loaded.version + 1 if loaded else 1,
        looked_up_to=loaded.looked_up_to if loaded else at,
        created_at=loaded.created_at if loaded else at,
        updated_at=at,
        rests_until=loaded.rests_until if loaded and loaded.base_url == body.base_url else None,
    )


def _host_of(base_url: str | None) -> str | None:
    return parse_address(base_url, may_be_local=settings().may_call_this_machine).origin if base_url else None


def _write_secrets(
    loaded: Integration | None, integration_id: str, body: IntegrationRequest, account_id: str, at: Instant
) -> tuple[str | None, dict[str, Instant]]:
    try:
        before = integration_secrets.read(loaded) if loaded else {}
        after = changed_secrets(body.settings.kind, before, body.secrets)
        was_set_at = loaded.secrets_set_at if loaded else {}
        if after == before:
            return loaded.secret_version if loaded else None, was_set_at
        version = integration_secrets.write(account_id, integration_id, after, str(uuid7()))
    except SecretUnavailable as error:
        raise Unavailable(f"The secrets cannot be kept now ({error}). Try again.", retry_after_s=5) from error
    return version, {name: was_set_at[name] if before.get(name) == after[name] else at for name in after}
