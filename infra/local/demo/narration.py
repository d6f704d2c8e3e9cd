"""How the demo prints its story, one line for each action or message, and how it waits for one."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from infra.local.people import BY_HANDLE
from infra.local.polling import attempts
from infra.local.services import LocalTrouble

T = TypeVar("T")


def begin(chapter: str) -> None:
    """Print the heading of a part of the story."""
    print(f"\n{chapter}", flush=True)


def tell(who: str, what: str) -> None:
    """Print what somebody does or receives."""
    name = BY_HANDLE[who].name if who in BY_HANDLE else who
    print(f"{name:>15} | {what}", flush=True)


def wait_for(look: Callable[[], T | None], timeout_s: float, what: str) -> T:
    """Return what `look` finds once it finds something. Raises LocalTrouble when time runs out."""
    for _ in attempts(timeout_s):
        if found := look():
            return found
    raise LocalTrouble(f"{what} did not arrive within {timeout_s:.0f} s")


def clock_of(instant: str) -> str:
    """Return the time of day of an instant of the API, to the second, in UTC; with the day, unless it is today."""
    at = datetime.fromisoformat(instant)
    is_today = at.date() == datetime.now(UTC).date()
    return f"{at:%H:%M:%S}" if is_today else f"{at.day} {at:%b %H:%M}"


def without_snippet(title: str) -> str:
    """Return the title of a notification up to the ticket's number."""
    return title.partition(": ")[0]
