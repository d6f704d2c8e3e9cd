"""The store of this process at work on an emulator's DynamoDB, over real HTTP.

The tables are this process's own and have no stream, so that nothing else wakes up.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.store.connection import dynamodb
from chalicelib.store.rows.accounts import AccountItemRow
from chalicelib.store.rows.connections import ConnectionRow
from chalicelib.store.rows.deliveries import LedgerRow
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.rows.feed import FeedRow
from chalicelib.store.rows.handoff_parts import PartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.integrations import IntegrationRow
from chalicelib.store.rows.row import Row
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.rows.turns import TurnRow
from infra.local.site import REGION
from tests.support.environment import configured

ROWS = (
    *(SessionRow, TurnRow, HandoffRow, PartRow, FeedRow, EngineerRow, IntegrationRow),
    *(AccountItemRow, ConnectionRow, LedgerRow),
)
"""One kind of row of each table that is needed, the one that has its indexes."""

TIMEOUT_S = 60
"""An emulator that shares two cores with other tests answers later than the store waits for DynamoDB."""


@contextmanager
def tables_at(endpoint_url: str, prefix: str, **environment: str) -> Iterator[None]:
    """Make the tables whose names begin with `prefix` at the emulator, and let the store use them."""
    with store_at(endpoint_url, prefix, **environment):
        for row in ROWS:
            if not row.exists():
                row.create_table(billing_mode="PAY_PER_REQUEST", wait=True)
        yield


@contextmanager
def store_at(endpoint_url: str, prefix: str, **environment: str) -> Iterator[None]:
    """Let the store of this process find its tables at `endpoint_url`, whatever it has been used for before.

    `environment` has what else the settings are to say.
    """
    needed = {
        "AWS_ENDPOINT_URL_DYNAMODB": endpoint_url,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "TABLE_PREFIX": prefix,
        "AWS_TIMEOUT_S": str(TIMEOUT_S),
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    with configured(**needed | environment):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    dynamodb.cache_clear()
    for row in _kinds(Row):
        row._connection = None


def _kinds(kind: type[Row]) -> list[type[Row]]:
    """Every kind of row that has been imported: several share a table, and each remembers its connection."""
    return [row for direct in kind.__subclasses__() for row in (direct, *_kinds(direct))]
