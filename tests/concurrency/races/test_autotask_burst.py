"""A burst of notes for one Autotask tenant: never more than three calls at once, and nothing fails."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.adapters.psa.clients import connect
from infra.local.psa_sandbox import PsaSandbox
from tests.support.servers.psa_sandbox import SECRETS, a_psa_sandbox, an_integration, ticket_of

BURST = 50
WAIT_S = 60.0
"""Longer than a function would wait: here all have to get their turn in one go."""


@pytest.fixture
def server(own_tables: str) -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


class Gauge:
    """How many calls are in flight, and how many at most were."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.now = self.most = 0

    def __enter__(self) -> None:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.now -= 1


def test_burst_of_notes_for_autotask_has_three_calls_in_flight_at_most_and_loses_none(server: PsaSandbox) -> None:
    integration, gauge = an_integration(server, "autotask"), Gauge()
    ticket, psa = ticket_of(server, "autotask"), connect(integration, SECRETS["autotask"])
    psa.check()

    def write(number: int) -> str:
        with calling_psa(integration, lambda: datetime.now(UTC), wait_s=WAIT_S), gauge:
            return psa.add_note(str(ticket.id), "Handed off", f"Note {number}")

    with ThreadPoolExecutor(BURST) as pool:
        note_ids = list(pool.map(write, range(BURST)))

    assert (len(set(note_ids)), len(ticket.notes)) == (BURST, BURST)
    assert 1 < gauge.most <= 3
