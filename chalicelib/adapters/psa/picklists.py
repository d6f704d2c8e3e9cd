"""What a PSA calls what its tickets name by number: statuses, priorities, people."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from chalicelib.domain.psa import PsaRefused

MOST_KEPT = 1_000
NONE_KEPT_S = 300.0
"""How long it is remembered that there is no name: somebody may be given one, or our user the permission to see it."""


T = TypeVar("T")


class Picklist(Generic[T]):
    """Names, or whatever else goes with a number, by number, each asked for once.

    `read` asks the PSA for one; None when it has no such number. `clock` counts seconds.
    """

    def __init__(self, read: Callable[[str], T | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._clock = clock
        self._kept: OrderedDict[str, tuple[T | None, float]] = OrderedDict()

    def of(self, number: str | None) -> T | None:
        """Return the name, None when there is none, or none that our user may read: then the number has to do.

        Raises PsaUnavailable, as a ticket that is shown by number and then by name would look changed.
        """
        if not number:
            return None
        if number not in self._kept or self._clock() > self._kept[number][1]:
            name = self._ask(number)
            self._kept[number] = (name, math.inf if name else self._clock() + NONE_KEPT_S)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[number][0]

    def _ask(self, number: str) -> T | None:
        try:
            return self._read(number) or None
        except PsaRefused:
            return None
