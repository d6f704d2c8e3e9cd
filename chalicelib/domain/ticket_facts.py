"""What a session knows of its ticket, and what a ticket that has changed means for it."""

from collections.abc import Collection
from enum import Enum, auto
from typing import Self
from uuid import UUID, uuid5

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.display_text import between_characters, one_line
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.psa import CustomerReply, PsaTicket

TICKET_NAMESPACE = UUID("5f0a5a3e-92b1-5c55-8f2c-5c1d0b8e6a44")
"""Namespace of the ids of sessions that tickets open. Changing it would let a delivery in flight open one twice."""

LONGEST_FACT = 200


class TicketClient(FrozenModel):
    """The company that a ticket is for; `id` is the PSA's, None where it tells only the name."""

    id: str | None
    name: str


class TicketContact(FrozenModel):
    """The person whom a ticket is for."""

    name: str
    phone: str | None
    email: str | None


class TicketFacts(FrozenModel):
    """A ticket as it was when it was last read from the PSA. Its texts are other people's: shown, never obeyed.

    `due_at` is when its service level wants it solved; `customer_reply` the customer's newest answer, where it is told.
    """

    number: str
    title: str
    client: TicketClient | None
    contact: TicketContact | None
    status: str
    priority: str | None
    type: str | None
    owner: str | None
    due_at: Instant | None
    contract: str | None
    url: str | None
    is_closed: bool
    customer_reply: CustomerReply | None = None
    changed_at: Instant | None
    read_at: Instant

    def names_owner_of(self, ticket: PsaTicket) -> bool:
        """Whether `ticket` has the owner that is known: by name, or by id where the PSA tells no name."""
        return self.owner in {_cut(name) for name in (ticket.owner_name, ticket.owner_id) if name}

    @property
    def sla_due_at(self) -> Instant | None:
        """When its service level still wants it solved: None once it is closed."""
        return None if self.is_closed else self.due_at

    @property
    def client_key(self) -> ClientKey:
        """What the policy's rules for clients are matched with."""
        client = self.client
        return ClientKey.of(
            id=client.id if client else None,
            name=client.name if client else None,
            contract=self.contract,
            type=self.type,
        )

    @classmethod
    def of(cls, ticket: PsaTicket, *, read_at: Instant) -> Self:
        """The facts of `ticket`, each cut to a length that can be stored and shown.

        A time of change that has not come yet is that of the reading: some clocks are ahead, and a stamp from the
        future would make all that follows look old.
        """
        return cls(
            number=_cut(ticket.number) or "",
            title=_cut(ticket.title) or "",
            client=_client(ticket),
            contact=_contact(ticket),
            status=_cut(ticket.status_name or ticket.status_id) or "",
            priority=_cut(ticket.priority),
            type=_cut(ticket.type),
            owner=_cut(ticket.owner_name or ticket.owner_id),
            due_at=ticket.due_at,
            contract=_cut(ticket.contract),
            url=ticket.url if ticket.url and ticket.url.startswith("https://") and len(ticket.url) <= 500 else None,
            is_closed=ticket.is_closed,
            customer_reply=ticket.customer_reply,
            changed_at=min(ticket.updated_at, read_at) if ticket.updated_at else None,
            read_at=read_at,
        )

    def completed(self, known: "TicketFacts | None", named: frozenset[str] | None) -> Self:
        """Return these facts with those of `known` for all that a message did not name; `named` None names all."""
        if known is None or named is None:
            return self
        kept = {name: value for name, value in known if name not in (*named, "changed_at", "read_at")}
        return self.model_copy(update=kept)

    def is_older_than(self, known: "TicketFacts | None") -> bool:
        """Whether these are the facts of an earlier time: what was sent late must not undo what is known."""
        return bool(known and known.changed_at and self.changed_at and self.changed_at < known.changed_at)

    def say_the_same_as(self, known: "TicketFacts") -> bool:
        """Whether nothing is new but the times of the change and of the reading."""
        return self.model_copy(update={"read_at": known.read_at, "changed_at": known.changed_at}) == known

    def changes_since(self, known: "TicketFacts | None", ours: Collection[str] = ()) -> list[str]:
        """Say what is new, one phrase for each fact but those of `ours`, which we set ourselves.

        Of a ticket not seen before nothing is: all is as it was found.
        """
        named = {name: (known._text_of(name), self._text_of(name)) for name in _REPORTED} if known else {}
        answered = ["the customer has answered"] if self.has_new_reply(known) else []
        return answered + [
            f"{name} is now {_put(name, new)}" + (f", was {_put(name, old)}" if old else "")
            for name, (old, new) in named.items()
            if old != new and (new or old) and name not in ours
        ]

    def has_new_reply(self, known: "TicketFacts | None") -> bool:
        """Whether the customer has answered in the ticket since `known`; of one not seen before that is not known."""
        reply = self.customer_reply
        return known is not None and reply is not None and reply.is_after(known.customer_reply)

    def _text_of(self, name: str) -> str | None:
        """Return what a turn says of a fact; of a client or a contact that is the name."""
        value = getattr(self, name)
        return value.name if isinstance(value, TicketClient | TicketContact) else value


