"""Waiting for what follows from a request: by looking until it is there, with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_AGAIN_AFTER_S = 0.1


def eventually(look: Callable[[], T | None], what: str, within_s: float = 60) -> T:
    """Return what `look` finds once it finds something; raises AssertionError, naming `what`, after `within_s`."""
    deadline = time.monotonic() + within_s
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not there within {within_s:g} s")
        time.sleep(LOOK_AGAIN_AFTER_S)
    return found
