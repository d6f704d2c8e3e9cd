"""Claim workers in separate processes that tests can kill mid-request.

The clock of a history, `time.monotonic`, is one for all processes of a machine.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import NamedTuple

from tests.concurrency.races.history import Act, History, Operation, Unknown
from tests.concurrency.races.in_process import store_at
from tests.concurrency.races.racers import InProcessRacer, seniors
from tests.concurrency.races.races import all_at_once
from tests.support.scenarios.actions import Place

START_FRESH = get_context("forkserver")
"""A fork of the test's own process would share its connections."""

START_FRESH.set_forkserver_preload([__name__])  # what takes seconds to import is imported once for all workers


class Asked(NamedTuple):
    """Somebody is about to claim; sent before the request is, so that it is known of whatever happens next."""

    who: str
    invoked: float


class ClaimWorkers:
    """Some racers, in one process."""

    def __init__(self, racers: Sequence[InProcessRacer], endpoint_url: str, table_prefix: str) -> None:
        self.racers = racers
        self._ours, theirs = START_FRESH.Pipe()
        self._process = START_FRESH.Process(
            target=_live, args=(theirs, racers, endpoint_url, table_prefix), daemon=True
        )
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Until the process has a connection."""
        self._ours.recv()

    def claim(self, place: Place, history: History, killed_at: int | None) -> None:
        """All claim at once; the process is killed at its message of that number, of two by each racer."""
        self._ours.send(place)
        asked: dict[str, Asked] = {}
        for number, message in enumerate(self._messages(), start=1):
            if number == killed_at:
                self._process.kill()
            if isinstance(message, Asked):
                asked[message.who] = message
            else:
                history.operations.append(message)
                del asked[message.who]
        history.operations.extend(Operation.ended(one.who, Act.CLAIM, Unknown(), one.invoked) for one in asked.values())

    def _messages(self) -> Iterator[Asked | Operation]:
        for _ in range(2 * len(self.racers)):
            try:
                yield self._ours.recv()
            except (EOFError, ConnectionError):  # what was under way when the process died is cut off
                return

    def bury(self) -> None:
        """End the process if it still lives."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._ours.close()


@contextmanager
def workers(processes: int, each: int, endpoint_url: str, table_prefix: str) -> Iterator[list[ClaimWorkers]]:
    """Processes with so many seniors each, ready to race."""
    people = seniors(processes * each)
    packs = [
        ClaimWorkers(people[first : first + each], endpoint_url, table_prefix) for first in range(0, len(people), each)
    ]
    try:
        for pack in packs:
            pack.wait_until_ready()
        yield packs
    finally:
        for pack in packs:
            pack.bury()


def _live(parent: Connection, racers: Sequence[InProcessRacer], endpoint_url: str, table_prefix: str) -> None:
    sending = Lock()

    def send(message: object) -> None:
        with sending:
            parent.send(message)

    def claim(racer: InProcessRacer, place: Place) -> None:
        invoked = time.monotonic()
        send(Asked(racer.who, invoked))
        answer = racer.claim(place)
        send(Operation.ended(racer.who, Act.CLAIM, answer, invoked))

    with store_at(endpoint_url, table_prefix):
        send("ready")
        place = parent.recv()
        all_at_once([partial(claim, racer, place) for racer in racers])
        parent.recv()  # nobody writes any more; the end of the parent ends this
