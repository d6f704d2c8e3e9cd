"""People, their roles and their account."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field

from chalicelib.domain.availability import Availability
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


def is_account_id(text: object) -> bool:
    """Tell whether `text` may name an account or a person in a key: it has no `#`, which parts the pieces of a key."""
    return isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:@|-]{0,127}", text) is not None


class Role(StrEnum):
    """What a person may do, from least to most; each role may do all that the ones before it may."""

    VIEWER = "viewer"
    ENGINEER = "engineer"
    SENIOR = "senior"
    ADMIN = "admin"

    def is_at_least(self, other: "Role") -> bool:
        """Whether this role includes all that `other` may do."""
        order = list(Role)
        return order.index(self) >= order.index(other)

    @classmethod
    def highest_of(cls, groups: list[str]) -> Self | None:
        """Return the highest role among the identity provider's `groups`, None when none of them is a role."""
        return next((role for role in reversed(cls) if role.value in groups), None)


class Person(FrozenModel):
    """An engineer as others see them: the token's `sub`, and a name for the screen."""

    id: str
    name: str


CLOCK = Person(id="clock", name="FlowPilot")
"""The author of what the clock does."""


class Caller(FrozenModel):
    """The person behind a request, exactly as the verified token describes them.

    `signed_in_at` is when they authenticated, not when the token was renewed; None where nobody knows.
    """

    account_id: str
    id: str
    name: str
    email: str
    role: Role
    signed_in_at: Instant | None = None
    signed_in_until: Instant | None = None

    @property
    def person(self) -> Person:
        """The caller as others see them."""
        return Person(id=self.id, name=self.name)

    @property
    def is_senior(self) -> bool:
        """Whether the caller may claim escalations."""
        return self.role.is_at_least(Role.SENIOR)


class Departure(FrozenModel):
    """What the directory keeps of somebody who was removed from it: their last name there, and when."""

    name: str
    removed_at: Instant

    def is_over_for(self, caller: Caller) -> bool:
        """Whether the caller has authenticated since, and so may enter the directory again (ADR 0061)."""
        return caller.signed_in_at is not None and caller.signed_in_at > self.removed_at


SEARCH_AGAIN = timedelta(hours=1)
"""When somebody's tickets are looked for once more that could not be read."""


class TicketSearch(FrozenModel):
    """The search for the tickets that were somebody's before they first signed in: under which address, since when."""

    email: str
    asked_at: Instant
    is_done: bool = False


class Engineer(FrozenModel):
    """An entry of the account's directory. `ticket_search` is None before anybody looked for their tickets."""

    id: str
    name: str
    email: str
    role: Role
    skills: tuple[str, ...] = ()
    availability: Availability = Field(default_factory=Availability)
    ticket_search: TicketSearch | None = Field(default=None, exclude=True, repr=False)

    @property
    def person(self) -> Person:
        """The engineer as others see them."""
        return Person(id=self.id, name=self.name)

    @property
    def may_have_tickets(self) -> bool:
        """Whether tickets of the PSAs can be theirs; viewers hold no sessions."""
        return bool(self.email) and self.role.is_at_least(Role.ENGINEER)

    def needs_ticket_search(self, at: Instant) -> bool:
        """Whether the tickets that are theirs in the PSAs are to be looked for now."""
        if not self.may_have_tickets:
            return False
        known = self.ticket_search
        if known is None or known.email != self.email:
            return True
        return not known.is_done and known.asked_at + SEARCH_AGAIN <= at
