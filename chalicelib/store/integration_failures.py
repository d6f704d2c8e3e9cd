"""Failures of a part of an integration: stored on its row, and announced in the feeds in the same transaction."""

from typing import Any

from pynamodb.attributes import MapAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.audiences import integration_audiences
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.integration import Integration, IntegrationFailure, IntegrationPart
from chalicelib.store import feed
from chalicelib.store.integrations import is_as_loaded
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.feed import FeedRow
from chalicelib.store.rows.integrations import IntegrationRow
from chalicelib.store.transactions import Transaction, update_alone


def begin(integration: Integration, part: IntegrationPart, failure: IntegrationFailure, event: Event) -> bool:
    """Write that the part fails from now on, with `event`; False, with nothing written, when that is known.

    False as well when the integration was saved since it was loaded: the failure is one of the settings of before.
    """
    kept = _kept(part)
    transaction = _feed_rows(event)
    is_news = is_as_loaded(integration) & kept.does_not_exist()
    transaction.update(_row(integration), [kept.set(to_document(failure))], is_news)
    return transaction.commits()


def put_off(integration: Integration, part: IntegrationPart, reason: str, until: Instant) -> bool:
    """Write that the part still fails, and is not tried again before `until`; False when it does not fail any more."""
    kept = _kept(part)
    actions = [kept["reason"].set(reason), kept["next_try_at"].set(format_instant(until))]
    return update_alone(_row(integration), actions, is_as_loaded(integration) & kept.exists())


def mark_announced(integration: Integration, part: IntegrationPart, failure: IntegrationFailure) -> None:
    """Write that the topic has the event of `failure`."""
    kept = _kept(part)
    update_alone(_row(integration), [kept["is_announced"].set(True)], _is_since(kept, failure))


def end(integration: Integration, part: IntegrationPart, failure: IntegrationFailure, event: Event) -> bool:
    """Write that `failure` is over, with `event`; False, with nothing written, when somebody else has, or saved it."""
    kept = _kept(part)
    transaction = _feed_rows(event)
    transaction.update(_row(integration), [kept.remove()], is_as_loaded(integration) & _is_since(kept, failure))
    return transaction.commits()


def _feed_rows(event: Event) -> Transaction:
    transaction = Transaction()
    for audience in integration_audiences(event):
        transaction.put(feed.row_of(audience, event), FeedRow.event_id.does_not_exist())
    return transaction


def _kept(part: IntegrationPart) -> MapAttribute[str, Any]:
    return IntegrationRow.access_failure if part is IntegrationPart.ACCESS else IntegrationRow.webhook_failure


def _row(integration: Integration) -> IntegrationRow:
    return IntegrationRow(integration.account_id, integration.id)


def _is_since(kept: MapAttribute[str, Any], failure: IntegrationFailure) -> Condition:
    is_since: Condition = kept["since"] == format_instant(failure.since)
    return is_since
