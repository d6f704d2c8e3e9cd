"""ConnectWise PSA, by its REST API 3.0. Source: the vendor's developer guide, and clients that are in use.

Facts that shape this: a 404 may mean wrong credentials; a status belongs to a board; a change is a JSON Patch that
replaces whole objects, as a patch inside of one can answer 200 and do nothing.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from chalicelib.adapters.psa.answers import changed_since, email_in, instant_of, reason_in, row_in, rows_in, text_of
from chalicelib.adapters.psa.connectwise import assumptions as assumed
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient
from chalicelib.domain.integration import ConnectWiseSettings, PsaKind
from chalicelib.domain.psa import PsaRefused, PsaTicket, ticket_name
from chalicelib.domain.renderings import to_note
from chalicelib.domain.ticket_status import plain_label

SYSTEM = "ConnectWise"
API_PATH = "/v4_6_release/apis/3.0"
ACCEPT = "application/vnd.connectwise.com+json; version=2025.1"
"""Pins the model; without it the newest is answered."""

PAGE_SIZE = 200
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

    def check(self) -> None:
        """Make a call that needs the credentials and changes nothing."""
        self._wire.understood(lambda body: body["version"], self._call("GET", "/system/info"))

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""
        return self._shown(self._wire.understood(_ticket, self._of_ticket("GET", ticket_id)))

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of a member, None when there is none."""
        member = self._call("GET", f"/system/members/{quote(owner_id, safe='')}")
        return self._wire.understood(email_in, member)

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many the first 2,000."""
        params = {
            "conditions": f"lastUpdated > [{since:%Y-%m-%dT%H:%M:%SZ}]",
            "orderBy": "lastUpdated asc",
            "pageSize": str(PAGE_SIZE),
        }
        found: list[PsaTicket] = []
        for page in range(1, MOST_PAGES + 1):
            rows = self._call("GET", "/service/tickets", params={**params, "page": str(page)})
            tickets = self._wire.understood(_tickets, rows)
            is_repeated = bool(found) and tickets == found[-len(tickets) :]
            found += tickets
            if len(tickets) < PAGE_SIZE or is_repeated:
                break
        return [self._shown(ticket) for ticket in changed_since(found, since)]

    def _shown(self, ticket: PsaTicket) -> PsaTicket:
        return ticket.model_copy(update={"url": assumed.ticket_url(self._wire.base_url, ticket.id)})

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's note that holds `trace`, None when none of the newest 2,000 does."""
        params = {"orderBy": "id desc", "pageSize": str(PAGE_SIZE)}
        for page in range(1, MOST_PAGES + 1):
            notes = self._of_ticket("GET", ticket_id, "/notes", params={**params, "page": str(page)})
            found, is_last = self._wire.understood(lambda body: _note_with(trace, body), notes)
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

    def set_owner(self, ticket_id: str, owner: str) -> None:
        """Set the owner, by id or identifier."""
        self._patch(ticket_id, _replaced("owner", {"id": int(owner)} if _is_number(owner) else {"identifier": owner}))

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
        found = self._wire.understood(lambda body: _status_named(status, body), rows)
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
        """Call for a ticket: as a service ticket, and where there is none of that number as a project ticket."""
        number = ticket_name(ticket_id, PsaKind.CONNECTWISE)
        if not _is_number(number):
            raise PsaRefused(f"{ticket_id} is no ticket number of {SYSTEM}.")
        for kind in ("service", "project"):
            answer = self._answer(method, f"/{kind}/tickets/{number}{rest}", params=params, body=body)
            if answer.status != 404:
                break
        return answer

    def _call(self, method: str, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        return self._body(self._answer(method, path, params=params))

    def _answer(self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Answer:
        return self._wire.call(method, path, headers=self._headers, params=params, body=body)

    def _body(self, answer: Answer) -> Any:
        if not answer.is_success:
            raise self._wire.fault_of(answer, _said(answer.body))
        return answer.body


def _replaced(path: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"op": "replace", "path": path, "value": value}


def _said(body: Any) -> str:
    """Read the error document: `{code, message, errors[]}`; of a 429, `{error, message}`."""
    errors = body.get("errors") if isinstance(body, dict) else None
    details = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    said = [body.get("message"), *(error.get("message") for error in details)] if isinstance(body, dict) else []
    return " ".join(str(message) for message in said if message) or reason_in(body)


def _ticket(row: dict[str, Any]) -> PsaTicket:
    row_in(row)
    owner = row.get("owner") or {}
    return PsaTicket(
        id=str(row["id"]),
        number=str(row["id"]),
        summary=str(row.get("summary") or ""),
        status_id=text_of((row.get("status") or {}).get("id")) or "",
        status_name=_name(row.get("status")),
        is_closed=bool(row.get("closedFlag")),
        company=_name(row.get("company")),
        contact=row.get("contactName") or _name(row.get("contact")),
        priority=_name(row.get("priority")),
        owner_id=text_of(owner.get("id")),
        owner_name=_name(owner),
        owner_login=_login(owner),
        updated_at=instant_of((row.get("_info") or {}).get("lastUpdated")),
        merged_into=text_of((row.get("mergedParentTicket") or {}).get("id")),
    )


def _tickets(rows: Any) -> list[PsaTicket]:
    return [_ticket(row) for row in rows_in(rows)]


def _note_with(trace: str, notes: Any) -> tuple[str | None, bool]:
    """The id of the note on this page that holds `trace`, and whether there are no more pages."""
    found = next((str(note["id"]) for note in rows_in(notes) if trace in str(note.get("text", ""))), None)
    return found, len(notes) < PAGE_SIZE


def _status_named(status: str, rows: Any) -> int | None:
    active = (row for row in rows_in(rows) if not row.get("inactive"))
    wanted = plain_label(status)
    return next((int(row["id"]) for row in active if wanted in (str(row["id"]), plain_label(str(row["name"])))), None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _login(owner: dict[str, Any]) -> str | None:
    """The identifier of a member, unless it is a number: that would be somebody's id."""
    identifier = str(owner.get("identifier") or "")
    return identifier if identifier and not identifier.isdecimal() else None


def _name(part: Any) -> str | None:
    return part.get("name") if isinstance(part, dict) else None
