"""Looking again until something is there, or until there is no time left."""

import time
from collections.abc import Iterator

POLL_S = 0.1


def attempts(within_s: float, every_s: float = POLL_S) -> Iterator[None]:
    """Yield at once, then every `every_s` seconds, and a last time once `within_s` seconds are over."""
    deadline = time.monotonic() + within_s
    while True:
        is_last = time.monotonic() >= deadline
        yield
        if is_last:
            return
        time.sleep(min(every_s, max(0.0, deadline - time.monotonic())))
