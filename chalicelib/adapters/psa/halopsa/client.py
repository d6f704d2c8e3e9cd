"""HaloPSA, by its REST API. Source: public clients that are in use, and the vendor's guides.

Facts that shape this: what is written goes as a JSON array, even one object; what comes back may be an object or an
array; a note is an action, which needs an outcome; errors are free text in half a dozen forms.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import (
    changed_since,
    email_in,
    instant_of,
    latest,
    name_in,
    reason_in,
    row_in,
    rows_in,
    text_of,
)
from chalicelib.adapters.psa.halopsa import assumptions as assumed
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient
from chalicelib.adapters.psa.picklists import Picklist
from chalicelib.domain.integration import HaloSettings, PsaKind
from chalicelib.domain.psa import PsaRefused, PsaTicket, ticket_name
from chalicelib.domain.renderings import to_html
from chalicelib.domain.ticket_status import plain_label

SYSTEM = "HaloPSA"
PAGE_SIZE = 100
MOST_PAGES = 20
ACTIONS_AT_ONCE = 20
"""Each comes with its note twice, as text and as HTML."""

MOST_ACTIONS = 2_000
TOKEN_MARGIN_S = 60
"""How long before its end a token is no longer used."""


class HaloPsa:
    """One tenant. Every call takes 10 s at most, and raises PsaUnavailable or PsaRefused."""

    render = staticmethod(to_html)
    note_limit = assumed.NOTE_LIMIT

    def __init__(self, base_url: str, settings: HaloSettings, secrets: Mapping[str, str]) -> None:
        self._wire = PsaHttpClient(SYSTEM, base_url)
        self._settings = settings
        self._client_secret = secrets["client_secret"]
        self._token, self._token_ends = "", 0.0
        self._statuses = Picklist(self._read_status)
        self._people = Picklist(lambda agent_id: self._wire.understood(name_in, self._agent(agent_id)))

    def check(self) -> None:
        """Make a call that needs the credentials and changes nothing."""
        self._ticket_statuses()

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""
        row = self._call("GET", f"/api/Tickets/{_number(ticket_id)}", params={"includedetails": "true"})
        return self._named(self._wire.understood(_ticket, row))

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of an agent, None when there is none."""
        return self._wire.understood(email_in, self._agent(owner_id))

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many 2,000."""
        params = {
            "pageinate": "true",  # their spelling
            "page_size": str(PAGE_SIZE),
            "lastupdatefromdate": f"{since:%Y-%m-%dT%H:%M:%S}",  # times carry no offset here, and are UTC
        }
        found: list[PsaTicket] = []
        for page in range(1, MOST_PAGES + 1):
            body = self._call("GET", "/api/Tickets", params={**params, "page_no": str(page)})
            rows = self._wire.understood(lambda body: [_ticket(row) for row in rows_in(body["tickets"])], body)
            is_repeated = bool(found) and rows == found[-len(rows) :]
            found += rows
            if len(rows) < PAGE_SIZE or is_repeated:
                break
        return [self._named(ticket) for ticket in changed_since(found, since)]

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's action that holds `trace`, None when there is none."""
        params = {"ticket_id": str(_number(ticket_id)), "pageinate": "true", "page_size": str(ACTIONS_AT_ONCE)}
        for page in range(1, MOST_ACTIONS // ACTIONS_AT_ONCE + 1):
            body = self._call("GET", "/api/Actions", params={**params, "page_no": str(page)})
            actions = self._wire.understood(assumed.actions_in, body)
            for action in actions:
                if trace in f"{action.get('note_html')} {action.get('note')}":
                    return self._wire.understood(_id_in, action)
            if len(actions) != ACTIONS_AT_ONCE:  # more are all there are: clients are seen that page no actions
                break
        return None

    def add_note(self, ticket_id: str, title: str, text: str) -> str:  # noqa: ARG002  notes here have no title
        """Write a note that only the MSP's own people see; return its id."""
        action = {
            "ticket_id": _number(ticket_id),
            "outcome_id": int(self._settings.note_outcome_id or assumed.PRIVATE_NOTE),
            "hiddenfromuser": True,
            "sendemail": False,
            "note_html": text,
        }
        return self._wire.understood(_id_in, self._call("POST", "/api/Actions", body=[action]))

    def set_status(self, ticket_id: str, status: str) -> None:
        """Set the status, by id or name."""
        self._change(ticket_id, {"status_id": self._status_id(status)})

    def set_owner(self, ticket_id: str, owner: str) -> None:
        """Set the owner, by agent id."""
        self._change(ticket_id, {"agent_id": _number(owner, "agent")})

    def _change(self, ticket_id: str, changes: dict[str, Any]) -> None:
        changed = self._call("POST", "/api/Tickets", body=[{"id": _number(ticket_id), **changes}])
        self._wire.understood(row_in, changed)

    def _named(self, ticket: PsaTicket) -> PsaTicket:
        names = {
            "status_name": self._statuses.of(ticket.status_id),
            "owner_name": self._people.of(ticket.owner_id),
            "url": assumed.ticket_url(self._wire.base_url, ticket.id),
        }
        return ticket.model_copy(update=names)

    def _read_status(self, status_id: str) -> str | None:
        return self._ticket_statuses().get(status_id)

    def _ticket_statuses(self) -> dict[str, str]:
        return self._wire.understood(_ticket_statuses_in, self._call("GET", "/api/Status"))

    def _agent(self, agent_id: str) -> Any:
        return self._call("GET", f"/api/Agent/{_number(agent_id, 'agent')}")

    def _status_id(self, status: str) -> int:
        wanted, known = plain_label(status), self._ticket_statuses()
        found = next((status_id for status_id, name in known.items() if wanted in (status_id, plain_label(name))), None)
        if found is None:
            raise PsaRefused(f"{SYSTEM} has no ticket status {status}.")
        return int(found)

    def _call(self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Any:
        had_token = bool(self._token)
        answer = self._authorized(method, path, params, body)
        if answer.status == 401 and had_token:  # it may have been withdrawn before its time
            self._token = ""
            answer = self._authorized(method, path, params, body)
        if not answer.is_success:
            raise self._wire.fault_of(answer, reason_in(answer.body))
        return answer.body

    def _authorized(self, method: str, path: str, params: Mapping[str, str] | None, body: Any) -> Answer:
        if not self._token or time.monotonic() > self._token_ends:
            self._log_in()
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._wire.call(method, path, headers=headers, params=params, body=body)

    def _log_in(self) -> None:
        """Get a token from the tenant's own address, whatever other address `authinfo` may name."""
        found = self._wire.call("GET", "/api/authinfo", headers={})
        if found.status == 429:  # else it is no matter: a tenant of its own host needs no name
            raise self._wire.fault_of(found, reason_in(found.body))
        tenant = found.body.get("tenant_id") if found.is_success and isinstance(found.body, dict) else None
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.client_id,
            "client_secret": self._client_secret,
            "scope": "all",
        }
        params = {"tenant": str(tenant)} if tenant else None
        answer = self._wire.call("POST", "/auth/token", headers={}, params=params, form=form)
        if answer.status in (400, 401):
            raise PsaRefused(f"{SYSTEM} does not accept the client id or secret ({answer.status}).")
        if not answer.is_success:
            raise self._wire.fault_of(answer, reason_in(answer.body))
        self._token, lasts_s = self._wire.understood(_token_in, answer.body)
        self._token_ends = time.monotonic() + lasts_s - TOKEN_MARGIN_S


def _token_in(body: Any) -> tuple[str, float]:
    return str(body["access_token"]), float(body.get("expires_in") or 0)


def _number(text: str, what: str = "ticket") -> int:
    number = ticket_name(text, PsaKind.HALOPSA)
    if not (number.isascii() and number.isdecimal()):
        raise PsaRefused(f"{text} is no {what} number of {SYSTEM}.")
    return int(number)


def _id_in(body: Any) -> str:
    """The id of what was written, which comes as an object or as an array of one."""
    return str(row_in(body)["id"])


def _ticket_statuses_in(body: Any) -> dict[str, str]:
    """The names of statuses by id. The list holds those of other kinds too, with ids and names like those of tickets.

    A status without a type is taken for one of tickets; of two with one id the first counts.
    """
    names: dict[str, str] = {}
    for row in rows_in(body):
        if row.get("type") in (None, 0):
            names.setdefault(str(row["id"]), str(row["name"]))
    return names


def _name(part: Any) -> str | None:
    """The name in an object, which `includedetails` adds to a ticket."""
    return text_of(part.get("name")) if isinstance(part, dict) else None


def _ticket(row: dict[str, Any]) -> PsaTicket:
    row_in(row)
    owner_id = text_of(row.get("agent_id"))
    return PsaTicket(
        id=str(row["id"]),
        number=str(row["id"]),
        summary=str(row.get("summary") or ""),
        status_id=text_of(row.get("status_id")) or "",
        status_name=None,
        is_closed=assumed.is_closed(row),
        company=row.get("client_name"),
        contact=row.get("user_name"),
        priority=_name(row.get("priority")) or text_of(row.get("priority_name")),
        owner_id=None if owner_id in assumed.NO_AGENTS else owner_id,
        owner_name=None,
        updated_at=latest(instant_of(row.get("lastactiondate")), instant_of(row.get("last_update"))),
    )
