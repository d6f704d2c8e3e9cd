"""Measuring two things side by side: A B, B A, A B …, so that whatever else the machine does affects both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

WARM_UP = 5


@dataclass(frozen=True)
class Pair:
    """Seconds taken, per call."""

    ours: list[float]
    against: list[float]

    @property
    def ratio(self) -> float:
        """Of the medians."""
        return median(self.ours) / median(self.against)

    @property
    def n(self) -> int:
        """How many calls of each."""
        return len(self.ours)


def side_by_side(
    ours: Callable[[int], object],
    against: Callable[[int], object],
    n: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
    warm_up: int = WARM_UP,
) -> Pair:
    """Call both `n` times, taking turns in going first, after `warm_up` calls that do not count.

    Each is told the number of its call, from 0 on, those that do not count included.
    """
    taken: dict[Callable[[int], object], list[float]] = {ours: [], against: []}
    for number in range(n + warm_up):
        for what in (ours, against) if number % 2 else (against, ours):
            began = clock()
            what(number)
            taken[what].append(clock() - began)
    return Pair(taken[ours][warm_up:], taken[against][warm_up:])


def in_ms(seconds: list[float]) -> str:
    """The median, for the table."""
    return f"{median(seconds) * 1000:.2f} ms"
