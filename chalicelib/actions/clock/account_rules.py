"""The policies and people of the accounts in one run of the clock, each read once."""

from datetime import datetime
from threading import Lock

from chalicelib.actions.clock.account_staff import read_staff
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.handoff_plan import cover_for
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.handoff import Handoff
from chalicelib.store import policies


class AccountRules:
    """The policies and people of accounts as of one time, for all threads of a run."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._staff: dict[str, Staff] = {}
        self._reading = Lock()

    def cover_of(self, handoff: Handoff) -> Cover:
        """Return the rules that hold for `handoff`."""
        return cover_for(policies.find(handoff.account_id), handoff)

    def staff_of(self, account_id: str) -> Staff:
        """Return the people of the account."""
        with self._reading:
            if account_id not in self._staff:
                self._staff[account_id] = read_staff(account_id, self.at)
            return self._staff[account_id]
