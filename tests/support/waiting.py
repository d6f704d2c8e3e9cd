"""Waiting for what follows from a request: by looking until it is there, with a deadline."""

from collections.abc import Callable
from typing import TypeVar

from infra.local.polling import attempts

T = TypeVar("T")


def eventually(look: Callable[[], T | None], what: str, within_s: float = 60) -> T:
    """Return what `look` finds once it finds something; raises AssertionError, naming `what`, after `within_s`."""
    for _ in attempts(within_s):
        if (found := look()) is not None:
            return found
    raise AssertionError(f"{what}: not there within {within_s:g} s")
