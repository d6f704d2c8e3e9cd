"""Passages that an author marks as secret. They are masked at once, so that what is stored never holds them."""

import re
from collections.abc import Iterator, Sequence

from chalicelib.domain.redaction.spans import Kind

MASK = f"[masked: {Kind.MARKED.value}]"


def marked_places(text: str, passages: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the passages stand in `text`, in order, none overlapping; offsets count code points."""
    return (match.span() for match in _pattern(passages).finditer(text)) if passages else iter(())


def _pattern(passages: Sequence[str]) -> re.Pattern[str]:
    """Return what matches any of the passages, the longest first: one may be a part of another."""
    return re.compile("|".join(map(re.escape, sorted(passages, key=len, reverse=True))))
