"""The clock by which webhooks are received and processed."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime

from chalicelib.entry.wall_clock import now

CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=now)
"""Signatures are checked by it; tests replay recorded signatures at the time they were made."""
