"""Sixteen deliveries for one ticket, handled at once by as many runs: the ticket is read once, and none is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.actions.ticket_sync.share_reading import shared_reading
from chalicelib.adapters.psa.clients import connect
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from infra.local.psa_sandbox import PsaSandbox
from tests.support.servers.psa_sandbox import SECRETS, SYSTEMS, a_psa_sandbox, an_integration, ticket_of

RUNS = 16
WAIT_S = 30.0
"""Longer than a run would wait: here all have to be served in one go."""


@pytest.fixture
def server(own_tables: str) -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


@pytest.mark.parametrize("system", SYSTEMS)
def test_deliveries_for_one_ticket_at_once_are_one_reading(server: PsaSandbox, system: str) -> None:
    integration, ticket_id = an_integration(server, system), str(ticket_of(server, system).id)
    psa = connect(integration, SECRETS[system])
    delivery = Delivery(event=TicketEvent.UPDATED, external_id=ticket_id, ticket_id=ticket_id, dedupe_key=None)
    message = DeliveryMessage(
        account_id=integration.account_id,
        integration_id=integration.id,
        delivery=delivery,
        correlation_id="",
        received_at=datetime.now(UTC) - timedelta(seconds=1),  # a reading of the same millisecond would not count
    )

    def handle(_: int) -> bool:
        with shared_reading(integration, message, lambda: datetime.now(UTC), wait_s=WAIT_S) as is_needed:
            if is_needed:
                psa.read_ticket(ticket_id)
            return is_needed

    with ThreadPoolExecutor(RUNS) as pool:
        has_read = list(pool.map(handle, range(RUNS)))

    assert (len(has_read), sum(has_read)) == (RUNS, 1)
