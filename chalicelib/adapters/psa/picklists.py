"""What a PSA calls what its tickets name by number: statuses, priorities, people."""

from collections import OrderedDict
from collections.abc import Callable

from chalicelib.domain.psa import PsaRefused

MOST_KEPT = 1_000


class Picklist:
    """Names by number, each asked for once. `read` asks the PSA for one; None when it has no such number."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._kept: OrderedDict[str, str | None] = OrderedDict()

    def of(self, number: str | None) -> str | None:
        """Return the name, None when there is none, or none that our user may read: then the number has to do.

        Raises PsaUnavailable, as a ticket that is shown by number and then by name would look changed.
        """
        if not number:
            return None
        if number not in self._kept:
            self._kept[number] = self._ask(number)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[number]

    def _ask(self, number: str) -> str | None:
        try:
            return self._read(number) or None
        except PsaRefused:
            return None
