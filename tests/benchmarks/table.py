"""The table that `make bench` prints: each row compares two things measured in the same run."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison. `ours` and `against` are written with their units; a budget without a figure is never missed."""

    what: str
    ours: str
    against: str
    ratio: float
    n: int
    at_most: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether the ratio is over its budget."""
        return self.at_most is not None and self.ratio > self.at_most

    @property
    def verdict(self) -> str:
        """What the budget says."""
        return "" if self.at_most is None else f"{'OVER' if self.is_over else 'within'} {self.at_most:g}"


COLUMNS = ("what", "ours", "against", "ratio", "n", "budget")


def table_of(rows: list[Row]) -> str:
    """The rows in columns."""
    cells = [COLUMNS, *[(row.what, row.ours, row.against, f"{row.ratio:.2f}", str(row.n), row.verdict) for row in rows]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)


def report(rows: list[Row]) -> int:
    """Print the table, name the rows over their budget, and return the exit status: 1 when there is one."""
    sys.stdout.write(table_of(rows) + "\n")
    over = [row.what.strip() for row in rows if row.is_over]
    for what in over:
        sys.stderr.write(f"over its budget: {what}\n")
    return 1 if over else 0
