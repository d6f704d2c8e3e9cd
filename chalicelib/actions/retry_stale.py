"""The optimistic retry: load, decide, write if nothing has changed since; else again."""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.domain.errors import Unavailable
from chalicelib.store.stale_write import StaleWrite

T = TypeVar("T")

ATTEMPTS = 5
"""How often an action is tried when somebody else's change keeps coming first."""


def retry_stale(act: Callable[[], T], *, what: str) -> T:
    """Return what `act` returns, begun again as often as it raises StaleWrite. Raises Unavailable after five times."""
    for _ in range(ATTEMPTS):
        try:
            return act()
        except StaleWrite:
            continue
    raise Unavailable(f"{what} keeps changing. Try again.", retry_after_s=1)
