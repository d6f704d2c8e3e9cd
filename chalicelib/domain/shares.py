"""A list in shares of limited size."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def shares_of(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """Return `items` in their order, in shares of at most `most`; none for no items."""
    return [items[start : start + most] for start in range(0, len(items), most)]
