"""Lambda's event source mapping for a DynamoDB stream, by the rules that AWS documents, under a clock of its own.

Sources, of the AWS Lambda developer guide: "Using AWS Lambda with Amazon DynamoDB" (polling four times a second, lanes
that keep the order of each item), "Configuring partial batch response" (the lowest failed record is the checkpoint, and
what counts as success and failure), "Retain discarded records" (halving a batch costs no retry, and only its place goes
to the destination). Where the guide leaves open how a half-failed batch goes on, the reading that is worse for us is
taken: from the checkpoint on it is repeated, and given up, as a whole.
"""

import heapq
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from tests.support.event_pattern import matches

POLL_S = 0.25
RETRY_PAUSE_S = 1.0
"""The guide names no pause between tries; it backs off."""


@dataclass(frozen=True)
class Mapping:
    """What a mapping is set to. Numbers below zero mean: without end."""

    batch_size: int = 100
    lanes: int = 1
    halves_on_error: bool = False
    reads_failures: bool = False
    most_retries: int = -1
    oldest_s: float = -1
    patterns: tuple[dict[str, Any], ...] = ()
    timeout_s: float = 60.0


class Record(NamedTuple):
    """A record of the stream, and when it came about."""

    body: dict[str, Any]
    born_at: float

    @property
    def sequence_number(self) -> str:
        """Its place in its shard."""
        return str(self.body["dynamodb"]["SequenceNumber"])

    @property
    def item(self) -> str:
        """The item whose records keep their order: partition and sort key."""
        return repr(sorted(self.body["dynamodb"]["Keys"].items()))


class Run(NamedTuple):
    """What a function answered, and how long it took, in simulated seconds."""

    answer: object
    took_s: float


class Crashed(Exception):
    """The function ended without an answer."""

    def __init__(self, took_s: float) -> None:
        super().__init__("crashed")
        self.took_s = took_s


class Context:
    """The part of Lambda's context that the handlers ask for."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s

    def get_remaining_time_in_millis(self) -> int:
        """All of the time: a run begins when it is called."""
        return int(self._timeout_s * 1000)


Function = Callable[[dict[str, Any], Context], Run]


class Discarded(NamedTuple):
    """The message to a failure destination: the batch's position, and why it was given up. Never its content."""

    sequence_numbers: tuple[str, ...]
    reason: str
    at: float


class Simulation:
    """A clock and what is to happen, in order."""

    def __init__(self) -> None:
        self.now = 0.0
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._ties = count()

    def at(self, when: float, act: Callable[[], None]) -> None:
        """Have something done at a time that has not passed."""
        heapq.heappush(self._agenda, (max(when, self.now), next(self._ties), act))

    def run(self, until: float) -> None:
        """Let everything happen up to a time."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        self.now = until


@dataclass
class Consumer:
    """A function behind a mapping, on one shard of the stream."""

    simulation: Simulation
    mapping: Mapping
    function: Function
    discarded: list[Discarded] = field(default_factory=list)
    calls: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    """When the function was called, and with which records."""

    def __post_init__(self) -> None:
        self._lanes = [_Lane(self) for _ in range(self.mapping.lanes)]

    def receive(self, record: Record) -> None:
        """Take a record of the shard, if the mapping's filter lets it through."""
        patterns = self.mapping.patterns
        if not patterns or any(matches(pattern, record.body) for pattern in patterns):
            self._lanes[zlib.crc32(record.item.encode()) % len(self._lanes)].append(record)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits or runs."""
        return not any(lane.is_busy for lane in self._lanes)


class _Lane:
    """One of the batches at a time that a mapping works on: the records of an item all go through the same one."""

    def __init__(self, consumer: Consumer) -> None:
        self._of = consumer
        self._waiting: deque[Record] = deque()
        self.is_busy = False

    def append(self, record: Record) -> None:
        self._waiting.append(record)
        if not self.is_busy:
            self.is_busy = True
            self._later(POLL_S, self._poll)

    def _poll(self) -> None:
        size = min(self._of.mapping.batch_size, len(self._waiting))
        self._try([self._waiting.popleft() for _ in range(size)], 0, self._poll_or_rest)

    def _poll_or_rest(self) -> None:
        self.is_busy = bool(self._waiting)
        if self.is_busy:
            self._poll()

    def _try(self, batch: list[Record], retries: int, then: Callable[[], None]) -> None:
        """Call the function until the batch is done with, one way or another, and go on with `then`."""
        batch = self._young_enough(batch)
        if not batch:
            return then()
        numbers = tuple(record.sequence_number for record in batch)
        self._of.calls.append((self._of.simulation.now, numbers))
        context = Context(self._of.mapping.timeout_s)
        try:
            run = self._of.function({"Records": [record.body for record in batch]}, context)
        except Crashed as crash:
            return self._later(crash.took_s, lambda: self._retry_all(batch, retries, then))
        done = self._done(batch, run.answer)
        return self._later(run.took_s, lambda: self._after(batch, done, retries, then))

    def _after(self, batch: list[Record], done: int | None, retries: int, then: Callable[[], None]) -> None:
        if done is None:
            self._retry_all(batch, retries, then)
        elif done == len(batch):
            then()
        else:
            self._retry(batch[done:], 0 if done else retries, then)

    def _done(self, batch: list[Record], answer: object) -> int | None:
        """How many records lie before the checkpoint; None when the whole batch counts as failed."""
        failures = answer.get("batchItemFailures") if isinstance(answer, dict) else None
        if not failures or not self._of.mapping.reads_failures:
            return len(batch)
        numbers = [record.sequence_number for record in batch]
        named = [failure.get("itemIdentifier") if isinstance(failure, dict) else None for failure in failures]
        if not all(name in numbers for name in named):
            return None
        return min(numbers.index(str(name)) for name in named)

    def _retry_all(self, batch: list[Record], retries: int, then: Callable[[], None]) -> None:
        if self._of.mapping.halves_on_error and len(batch) > 1:
            middle = len(batch) // 2
            self._later(0, lambda: self._try(batch[:middle], retries, lambda: self._try(batch[middle:], retries, then)))
        else:
            self._retry(batch, retries, then)

    def _retry(self, batch: list[Record], retries: int, then: Callable[[], None]) -> None:
        if 0 <= self._of.mapping.most_retries <= retries:
            self._discard(batch, "RetryAttemptsExhausted")
            then()
        else:
            self._later(RETRY_PAUSE_S, lambda: self._try(batch, retries + 1, then))

    def _young_enough(self, batch: list[Record]) -> list[Record]:
        oldest_s = self._of.mapping.oldest_s
        if oldest_s < 0:
            return batch
        too_old = [record for record in batch if self._of.simulation.now - record.born_at > oldest_s]
        if too_old:
            self._discard(too_old, "RecordAgeExceeded")
        return [record for record in batch if record not in too_old]

    def _discard(self, batch: list[Record], reason: str) -> None:
        numbers = tuple(record.sequence_number for record in batch)
        self._of.discarded.append(Discarded(numbers, reason, self._of.simulation.now))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self._of.simulation.at(self._of.simulation.now + seconds, act)


def sequence_numbers(discarded: list[Discarded]) -> Iterator[str]:
    """All that a destination was told of, one by one."""
    return (number for each in discarded for number in each.sequence_numbers)
