"""What the PSA sandbox keeps: the tickets of three PSAs, their notes, and who changed what last."""

import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from infra.local.fake_http import whole_number

SYSTEMS = ("connectwise", "autotask", "halopsa")
CUSTOMER = "customer"
US = "FlowPilotApi"
"""Who has changed a ticket when it was done over the API, as the systems' webhooks are made from it."""

Status = Literal["New", "In Progress", "Closed"]
NEW, IN_PROGRESS, CLOSED = get_args(Status)
STATUS_IDS = {
    "connectwise": {NEW: 301, IN_PROGRESS: 305, CLOSED: 310},
    "autotask": {NEW: 1, IN_PROGRESS: 8, CLOSED: 5},
    "halopsa": {NEW: 1, IN_PROGRESS: 2, CLOSED: 9},
}
LABELS = {"autotask": {CLOSED: "Complete"}}
"""What a system calls a status, where that is another name."""

PEOPLE = {12: ("Jane", "Cooper"), 13: ("Joe", "Park"), 14: ("Sam", "Rivera"), 15: ("Alex", "Lindqvist")}
"""Who may own tickets, by the number that all three systems have for them."""


def email_of(number: int) -> str:
    """The work address of a person, by which the demo's account knows them too."""
    return f"{PEOPLE[number][0].lower()}@acme.example"


def label_of(system: str, status: str) -> str:
    """What the system calls a status."""
    return LABELS.get(system, {}).get(status, status)


def person_of(number: object) -> int | None:
    """The number of the ticket's owner, if it has one."""
    found = whole_number(number)
    return found if found in PEOPLE else None


FABRIKAM, ACORN = CLIENTS = ("Fabrikam Dental Group", "Acorn Logistics")
"""Whose tickets there are."""

CONTACT_PHONE, CONTACT_EMAIL, CONTRACT = "+1 206 555 0142", "dana@fabrikam.example", "Managed Workplace"
"""How every ticket's contact is reached, and the contract that every ticket is under."""

FIRST_IDS = {"connectwise": 48213, "autotask": 128926, "halopsa": 2818}


@dataclass
class Note:
    """A note on a ticket."""

    id: int
    title: str
    text: str
    is_internal: bool
    created_at: str


@dataclass
class Ticket:
    """A ticket; its status is kept by name, as each system has numbers of its own."""

    id: int
    number: str
    summary: str
    updated_at: str
    status: str = NEW
    owner_id: int | None = None
    updated_by: str = "dispatcher"
    company: str = FABRIKAM
    contact: str = "Dana Okafor"
    due_at: str | None = field(default_factory=lambda: now(timedelta(days=3)))
    description: str = "Reported by monitoring."
    record_type: str = "ServiceTicket"
    closed_at: str | None = None
    answered_at: str | None = None
    merged_into: int | None = None
    board_id: int = 12
    custom_fields: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def is_last_by_customer(self) -> bool:
        """Whether its latest change is an answer of the customer's."""
        return self.updated_by == CUSTOMER

    def client_id(self, first: int) -> int:
        """The number of its client, in a system that numbers clients from `first` on."""
        return first + CLIENTS.index(self.company)

    @staticmethod
    def clients(first: int) -> dict[int, str]:
        """All clients by their number, in such a system."""
        return dict(enumerate(CLIENTS, first))


class TicketStore:
    """All tickets. With a file, what happens is kept there, so that it survives a restart."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = threading.RLock()
        self.tickets: dict[str, dict[int, Ticket]] = {system: {} for system in SYSTEMS}
        self.webhook_url, self.is_webhook_active = "", True
        """The webhook of Autotask, which lists its webhooks, and switches one off after failures in a row."""
        self._file = file
        if file and file.exists():
            self._load(json.loads(file.read_text()))

    def open_tickets(self, opened: Iterable[tuple[str, str, str]]) -> None:
        """Put these in, by number, summary and client, under every system that has none of that number."""
        for offset, (number, summary, client) in enumerate(opened):
            for system, first in FIRST_IDS.items():
                known = {ticket.number for ticket in self.tickets[system].values()}
                shown = number if system == "autotask" else str(first + offset)
                if shown not in known:
                    self.tickets[system][first + offset] = Ticket(first + offset, shown, summary, now(), company=client)
        self.keep()

    def open_ticket(self, system: str, summary: str) -> Ticket:
        """A new ticket, under the next number."""
        with self.lock:
            opened = max(self.tickets[system], default=FIRST_IDS[system] - 1) + 1
            number = f"T20261124.{opened}" if system == "autotask" else str(opened)
            ticket = self.tickets[system][opened] = Ticket(opened, number, summary, now())
            self.keep()
        return ticket

    def find(self, system: str, ticket_id: Any) -> Ticket | None:
        """The system's ticket of that id."""
        number = whole_number(ticket_id)
        return None if number is None else self.tickets[system].get(number)

    def all(self, system: str) -> list[Ticket]:
        """The system's tickets as they are now, whatever is opened meanwhile."""
        return list(self.tickets[system].values())

    def add_note(self, system: str, ticket: Ticket, title: str, text: str, *, is_internal: bool) -> Note:
        """Put a note on the ticket."""
        with self.lock:
            total = sum(len(other.notes) for other in self.tickets[system].values())
            note_id = len(ticket.notes) + 1 if system == "halopsa" else 990001 + total  # Halo counts per ticket
            note = Note(note_id, title, text, is_internal, now())
            ticket.notes.append(note)
            self.touch(ticket, US)
        return note

    def answer(self, ticket: Ticket) -> None:
        """Have the customer answer in the ticket."""
        self.touch(ticket, CUSTOMER)
        ticket.answered_at = ticket.updated_at
        self.keep()

    def touch(self, ticket: Ticket, by: str) -> None:
        """Say that the ticket was changed just now."""
        ticket.updated_at, ticket.updated_by = now(), by
        ticket.closed_at = (ticket.closed_at or ticket.updated_at) if ticket.status == CLOSED else None
        self.keep()

    @staticmethod
    def status_named(system: str, status_id: object) -> str | None:
        """The status that the system has under that number, if any."""
        named = {str(number): name for name, number in STATUS_IDS[system].items()}
        return named.get(str(status_id))

    def keep(self) -> None:
        """Write everything to the file, if there is one."""
        if not self._file:
            return
        with self.lock:
            kept = {system: [asdict(ticket) for ticket in tickets.values()] for system, tickets in self.tickets.items()}
            unfinished = self._file.with_suffix(".tmp")
            unfinished.write_text(json.dumps(kept))
            unfinished.replace(self._file)

    def _load(self, kept: dict[str, Any]) -> None:
        for system in SYSTEMS:
            for row in kept.get(system, []):
                notes = [Note(**note) for note in row.pop("notes")]
                self.tickets[system][row["id"]] = Ticket(**row, notes=notes)


def now(ahead: timedelta = timedelta(0)) -> str:
    """The time, or one ahead, as Autotask writes it, to the millisecond."""
    return (datetime.now(UTC) + ahead).isoformat(timespec="milliseconds").replace("+00:00", "Z")
