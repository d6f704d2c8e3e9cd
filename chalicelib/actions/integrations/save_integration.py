"""Save the settings and secrets of an integration."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from uuid6 import uuid7

from chalicelib import log
from chalicelib.actions.integrations.check_connection import trouble_with
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.contracts.integrations import IntegrationRequest
from chalicelib.domain.credentials import changed_secrets, require_every_secret
from chalicelib.domain.errors import InvalidRequest, NotFound, Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, is_integration_id
from chalicelib.domain.outbound_urls import parse_address
from chalicelib.domain.people import Caller
from chalicelib.settings import settings
from chalicelib.store import integrations
from chalicelib.store.stale_write import StaleWrite


def save_integration(integration_id: str, body: IntegrationRequest, *, by: Caller, at: Instant) -> Integration:
    """Create the integration, or replace its settings and change the secrets that are named.

    Settings and secrets change in one moment. Where the body names the version that was read, only that one is
    replaced; the same change once more is a success, as the first answer may have been lost. Where the PSA refused
    every call, it is called with the new settings. A new integration is searched for the tickets of all whom the
    account knows.
    Raises InvalidRequest naming what cannot be right, InvalidState when it has been saved since that version, NotFound
    when it has been deleted since, all before anything is written; and Unavailable when the secrets cannot be kept or
    others keep saving it. Who is overtaken between the two writes leaves a version of the secret that nobody names.
    """
    if not is_integration_id(integration_id):
        raise InvalidRequest("/integration_id", "An id is 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first.")
    require_address(body)
    _require_time_zone(body)
    try:
        saved = _save(integration_id, body, by.account_id, at)
    except SecretUnavailable as error:
        raise Unavailable(f"The secrets cannot be kept now ({error}). Try again.", retry_after_s=5) from error
    log.info("integration saved", integration_id=integration_id, kind=saved.kind.value, version=saved.version)
    if saved.version == 1:
        from chalicelib.actions.ticket_sync.ask_for_ticket_search import (
            ask_for_searches_in,
        )  # lazy: cold start (ADR 0015)

        ask_for_searches_in(saved)
    if saved.access_failure is None:
        return saved
    trouble_with(saved, lambda: at)  # what waits goes as soon as the settings work
    return integrations.load(saved.account_id, saved.id)


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


def _require_time_zone(body: IntegrationRequest) -> None:
    try:
        if isinstance(body.settings, StandardSettings):
            ZoneInfo(body.settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidRequest("/settings/time_zone", "This is no IANA time zone, such as Europe/Brussels.") from error


def _save(integration_id: str, body: IntegrationRequest, account_id: str, at: Instant) -> Integration:
    def save() -> Integration:
        loaded = integrations.find(account_id, integration_id)
        if loaded and _is_repeated(loaded, body):
            return loaded
        _require_version(loaded, body.version)
        saved = _changed(loaded, integration_id, body, account_id, at)
        if not integrations.save(saved, loaded):
            raise StaleWrite
        return _as_stored(saved) if loaded else saved

    return retry_stale(save, what="The integration")


def _as_stored(saved: Integration) -> Integration:
    """Return what was saved with the failures and the rate limit that the integration has by now."""
    stored = integrations.find(saved.account_id, saved.id)
    return stored if stored and stored.version == saved.version else saved


def _is_repeated(loaded: Integration, body: IntegrationRequest) -> bool:
    """Whether all that is asked for was saved after the version that was read."""
    if body.version is None or body.version >= loaded.version:
        return False
    asked = {
        "name": body.name,
        "base_url": body.base_url,
        "settings": body.settings,
        "ticket_mapping": body.ticket_mapping,
    }
    if loaded.model_copy(update=asked) != loaded:
        return False
    secrets = integration_secrets.read(loaded)
    return changed_secrets(loaded.kind, secrets, body.secrets) == secrets


def _require_version(loaded: Integration | None, read: int | None) -> None:
    if loaded:
        loaded.require_version(read)
    elif read is not None:
        raise NotFound("integration")


def _changed(
    loaded: Integration | None, integration_id: str, body: IntegrationRequest, account_id: str, at: Instant
) -> Integration:
    kind = body.settings.kind
    if loaded and loaded.kind is not kind:
        raise InvalidRequest("/settings/kind", f"This integration is one of {loaded.kind}; make another for {kind}.")
    if loaded and _host_of(loaded.base_url) != _host_of(body.base_url):
        require_every_secret(kind, body.secrets)
    version, set_at = _write_secrets(loaded, integration_id, body, account_id, at)
    return Integration(
        account_id=account_id,
        id=integration_id,
        name=body.name,
        base_url=body.base_url,
        settings=body.settings,
        ticket_mapping=body.ticket_mapping,
        secret_version=version,
        secrets_set_at=set_at,
        version=loaded.version + 1 if loaded else 1,
        reconciled_until=loaded.reconciled_until if loaded else at,
        created_at=loaded.created_at if loaded else at,
        updated_at=at,
        rate_limited_until=loaded.rate_limited_until if loaded and loaded.base_url == body.base_url else None,
        access_failure=loaded.access_failure if loaded else None,
        webhook_failure=loaded.webhook_failure if loaded else None,
    )


def _host_of(base_url: str | None) -> str | None:
    return parse_address(base_url, may_be_local=settings().may_call_this_machine).origin if base_url else None


def _write_secrets(
    loaded: Integration | None, integration_id: str, body: IntegrationRequest, account_id: str, at: Instant
) -> tuple[str | None, dict[str, Instant]]:
    before = integration_secrets.read(loaded) if loaded else {}
    after = changed_secrets(body.settings.kind, before, body.secrets)
    was_set_at = loaded.secrets_set_at if loaded else {}
    if after == before:
        return loaded.secret_version if loaded else None, was_set_at
    version = integration_secrets.write(account_id, integration_id, after, str(uuid7()))
    return version, {name: was_set_at[name] if before.get(name) == after[name] else at for name in after}
