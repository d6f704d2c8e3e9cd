"""Tickets of a PSA, the changes requested on them, and the PSA's failures."""

import math
import re
from typing import Self

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import PsaKind, TicketMapping
from chalicelib.domain.ticket_status import plain_label


class CustomerReply(FrozenModel):
    """That the customer has answered in the ticket; `at` is when, None where the PSA tells only that they have."""

    at: Instant | None

    def is_after(self, known: "CustomerReply | None") -> bool:
        """Whether it is another answer than the `known` one; without a time only the first is told from none."""
        if known is None:
            return True
        return self.at is not None and known.at is not None and self.at > known.at


class PsaTicket(FrozenModel):
    """A ticket as the PSA holds it now. `number` is what people call it; names are there where the PSA tells them.

    `owner_login` is what ConnectWise has for people beside their id, and an integration may name them by. `named` says
    which facts a sender's message names, None for all: what is not named stays as it is known. `merged_into` is the
    ticket in which this one goes on; `due_at` is when the service level wants it solved. `customer_reply` is the
    customer's newest answer, as far as the PSA tells of it.
    """

    id: str
    number: str
    title: str
    status_id: str
    status_name: str | None
    is_closed: bool
    client: str | None
    contact: str | None
    priority: str | None
    owner_id: str | None
    owner_name: str | None
    updated_at: Instant | None
    client_id: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    type: str | None = None
    due_at: Instant | None = None
    contract: str | None = None
    owner_login: str | None = None
    owner_email: str | None = None
    url: str | None = None
    named: frozenset[str] | None = None
    customer_reply: CustomerReply | None = None
    merged_into: str | None = None

    def has_status(self, status: str) -> bool:
        """Tell whether the ticket has this status, by its id or name."""
        return plain_label(status) in {plain_label(name) for name in (self.status_id, self.status_name) if name}

    def mapped_by(self, mapping: TicketMapping) -> Self:
        """Return the ticket as it counts here: closed as well where the admin says that its status closes tickets."""
        is_closed = self.is_closed or mapping.is_closing(self.status_id, self.status_name)
        return self.model_copy(update={"is_closed": is_closed})

    def has_owner(self, owner: str) -> bool:
        """Tell whether this is the ticket's owner, by id or login."""
        return owner.casefold() in {name.casefold() for name in (self.owner_id, self.owner_login) if name}


def ticket_name(text: str, kind: PsaKind | None = None) -> str:
    """Return a ticket's id or number in the one form that it has here.

    Blanks and the sign that people, and some systems, put before it go. In systems that count their tickets zeros
    before a number go too; Autotask writes its numbers in capitals. What another sender calls its tickets is its own.
    """
    name = text.strip().removeprefix("#").strip() or text
    if kind in _COUNTING and re.fullmatch(r"[0-9]+", name):
        return name.lstrip("0") or "0"
    return name.upper() if kind is PsaKind.AUTOTASK else name


_COUNTING = (PsaKind.CONNECTWISE, PsaKind.AUTOTASK, PsaKind.HALOPSA)


def bare_address(text: str | None) -> str | None:
    """Return the e-mail address in `text` as addresses are compared, None when there is none.

    Senders write ` joe@acme.example`, `Joe Park <joe@acme.example>` and `mailto:joe@acme.example`.
    """
    found = re.search(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:?\"]+", text or "")
    return found[0].casefold() if found else None


class PsaFault(Exception):
    """A call to the PSA failed. The message is for people: what went wrong, and where to correct it.

    It holds no secret of ours; words of the PSA itself are cut short and masked.
    """


class PsaRefused(PsaFault):
    """A permanent failure: credentials, permissions, a deleted ticket, invalid input."""


class PsaTicketAbsent(PsaRefused):
    """The PSA has no such ticket, or none that our user may see."""


class PsaAccessRefused(PsaRefused):
    """The PSA refuses every call of the integration, as its credentials or its address are wrong, whatever the ticket.

    It is a fault of the integration, kept there, and not one of the ticket at hand.
    """


class PsaUnavailable(PsaFault):
    """A transient failure; `retry_after_s` is the wait that the PSA asked for, None when it named none."""

    def __init__(self, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


PAUSES_S = (5.0, 30.0, 180.0, 1080.0)
"""How long to wait after the first attempt, the second, and so on, in seconds; after the last of these, as after it."""

LONGEST_PAUSE_S = 6 * 3600.0


def pause_after_attempt_s(attempt: int, asked_s: float | None) -> int:
    """Return how long to wait after an attempt, counted from 1: longer each time, and never less than asked for."""
    own_s = PAUSES_S[min(max(attempt, 1), len(PAUSES_S)) - 1]
    return math.ceil(min(max(own_s, asked_s or 0.0), LONGEST_PAUSE_S))
