"""A wall-clock deadline for an outbound call: name lookups, handshakes, slow responses, pauses between retries.

Time limits of HTTP libraries are per read, so a peer that sends a byte now and then is never late. Here the work runs
on an event loop and its caller waits no longer than the deadline, so no single step needs to keep it.
"""

import asyncio
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")

_starting = threading.Lock()


def within(deadline_s: float, work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns. Raises what it raises, and TimeoutError once `deadline_s` seconds have passed.

    With no time left the work is not begun: it might be done, and paid for, before anybody looks at the clock. Work
    that is late is cancelled where it waits, and its connection closed. All calls of the process share one event loop
    and may run side by side; its thread is a daemon, so it keeps no process from exiting.
    """
    if deadline_s <= 0:
        work.close()
        raise TimeoutError
    with _starting:
        loop = _loop()
    future = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result(deadline_s)
    finally:
        future.cancel()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="outbound", daemon=True).start()
    return loop
