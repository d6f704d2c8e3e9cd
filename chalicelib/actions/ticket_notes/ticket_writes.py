"""What one try of a note sets on the ticket beside it."""

from collections.abc import Callable

from chalicelib.domain.psa import PsaAccessRefused, PsaRefused
from chalicelib.domain.ticket_change import TicketChange


class TicketWrites:
    """What a try has changed of the ticket, and what the PSA refused; both are there also when the try fails midway."""

    def __init__(self) -> None:
        self.change: TicketChange | None = None
        self._refusals: list[str] = []

    @property
    def refusal(self) -> str | None:
        """What the PSA refused to set beside a note that it took, in one sentence; None when it refused nothing."""
        return f"The note is there, but {' And '.join(self._refusals)}" if self._refusals else None

    def set(self, name: str, set_it: Callable[[], None], change: TicketChange | None = None) -> None:
        """Have `set_it` set something, and keep the `change` that it makes, unless the PSA refuses it.

        A call that fails otherwise may have been obeyed, so its change is kept: it is only taken back where it stands.
        Raises PsaAccessRefused and PsaUnavailable.
        """
        before = self.change
        self.change = change.over(before) if change else before
        try:
            set_it()
        except PsaRefused as refusal:
            self.change = before
            if isinstance(refusal, PsaAccessRefused):
                raise
            self._refusals.append(f"not the ticket's {name}: {refusal}")
