"""ConnectWise PSA, by its REST API 3.0. Source: the vendor's developer guide, and clients that are in use.

Facts that shape this: a 404 may mean wrong credentials; a status belongs to a board; a change is a JSON Patch that
replaces whole objects, as a patch inside of one can answer 200 and do nothing.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chalicelib.adapters.psa.answers import changed_since, email_in, open_tickets_of, owner_in, row_in, rows_in
from chalicelib.adapters.psa.connectwise import assumptions as assumed
from chalicelib.adapters.psa.connectwise.rows import (
    id_in,
    is_number,
    note_with,
    said_in,
    status_named,
    ticket_in,
    tickets_in,
)
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient
from chalicelib.domain.integration import ConnectWiseSettings, PsaKind
from chalicelib.domain.mapping_choices import MappingChoices, OwnerChoice, sorted_choices
from chalicelib.domain.psa import PsaRefused, PsaTicket, PsaTicketAbsent, ticket_name
from chalicelib.domain.renderings import to_note

SYSTEM = "ConnectWise"
API_PATH = "/v4_6_release/apis/3.0"
ACCEPT = "application/vnd.connectwise.com+json; version=2025.1"
"""Pins the model; without it the newest is answered."""

SECOND = "%Y-%m-%dT%H:%M:%SZ"
PAGE_SIZE = 200
MOST_BOARDS = 25
MOST_PAGES = 10


class ConnectWise:
    """One tenant. Every call takes 10 s at most, and raises PsaUnavailable or PsaRefused."""

    render = staticmethod(to_note)
    note_limit = assumed.NOTE_LIMIT

    def __init__(self, base_url: str, settings: ConnectWiseSettings, secrets: Mapping[str, str]) -> None:
        has_path = "/apis/" in base_url
        self._wire = PsaHttpClient(SYSTEM, base_url if has_path else base_url.rstrip("/") + API_PATH)
        login = f"{settings.company_id}+{secrets['public_key']}:{secrets['private_key']}"
        basic = base64.b64encode(login.encode()).decode()
        self._headers = {"Authorization": f"Basic {basic}", "clientId": settings.client_id, "Accept": ACCEPT}

    def check(self) -> str | None:
        """Read the newest ticket, with the credentials and changing nothing; return its number, None without any."""
        self._wire.understood(lambda body: body["version"], self._call("GET", "/system/info"))
        newest = self._call("GET", "/service/tickets", params={"orderBy": "id desc", "pageSize": "1"})
        return next((ticket.number for ticket in self._wire.understood(tickets_in, newest)), None)

    def list_choices(self) -> MappingChoices:
        """Return the active statuses of the first 25 boards, and the active members."""
        params = {"fields": "id,name", "conditions": "inactiveFlag = false", "pageSize": str(MOST_BOARDS)}
        boards = self._wire.understood(rows_in, self._call("GET", "/service/boards", params=params))
        statuses = [status for board in boards for status in self._statuses(self._wire.understood(id_in, board))]
        return sorted_choices([(str(row["id"]), str(row["name"])) for row in statuses], self.list_owners())

    def list_owners(self) -> list[OwnerChoice]:
        """Return the active members; of very many 1,000."""
        active = {"conditions": "inactiveFlag = false", "pageSize": "1000"}
        members = self._call("GET", "/system/members", params=active)
        return self._wire.understood(lambda body: [owner_in(row) for row in rows_in(body)], members)

    def _statuses(self, board_id: int) -> list[dict[str, Any]]:
        params = {"fields": "id,name,inactive", "pageSize": "1000"}
        rows = self._call("GET", f"/service/boards/{board_id}/statuses", params=params)
        return [row for row in self._wire.understood(rows_in, rows) if not row.get("inactive")]

    def is_webhook_active(self, path: str) -> bool | None:  # noqa: ARG002  nothing that we may read says it
        """Return None: it is not asked."""
        return None

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""
        return self._shown(self._wire.understood(ticket_in, self._of_ticket("GET", ticket_id)))

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of a member, None when there is none."""
        member = self._call("GET", f"/system/members/{quote(owner_id, safe='')}")
        return self._wire.understood(email_in, member)

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many the first 2,000.

        A page goes on from the time of the last ticket of the one before: by its number it would pass over one ticket
        for each that changes in between, and so leaves its page for the end. Of one second there may be several pages.
        """
        found: list[PsaTicket] = []
        changed, page = f"> [{since:{SECOND}}]", 1
        for _ in range(MOST_PAGES):
            tickets = self._page(f"lastUpdated {changed}", "lastUpdated asc", page)
            if not _adds_to(found, tickets):
                break
            first, last = tickets[0].updated_at, tickets[-1].updated_at
            changed, page = (changed, page + 1) if last is None or first == last else (f">= [{last:{SECOND}}]", 1)
        return [self._shown(ticket) for ticket in changed_since(found, since)]

    def list_open_tickets(self, owner: str) -> list[PsaTicket]:
        """Return the open tickets of a member, by id or identifier, least recently changed first; at most 2,000."""
        name = f"owner/id = {owner}" if is_number(owner) else f'owner/identifier = "{owner.replace(chr(34), "")}"'
        found = self._tickets(f"{name} and closedFlag = false", "lastUpdated desc")
        return [self._shown(ticket) for ticket in open_tickets_of(found, owner)]

    def _tickets(self, conditions: str, order: str) -> list[PsaTicket]:
        """Return the service tickets that meet the conditions, in order, without the links to them."""
        found: list[PsaTicket] = []
        for page in range(1, MOST_PAGES + 1):
            if not _adds_to(found, self._page(conditions, order, page)):
                break
        return found

    def _page(self, conditions: str, order: str, page: int) -> list[PsaTicket]:
        params = {"conditions": conditions, "orderBy": order, "pageSize": str(PAGE_SIZE), "page": str(page)}
        return self._wire.understood(tickets_in, self._call("GET", "/service/tickets", params=params))

    def _shown(self, ticket: PsaTicket) -> PsaTicket:
        return ticket.model_copy(update={"url": assumed.ticket_url(self._wire.base_url, ticket.id)})

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's note that holds `trace`, None when none of the newest 2,000 does."""
        params = {"orderBy": "id desc", "pageSize": str(PAGE_SIZE)}
        for page in range(1, MOST_PAGES + 1):
            notes = self._of_ticket("GET", ticket_id, "/notes", params={**params, "page": str(page)})
            found, is_last = self._wire.understood(lambda body: note_with(trace, body, PAGE_SIZE), notes)
            if found or is_last:
                return found
        return None

    def add_note(self, ticket_id: str, title: str, text: str) -> str:  # noqa: ARG002  notes here have no title
        """Write a note that only the MSP's own people see; return its id."""
        note = {
            "text": text,
            "detailDescriptionFlag": False,  # the discussion, which the customer sees
            "internalAnalysisFlag": True,
            "resolutionFlag": False,
            "processNotifications": False,
        }
        return self._wire.understood(
            lambda body: str(row_in(body)["id"]), self._of_ticket("POST", ticket_id, "/notes", body=note)
        )

    def set_status(self, ticket_id: str, status: str) -> None:
        """Set the status, by id or name, to one of the ticket's own board."""
        self._patch(ticket_id, _replaced("status", {"id": self._status_id(ticket_id, status)}))

    def set_owner(self, ticket_id: str, owner: str | None) -> None:
        """Set the owner, by id or identifier; None leaves the ticket to nobody."""
        if owner is None:
            self._patch(ticket_id, assumed.NO_OWNER)
            return
        self._patch(ticket_id, _replaced("owner", {"id": int(owner)} if is_number(owner) else {"identifier": owner}))

    def _patch(self, ticket_id: str, change: dict[str, Any]) -> None:
        """Change the ticket, where it has custom fields and refuses that, once more with all of them: some want it."""
        changes = [change]
        answer = self._answer_of_ticket("PATCH", ticket_id, body=changes)
        if answer.status == 400:
            ticket = self._of_ticket("GET", ticket_id)
            fields = self._wire.understood(lambda body: body.get("customFields"), ticket)
            if fields:
                again = [*changes, {"op": "replace", "path": "customFields", "value": fields}]
                answer = self._answer_of_ticket("PATCH", ticket_id, body=again)
        self._wire.understood(row_in, self._body(answer))

    def _status_id(self, ticket_id: str, status: str) -> int:
        ticket = self._of_ticket("GET", ticket_id)
        board_id = self._wire.understood(lambda body: int(body["board"]["id"]), ticket)
        params = {"fields": "id,name,inactive", "pageSize": "1000"}
        rows = self._call("GET", f"/service/boards/{board_id}/statuses", params=params)
        found = self._wire.understood(lambda body: status_named(status, body), rows)
        if found is None:
            raise PsaRefused(f"The ticket's board in {SYSTEM} has no status {status}.")
        return found

    def _of_ticket(
        self, method: str, ticket_id: str, rest: str = "", *, params: Mapping[str, str] | None = None, body: Any = None
    ) -> Any:
        return self._body(self._answer_of_ticket(method, ticket_id, rest, params=params, body=body))

    def _answer_of_ticket(
        self, method: str, ticket_id: str, rest: str = "", *, params: Mapping[str, str] | None = None, body: Any = None
    ) -> Answer:
        """Call for a ticket: as a service ticket, and where there is none of that number as a project ticket.

        A member without the project module gets a 403 for those, also of a number that is none: then it stays the 404.
        """
        number = ticket_name(ticket_id, PsaKind.CONNECTWISE)
        if not is_number(number):
            raise PsaTicketAbsent(f"{ticket_id} is no ticket number of {SYSTEM}.")
        of_service = self._answer(method, f"/service/tickets/{number}{rest}", params=params, body=body)
        if of_service.status != 404:
            return of_service
        of_project = self._answer(method, f"/project/tickets/{number}{rest}", params=params, body=body)
        return of_service if of_project.status == 403 else of_project

    def _call(self, method: str, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        return self._body(self._answer(method, path, params=params))

    def _answer(self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Answer:
        return self._wire.call(method, path, headers=self._headers, params=params, body=body)

    def _body(self, answer: Answer) -> Any:
        if not answer.is_success:
            raise self._wire.fault_of(answer, said_in(answer.body))
        return answer.body


def _adds_to(found: list[PsaTicket], tickets: list[PsaTicket]) -> bool:
    """Add a page of tickets to those found; return whether another page may follow: a repeated one ends the list."""
    is_repeated = bool(found) and tickets == found[-len(tickets) :]
    found += tickets
    return len(tickets) == PAGE_SIZE and not is_repeated


def _replaced(path: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}
