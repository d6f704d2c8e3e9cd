"""HaloPSA, by its REST API. Source: public clients that are in use, and the vendor's guides.

Facts that shape this: what is written goes as a JSON array, even one object; what comes back may be an object or an
array; a note is an action, which needs an outcome; errors are free text in half a dozen forms.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import email_in, instant_of, name_in
from chalicelib.adapters.psa.halopsa import assumptions as assumed
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient
from chalicelib.adapters.psa.picklists import Picklist
from chalicelib.domain.integration import HaloSettings
from chalicelib.domain.psa import PsaRefused, PsaTicket
from chalicelib.domain.renderings import to_html

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
        self._people = Picklist(lambda agent_id: name_in(self._agent(agent_id)))

    def check(self) -> None:
        """Make a call that needs the credentials and changes nothing."""
        self._wire.understood(lambda body: [row["id"] for row in body], self._call("GET", "/api/Status"))

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""
        row = self._call("GET", f"/api/Tickets/{_number(ticket_id)}", params={"includedetails": "true"})
        return self._named(self._wire.understood(_ticket, row))

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of an agent, None when there is none."""
        return email_in(self._agent(owner_id))

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many 2,000."""
        params = {
            "pageinate": "true",  # their spelling
            "page_size": str(PAGE_SIZE),
            "datesearch": "lastactiondate",
            "startdate": f"{since:%Y-%m-%dT%H:%M:%S}",  # times carry no offset here, and are UTC
        }
        found: list[PsaTicket] = []
        for page in range(1, MOST_PAGES + 1):
            body = self._call("GET", "/api/Tickets", params={**params, "page_no": str(page)})
            rows = self._wire.understood(lambda body: [_ticket(row) for row in body["tickets"]], body)
            found += map(self._named, rows)
            if len(rows) < PAGE_SIZE:
                break
        return sorted(found, key=lambda ticket: ticket.updated_at or since)

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's action that holds `trace`, None when there is none."""
        params = {"ticket_id": str(_number(ticket_id)), "pageinate": "true", "page_size": str(ACTIONS_AT_ONCE)}
        for page in range(1, MOST_ACTIONS // ACTIONS_AT_ONCE + 1):
            body = self._call("GET", "/api/Actions", params={**params, "page_no": str(page)})
            actions = assumed.actions_in(body)
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

    def set_status_or_owner(self, ticket_id: str, *, status: str | None = None, owner: str | None = None) -> None:
        """Set what is given: a status by id or name, an owner by agent id."""
        changes: dict[str, Any] = {}
        if status:
            changes["status_id"] = self._status_id(status)
        if owner:
            changes["agent_id"] = _number(owner, "agent")
        if changes:
            self._call("POST", "/api/Tickets", body=[{"id": _number(ticket_id), **changes}])

    def _named(self, ticket: PsaTicket) -> PsaTicket:
        names = {"status_name": self._statuses.of(ticket.status_id), "owner_name": self._people.of(ticket.owner_id)}
        return ticket.model_copy(update=names)

    def _read_status(self, status_id: str) -> str | None:
        rows = self._call("GET", "/api/Status")
        return self._wire.understood(lambda body: {str(row["id"]): str(row["name"]) for row in body}, rows).get(
            status_id
        )

    def _agent(self, agent_id: str) -> Any:
        return self._call("GET", f"/api/Agent/{_number(agent_id, 'agent')}")

    def _status_id(self, status: str) -> int:
        rows = self._call("GET", "/api/Status")
        named = self._wire.understood(lambda body: {str(row["name"]).casefold(): int(row["id"]) for row in body}, rows)
        found = int(status) if status.isdecimal() else named.get(status.casefold())
        if found is None:
            raise PsaRefused(f"{SYSTEM} has no ticket status {status}.")
        return found

    def _call(self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Any:
        had_token = bool(self._token)
        answer = self._authorized(method, path, params, body)
        if answer.status == 401 and had_token:  # it may have been withdrawn before its time
            self._token = ""
            answer = self._authorized(method, path, params, body)
        if not answer.is_success:
            raise self._wire.fault_of(answer, _said(answer.body))
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
            raise self._wire.fault_of(found, _said(found.body))
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
            raise self._wire.fault_of(answer, _said(answer.body))
        self._token, lasts_s = self._wire.understood(_token_in, answer.body)
        self._token_ends = time.monotonic() + lasts_s - TOKEN_MARGIN_S


def _token_in(body: Any) -> tuple[str, float]:
    return str(body["access_token"]), float(body.get("expires_in") or 0)


def _number(text: str, what: str = "ticket") -> int:
    number = text.removeprefix("#")
    if not (number.isascii() and number.isdecimal()):
        raise PsaRefused(f"{text} is no {what} number of {SYSTEM}.")
    return int(number)


def _id_in(body: Any) -> str:
    """The id of what was written, which comes as an object or as an array of one."""
    made = body[0] if isinstance(body, list) else body
    return str(made["id"])


def _said(body: Any) -> str:
    if not isinstance(body, dict):
        return str(body)
    forms = ("message", "Message", "errorMessage", "error_description", "error", "ClassName")
    return next((str(body[form]) for form in forms if body.get(form)), "")


def _ticket(row: dict[str, Any]) -> PsaTicket:
    return PsaTicket(
        id=str(row["id"]),
        number=str(row["id"]),
        summary=str(row.get("summary") or ""),
        status_id=str(row.get("status_id", "")),
        status_name=None,
        is_closed=assumed.is_closed(row),
        company=row.get("client_name"),
        contact=row.get("user_name"),
        priority=None,
        owner_id=str(row["agent_id"]) if row.get("agent_id") else None,
        owner_name=None,
        updated_at=instant_of(row.get("lastactiondate")),
    )
