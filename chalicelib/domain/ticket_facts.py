"""What a session knows of its ticket, and what a ticket that has changed means for it."""

from enum import Enum, auto
from typing import Self
from uuid import UUID, uuid5

from chalicelib.domain.display_text import between_characters, one_line
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.psa import PsaTicket

TICKET_NAMESPACE = UUID("5f0a5a3e-92b1-5c55-8f2c-5c1d0b8e6a44")
"""Namespace of the ids of sessions that tickets open. Changing it would let a delivery in flight open one twice."""

LONGEST_FACT = 200


class TicketFacts(FrozenModel):
    """A ticket as it was when it was last read from the PSA. Its texts are other people's: shown, never obeyed."""

    summary: str
    status: str
    priority: str | None
    company: str | None
    contact: str | None
    owner: str | None
    url: str | None
    is_closed: bool
    changed_at: Instant | None
    read_at: Instant

    @classmethod
    def of(cls, ticket: PsaTicket, *, read_at: Instant) -> Self:
        """The facts of `ticket`, each cut to a length that can be stored and shown."""
        return cls(
            summary=_cut(ticket.summary) or "",
            status=_cut(ticket.status_name or ticket.status_id) or "",
            priority=_cut(ticket.priority),
            company=_cut(ticket.company),
            contact=_cut(ticket.contact),
            owner=_cut(ticket.owner_name or ticket.owner_id),
            url=ticket.url if ticket.url and ticket.url.startswith("https://") and len(ticket.url) <= 500 else None,
            is_closed=ticket.is_closed,
            changed_at=ticket.updated_at,
            read_at=read_at,
        )

    def is_older_than(self, known: "TicketFacts | None") -> bool:
        """Whether these are the facts of an earlier time: what was sent late must not undo what is known."""
        return bool(known and known.changed_at and self.changed_at and self.changed_at < known.changed_at)

    def changes_since(self, known: "TicketFacts | None") -> list[str]:
        """Say what is new, one phrase for each fact; of a ticket not seen before, where it stands."""
        named = {name: (getattr(known, name) if known else None, getattr(self, name)) for name in _TOLD}
        return [
            f"{name} is now {_put(name, new)}" + (f", was {_put(name, old)}" if old else "")
            for name, (old, new) in named.items()
            if old != new and (new or old)
        ]


def _put(name: str, value: str | None) -> str:
    """Put a fact into a sentence; a summary is quoted, and one that is gone is named as such."""
    if not value:
        return "nobody" if name in ("owner", "contact") else "empty"
    return f"“{value}”" if name == "summary" else value


_TOLD = ("status", "priority", "owner", "company", "contact", "summary")


class TicketUpdate(Enum):
    """What a ticket means for a session linked to it."""

    NOTHING = auto()
    REFRESH = auto()
    TELL = auto()
    CLOSE = auto()


def required_update(
    known: TicketFacts | None, facts: TicketFacts, *, opened_at: Instant, is_over: bool
) -> TicketUpdate:
    """Return what to do for a session opened at `opened_at` that knows `known` of the ticket.

    The ticket's closing ends the session, once: a ticket that was closed before the session was opened does not. What
    changed before anybody looked is no news. The same facts twice, or older ones, mean nothing, so whoever hears of a
    change first tells it, and all others find it told. ConnectWise tells times in whole seconds, so what changed in the
    very second of the opening counts as later: else a ticket that is closed then would leave its session open for good.
    """
    if is_over or facts.is_older_than(known):
        return TicketUpdate.NOTHING
    is_news = known is not None or facts.changed_at is None or facts.changed_at >= opened_at.replace(microsecond=0)
    if facts.is_closed and is_news and not (known and known.is_closed):
        return TicketUpdate.CLOSE
    if facts.changes_since(known):
        return TicketUpdate.TELL if is_news else TicketUpdate.REFRESH
    is_the_same = known is not None and known.is_closed == facts.is_closed
    return TicketUpdate.NOTHING if is_the_same else TicketUpdate.REFRESH


def assigned_session_id(account_id: str, integration_id: str, ticket_id: str, engineer_id: str, round_: int) -> str:
    """Return the id of the session that a ticket's assignment opens: whoever works the assignment makes this one.

    `round_` counts how often the ticket was closed before, and opened again.
    """
    return str(uuid5(TICKET_NAMESPACE, "\n".join([account_id, integration_id, ticket_id, engineer_id, str(round_)])))


def _cut(text: str | None) -> str | None:
    """Return `text` as one readable line of at most 200 characters."""
    if text is None:
        return None
    line = one_line(text)
    return line if len(line) <= LONGEST_FACT else line[: between_characters(line, LONGEST_FACT - 1)] + "…"
