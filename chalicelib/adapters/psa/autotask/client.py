"""Autotask, by its REST API 1.0. Source: the vendor's REST documentation, and clients that are in use.

Facts that shape this: what Autotask will not do it answers with 500 and `errors[]`, which no repetition fixes; a note's
`publish` decides who sees it, and its numbers are the tenant's; an owner is set together with a role or not at all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import changed_since, email_in, name_in, open_tickets_of, owner_in, row_in, text_of
from chalicelib.adapters.psa.autotask import assumptions as assumed
from chalicelib.adapters.psa.autotask.faults import fault_of
from chalicelib.adapters.psa.autotask.field_lists import FieldLists, Labels, picklist_in
from chalicelib.adapters.psa.autotask.rows import NOBODY, Contact, contact_in, is_number, item_id_in, page_in, ticket_in
from chalicelib.adapters.psa.http_client import PsaHttpClient
from chalicelib.adapters.psa.picklists import Picklist
from chalicelib.domain.integration import AutotaskSettings, PsaKind
from chalicelib.domain.mapping_choices import MappingChoices, OwnerChoice, sorted_choices
from chalicelib.domain.psa import PsaRefused, PsaTicket, PsaTicketAbsent, ticket_name
from chalicelib.domain.renderings import to_note
from chalicelib.domain.ticket_status import plain_label

SYSTEM = "Autotask"
PAGE_SIZES = {"Tickets": 100, "TicketNotes": 40}
PAGE_SIZE = 100
"""How many rows are asked for at once. Up to 500 may be, but texts of 8,000 and 32,000 characters come with them."""

MOST_PAGES = 50
TITLE_LIMIT = 250


class Autotask:
    """One database. Every call takes 10 s at most, and raises PsaUnavailable or PsaRefused."""

    render = staticmethod(to_note)
    note_limit = assumed.NOTE_LIMIT

    def __init__(self, base_url: str, settings: AutotaskSettings, secrets: Mapping[str, str]) -> None:
        self._wire = PsaHttpClient(SYSTEM, base_url)
        self._settings = settings
        self._headers = {
            "UserName": settings.user_name,
            "Secret": secrets["api_secret"],
            "ApiIntegrationCode": secrets["api_integration_code"],
        }
        self._note_fields: dict[str, Any] | None = None
        self._fields = FieldLists(lambda entity: self._call("GET", f"/V1.0/{entity}/entityInformation/fields"))
        self._people = Picklist(lambda owner_id: self._name_of("Resources", owner_id))
        self._companies = Picklist(lambda company_id: self._name_of("Companies", company_id))
        self._contacts = Picklist(self._contact_of)
        self._contracts = Picklist(lambda contract_id: self._name_of("Contracts", contract_id))

    def check(self) -> str | None:
        """Read a ticket, and whether internal notes are internal, changing nothing; return its number, None without."""
        found = self._query("Tickets", [{"op": "exist", "field": "id"}], pages=1, most=1)
        self._internal_note_fields()
        return next((self._wire.understood(ticket_in, row).number for row in found), None)

    def list_choices(self) -> MappingChoices:
        """Return the statuses that may be set, and the active resources."""
        return sorted_choices(list(self._picklist("Tickets", "status").items()), self.list_owners())

    def list_owners(self) -> list[OwnerChoice]:
        """Return the active resources; of very many 5,000."""
        active = [{"op": "eq", "field": "isActive", "value": True}]
        resources = self._query("Resources", active)
        return self._wire.understood(lambda rows: [owner_in(row) for row in rows], resources)

    def is_webhook_active(self, path: str) -> bool | None:
        """Return whether our webhook is switched on, None when there is none of ours."""
        guids = {guid.casefold() for guid in self._settings.webhook_guids}
        found = self._query("TicketWebhooks", [{"op": "exist", "field": "id"}], pages=1)
        states = [row.get("isActive") for row in found if assumed.is_our_webhook(row, guids, path)]
        return all(state is not False for state in states) if states else None

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now; `ticket_id` is its id, or its number such as T20260818.0042."""
        number = ticket_name(ticket_id, PsaKind.AUTOTASK)
        field = "id" if is_number(number) else "ticketNumber"
        wanted = int(number) if field == "id" else number
        found = self._query("Tickets", [{"op": "eq", "field": field, "value": wanted}], pages=1)
        if not found:
            raise PsaTicketAbsent(f"{SYSTEM} knows no ticket {ticket_id}.")
        ticket = self._named(self._wire.understood(ticket_in, found[0]))
        contact = self._contacts.of(text_of(found[0].get("contactID"))) or NOBODY
        names = {
            "client": self._companies.of(ticket.client_id),
            "contact": contact.name,
            "contact_phone": contact.phone,
            "contact_email": contact.email,
            "contract": self._contracts.of(text_of(found[0].get("contractID"))),
        }
        return ticket.model_copy(update={**names, "named": None})

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of a resource, None when there is none."""
        resource = self._row("Resources", owner_id)
        return email_in(resource) if resource else None

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many 5,000."""
        changed = {"op": "gt", "field": "lastActivityDate", "value": f"{since:%Y-%m-%dT%H:%M:%S.%fZ}"}
        found = [self._wire.understood(ticket_in, row) for row in self._query("Tickets", [changed])]
        return [self._named(ticket) for ticket in changed_since(found, since)]

    def list_open_tickets(self, owner: str) -> list[PsaTicket]:
        """Return the open tickets of a resource, least recently changed first; of very many 5,000."""
        if not is_number(owner):
            return []
        theirs = {"op": "eq", "field": "assignedResourceID", "value": int(owner)}
        is_open = {"op": "noteq", "field": "status", "value": int(assumed.CLOSED)}
        found = [self._wire.understood(ticket_in, row) for row in self._query("Tickets", [theirs, is_open])]
        return [self._named(ticket) for ticket in open_tickets_of(found, owner)]

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's note that holds `trace`, None when none of the oldest 2,000 does."""
        of_ticket = {"op": "eq", "field": "ticketID", "value": self._number_of(ticket_id)}
        notes = self._query("TicketNotes", [of_ticket])
        return next((str(note["id"]) for note in notes if trace in str(note.get("description", ""))), None)

    def add_note(self, ticket_id: str, title: str, text: str) -> str:
        """Write a note that only the MSP's own people see; return its id."""
        number = self._number_of(ticket_id)
        note = {"ticketID": number, "title": title[:TITLE_LIMIT], "description": text}
        made = self._call("POST", f"/V1.0/Tickets/{number}/Notes", body=note | self._internal_note_fields())
        return self._wire.understood(item_id_in, made)

    def set_status(self, ticket_id: str, status: str) -> None:
        """Set the status, by value or label."""
        self._patch(ticket_id, {"status": self._status_value(status)})

    def set_owner(self, ticket_id: str, owner: str | None) -> None:
        """Set the owner, by resource id, with the role of the settings; None leaves the ticket to nobody."""
        if owner is None:
            self._patch(ticket_id, {"assignedResourceID": None, "assignedResourceRoleID": None})
            return
        if not (is_number(owner) and self._settings.owner_role_id):
            raise PsaRefused(f"An owner in {SYSTEM} needs a resource id, and the role id of the integration.")
        role_id = int(self._settings.owner_role_id)
        self._patch(ticket_id, {"assignedResourceID": int(owner), "assignedResourceRoleID": role_id})

    def _patch(self, ticket_id: str, changes: dict[str, Any]) -> None:
        made = self._call("PATCH", "/V1.0/Tickets", body={"id": self._number_of(ticket_id), **changes})
        self._wire.understood(item_id_in, made)

    def _named(self, ticket: PsaTicket) -> PsaTicket:
        names = {
            "status_name": self._label("status", ticket.status_id),
            "priority": self._label("priority", ticket.priority),
            "type": self._label("ticketType", ticket.type),
            "owner_name": self._people.of(ticket.owner_id),
            "url": assumed.ticket_url(self._wire.base_url, ticket.id),
        }
        return ticket.model_copy(update=names)

    def _name_of(self, entity: str, row_id: str) -> str | None:
        row = self._row(entity, row_id)
        names = (row.get("companyName"), row.get("contractName")) if row else ()
        return next((text_of(name) for name in names if name), name_in(row) if row else None)

    def _contact_of(self, contact_id: str) -> Contact | None:
        row = self._row("Contacts", contact_id)
        return self._wire.understood(contact_in, row) if row else None

    def _row(self, entity: str, row_id: str) -> dict[str, Any] | None:
        found = self._query(entity, [{"op": "eq", "field": "id", "value": int(row_id)}], pages=1)
        return self._wire.understood(row_in, found[0]) if found else None

    def _number_of(self, ticket_id: str) -> int:
        number = ticket_name(ticket_id, PsaKind.AUTOTASK)
        return int(number) if is_number(number) else int(self.read_ticket(ticket_id).id)

    def _status_value(self, status: str) -> int:
        if is_number(status):
            return int(status)
        wanted = plain_label(status)
        labels = self._picklist("Tickets", "status", lambda known: wanted in map(plain_label, known.values()))
        value = next((value for value, label in labels.items() if plain_label(label) == wanted), None)
        if value is None:
            raise PsaRefused(f"{SYSTEM} has no ticket status {status}.")
        return int(value)

    def _internal_note_fields(self) -> dict[str, Any]:
        """Return `publish` and `noteType` of an internal note, having made sure that this tenant's is internal."""
        if self._note_fields is None:
            label = self._picklist("TicketNotes", "publish").get(assumed.INTERNAL, "")
            if not label or "all autotask users" in label.casefold():
                raise PsaRefused(f"{SYSTEM} has no internal notes under {assumed.INTERNAL}; none is written.")
            types = self._picklist("TicketNotes", "noteType")
            usual = [value for value in assumed.NOTE_TYPES if value in types]
            chosen = self._settings.note_type or next(iter([*usual, *types]), "1")
            self._note_fields = {"publish": int(assumed.INTERNAL), "noteType": int(chosen)}
        return self._note_fields

    def _label(self, field: str, value: str | None) -> str | None:
        """Return what the tenant calls a value of a ticket's field, be it one that only older tickets have."""
        if not value:
            return None
        return self._picklist("Tickets", field, lambda known: value in known, is_past_too=True).get(value)

    def _picklist(
        self,
        entity: str,
        field: str,
        is_known: Callable[[Labels], bool] = lambda _: True,
        *,
        is_past_too: bool = False,
    ) -> Labels:
        """Return the values that may be set now; with `is_past_too`, also those that only older tickets have.

        Lists are kept, and read once more when what is looked for is not in them (`is_known`).
        """

        def labels_in(body: Any) -> Labels:
            return picklist_in(body, field, is_past_too=is_past_too)

        return self._fields.read(entity, lambda body: self._wire.understood(labels_in, body), is_known)

    def _query(
        self, entity: str, wanted: list[dict[str, Any]], pages: int = MOST_PAGES, most: int | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows found. Raises PsaRefused when it goes on at an address that is not the tenant's own."""
        body = {"filter": wanted, "MaxRecords": most or PAGE_SIZES.get(entity, PAGE_SIZE)}
        path: str | None = f"/V1.0/{entity}/query"
        rows: list[dict[str, Any]] = []
        read: set[str] = set()  # a page that leads to one before it ends the list
        while path and path not in read and len(read) < pages:
            read.add(path)
            more, following = self._wire.understood(page_in, self._call("POST", path, body=body))
            rows += more
            path = following and self._own(following)
        return rows

    def _own(self, address: str) -> str:
        """Return `address` when it begins as ours does, in whatever letters: Autotask writes `atservicesrest` too."""
        own = self._wire.base_url.rstrip("/") + "/"
        if not address.casefold().startswith(own.casefold()):
            raise PsaRefused(f"{SYSTEM} goes on at another address than that of the integration. Check the address.")
        return address

    def _call(self, method: str, path: str, *, body: Any = None) -> Any:
        answer = self._wire.call(method, path, headers=self._headers, body=body)
        if not answer.is_success:
            raise fault_of(self._wire, answer)
        return answer.body
