"""The table that `make bench` prints: each row compares two things measured in the same run."""

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
    def verdict(self) -> str:
        """What the budget says."""
        if self.at_most is None:
            return ""
        return f"{'within' if self.ratio <= self.at_most else 'OVER'} {self.at_most:g}"


COLUMNS = ("what", "ours", "against", "ratio", "n", "budget")


def table_of(rows: list[Row]) -> str:
    """The rows in columns."""
    cells = [COLUMNS, *[(row.what, row.ours, row.against, f"{row.ratio:.2f}", str(row.n), row.verdict) for row in rows]]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)
