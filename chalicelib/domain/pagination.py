"""Pages of lists."""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class PageRequest(NamedTuple):
    """How many entries of a list are asked for, and from which cursor on (None: the start)."""

    limit: int
    cursor: str | None = None


class ListPage(NamedTuple, Generic[T]):
    """A page of a list, and the cursor of the next page, None at the end."""

    items: list[T]
    next_cursor: str | None
