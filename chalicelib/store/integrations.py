"""Integrations: reading, listing, saving and deleting them, how far they are reconciled, and their rate limit."""

from collections.abc import Iterator

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.integration import Integration
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import DELIVERIES, INTEGRATIONS
from chalicelib.store.mapping import set_or_remove, to_attributes, to_value
from chalicelib.store.rows.integrations import IntegrationRow, ListedIntegrationRow
from chalicelib.store.transactions import Transaction, update_alone

_AFTER_DELIVERIES = DELIVERIES[:-1] + chr(ord(DELIVERIES[-1]) + 1)


def load(account_id: str, integration_id: str) -> Integration:
    """Return the integration. Raises NotFound when the account has none of that id."""
    integration = find(account_id, integration_id)
    if integration is None:
        raise NotFound("integration")
    return integration


def find(account_id: str, integration_id: str) -> Integration | None:
    """Return the account's integration of that id, None when there is none."""
    if integration_id.startswith(DELIVERIES):  # they lie among the integrations
        return None
    try:
        return _integration(IntegrationRow.get(account_id, integration_id, consistent_read=True))
    except DoesNotExist:
        return None


def list_all(account_id: str, page: PageRequest) -> ListPage[Integration]:
    """Return the account's integrations by id, without reading through the marks of deliveries among them."""
    after = str(decode_cursor(page.cursor, str)[0]) if page.cursor else " "
    found: list[Integration] = []
    for row in _rows_after(account_id, after, page.limit + 1):
        found.append(_integration(row))
        if len(found) > page.limit:
            return ListPage(found[:-1], encode_cursor(found[-2].id))
    return ListPage(found, None)


def _rows_after(account_id: str, after: str, limit: int) -> Iterator[IntegrationRow]:
    key = IntegrationRow.integration_id
    if after < DELIVERIES:
        rows = IntegrationRow.query(account_id, key.between(after + " ", DELIVERIES), limit=limit, consistent_read=True)
        yield from rows
    yield from IntegrationRow.query(account_id, key > max(after, _AFTER_DELIVERIES), limit=limit, consistent_read=True)


def list_everywhere() -> list[tuple[str, str]]:
    """Return account and id of every integration, and of some that have been deleted."""
    listed = [row.integration_id.partition("#") for row in ListedIntegrationRow.query(INTEGRATIONS)]
    return [(account_id, integration_id) for account_id, _, integration_id in listed]


def save(integration: Integration, loaded: Integration | None) -> bool:
    """Write `integration` over what was loaded, nothing or its earlier self; return False when that has changed since.

    Of one that is there the settings are written and nothing else, as failures, rate limit and reconciliation are
    written by others meanwhile; at another address no rate limit holds. It is listed in the same transaction: one that
    is not listed would be forgotten.
    """
    transaction = Transaction()
    transaction.put(_listed(integration.account_id, integration.id), None)
    if loaded:
        row = IntegrationRow(integration.account_id, integration.id)
        transaction.update(row, _settings(integration, loaded), is_as_loaded(loaded))
    else:
        row = IntegrationRow(**to_attributes(integration, id="integration_id"))
        transaction.put(row, IntegrationRow.integration_id.does_not_exist())
    return transaction.commits()


def is_as_loaded(integration: Integration) -> Condition:
    """The condition that nobody has saved the integration since it was loaded; its id may be used again."""
    created_at = format_instant(integration.created_at)
    return (IntegrationRow.version == integration.version) & (IntegrationRow.created_at == created_at)


def _settings(integration: Integration, loaded: Integration) -> list[Action]:
    row, content = IntegrationRow, to_attributes(integration)
    is_elsewhere = integration.base_url != loaded.base_url
    return [
        row.name.set(content["name"]),
        set_or_remove(row.base_url, content.get("base_url")),
        row.settings.set(content["settings"]),
        row.ticket_mapping.set(content["ticket_mapping"]),
        set_or_remove(row.secret_version, content.get("secret_version")),
        row.secrets_set_at.set(content["secrets_set_at"]),
        row.version.set(content["version"]),
        row.updated_at.set(content["updated_at"]),
        *([row.rate_limited_until.remove()] if is_elsewhere else []),
    ]


def delete(account_id: str, integration_id: str) -> None:
    """Delete the integration, and take it off the list; one that is not there is fine."""
    _delete(account_id, integration_id, None)


def unlist(account_id: str, integration_id: str) -> None:
    """Take an integration that is not there off the list; one that is there stays on it."""
    _delete(account_id, integration_id, IntegrationRow.integration_id.does_not_exist())


def _delete(account_id: str, integration_id: str, condition: Condition | None) -> None:
    transaction = Transaction()
    transaction.delete(IntegrationRow(account_id, integration_id), condition)
    transaction.delete(_listed(account_id, integration_id), None)
    transaction.commits()


def mark_reconciled(integration: Integration, up_to: Instant) -> None:
    """Remember that the changes of tickets up to a time have been looked at; an earlier time changes nothing."""
    is_later = IntegrationRow.reconciled_until < format_instant(up_to)
    row = IntegrationRow(integration.account_id, integration.id)
    update_alone(row, [IntegrationRow.reconciled_until.set(format_instant(up_to))], is_later)


def set_rate_limit(integration: Integration, until: Instant) -> None:
    """Store that the PSA is not to be called until then; an earlier time or other settings change nothing."""
    given, kept = format_instant(until), IntegrationRow.rate_limited_until
    is_later = kept.does_not_exist() | (kept < given)
    row = IntegrationRow(integration.account_id, integration.id)
    update_alone(row, [kept.set(given)], is_as_loaded(integration) & is_later)


def _listed(account_id: str, integration_id: str) -> ListedIntegrationRow:
    return ListedIntegrationRow(INTEGRATIONS, f"{account_id}#{integration_id}")


def _integration(row: IntegrationRow) -> Integration:
    return to_value(Integration, row, id="integration_id")