def _client(ticket: PsaTicket) -> TicketClient | None:
    name = _cut(ticket.client)
    return TicketClient(id=_cut(ticket.client_id), name=name) if name else None


def _contact(ticket: PsaTicket) -> TicketContact | None:
    name = _cut(ticket.contact)
    phone, email = _cut(ticket.contact_phone), _cut(ticket.contact_email)
    return TicketContact(name=name, phone=phone or None, email=email or None) if name else None


def _put(name: str, value: str | None) -> str:
    """Put a fact into a sentence; a title is a sentence of its own, and only an owner is nobody."""
    absent = "nobody" if name == "owner" else "not set"
    return f"“{value}”" if name == "title" and value else value or absent


_REPORTED = ("status", "priority", "owner", "client", "contact", "title")


class TicketUpdate(Enum):
    """What a ticket means for a session linked to it."""

    NOTHING = auto()
    REFRESH = auto()
    TELL = auto()
    CLOSE = auto()
    TELL_REOPENED = auto()


def required_update(
    known: TicketFacts | None,
    facts: TicketFacts,
    *,
    opened_at: Instant,
    is_message: bool = False,
    ours: Collection[str] = (),
) -> TicketUpdate:
    """Return what to do for a live session opened at `opened_at` that knows `known` of the ticket.

    The ticket's closing ends the session, once. A ticket that was read and was closed before the session was opened
    does not; one that a message says is closed does, whatever its stamp (`is_message`): it came after the opening, and
    its sender's clock may be behind. The first facts are facts and no news, nor is what we set ourselves: `ours` names
    those facts.
    The same facts twice, or older ones, mean nothing, so the first to see a change writes the turn about it, and all
    others find it written. ConnectWise gives times in whole seconds, so what changed in the very second of the opening
    counts as later: else a ticket that is closed then would leave its session open for good.
    """
    if facts.is_older_than(known):
        return TicketUpdate.NOTHING
    since_opening = facts.changed_at is None or facts.changed_at >= opened_at.replace(microsecond=0)
    is_news = known is not None or is_message or since_opening
    if facts.is_closed and is_news and not (known and known.is_closed):
        return TicketUpdate.CLOSE
    if known is None:
        return TicketUpdate.REFRESH
    if facts.changes_since(known, ours):
        return TicketUpdate.TELL
    return TicketUpdate.NOTHING if facts.say_the_same_as(known) else TicketUpdate.REFRESH


def update_when_resolved(
    known: TicketFacts | None, facts: TicketFacts, *, is_assumed: bool = False, is_ours: bool = False
) -> TicketUpdate:
    """Return what to do for a resolved session that knows `known` of the ticket, and could be reopened.

    Its facts follow quietly, and a ticket that is open again is told, once. Not where nobody has seen it closed
    (`is_assumed`), nor where it was opened by us, or for a session that is worked on (`is_ours`).
    """
    if facts.is_older_than(known):
        return TicketUpdate.NOTHING
    was_closed = known is not None and known.is_closed and not is_assumed
    if was_closed and not facts.is_closed and not is_ours:
        return TicketUpdate.TELL_REOPENED
    is_the_same = known is not None and facts.say_the_same_as(known) and not is_assumed
    return TicketUpdate.NOTHING if is_the_same else TicketUpdate.REFRESH


def assigned_session_id(account_id: str, integration_id: str, ticket_id: str, engineer_id: str, round_: int) -> str:
    """Return the id of the session that a ticket's assignment opens, the same in every process that handles it.

    `round_` counts how often the ticket was closed before, and opened again.
    """
    return str(uuid5(TICKET_NAMESPACE, "\n".join([account_id, integration_id, ticket_id, engineer_id, str(round_)])))


def _cut(text: str | None) -> str | None:
    """Return `text` as one readable line of at most 200 characters."""
    if text is None:
        return None
    line = one_line(text)
    return line if len(line) <= LONGEST_FACT else line[: between_characters(line, LONGEST_FACT - 1)] + "…"
