"""A matrix as one test: every row is checked, and each that fails is named.

A test of its own for each of thousands of rows costs more than what it checks: collection in every process, fixtures,
and three reports that travel between processes.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

Row = TypeVar("Row")


def check_rows(rows: Mapping[str, Row], check: Callable[[Row], None]) -> None:
    """Check every row. Raises an ExceptionGroup of all failures, each with a note that names its row."""
    failures = []
    for name, row in rows.items():
        try:
            check(row)
        except Exception as failure:  # noqa: BLE001  raised below, with those of the other rows
            failure.add_note(f"row: {name}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(rows)} rows", failures)
