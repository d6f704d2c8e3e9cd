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
    name_in,
    open_tickets_of,
    owner_in,
    reason_in,
    row_in,
    rows_in,
)
from chalicelib.adapters.psa.halopsa import assumptions as assumed
from chalicelib.adapters.psa.halopsa.rows import id_in, ticket_in, ticket_statuses_in, tickets_in
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient
from chalicelib.adapters.psa.picklists import Picklist
from chalicelib.domain.integration import HaloSettings, PsaKind
from chalicelib.domain.mapping_choices import MappingChoices, OwnerChoice, sorted_choices
from chalicelib.domain.psa import (
    PsaAccessRefused,
    PsaFault,
    PsaRefused,
    PsaTicket,
    PsaTicketAbsent,
    PsaUnavailable,
    ticket_name,
)
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

    def check(self) -> str | None:
        """Read a ticket, with the credentials and changing nothing; return its number, None where there is none."""
        self._ticket_statuses()
        one = {"pageinate": "true", "page_size": "1", "page_no": "1"}
        found = self._wire.understood(tickets_in, self._call("GET", "/api/Tickets", params=one))
        return found[0].number if found else None

    def list_choices(self) -> MappingChoices:
        """Return the statuses of tickets, and the agents that are enabled."""
        return sorted_choices(list(self._ticket_statuses().items()), self.list_owners())

    def list_owners(self) -> list[OwnerChoice]:
        """Return the agents that are enabled."""
        agents = self._wire.understood(rows_in, self._call("GET", "/api/Agent"))
        people = [row for row in agents if str(row.get("id")) not in assumed.NO_AGENTS and not row.get("isdisabled")]
        return self._wire.understood(lambda rows: [owner_in(row) for row in rows], people)

    def is_webhook_active(self, path: str) -> bool | None:  # noqa: ARG002  nothing that we may read says it
        """Return None: it is not asked."""
        return None

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""
        row = self._call("GET", f"/api/Tickets/{_number(ticket_id)}", params={"includedetails": "true"})
        return self._named(self._wire.understood(ticket_in, row))

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of an agent, None when there is none."""
        return self._wire.understood(email_in, self._agent(owner_id))

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many 2,000."""
        changed = {"lastupdatefromdate": f"{since:%Y-%m-%dT%H:%M:%S}"}  # times carry no offset here, and are UTC
        return [self._named(ticket) for ticket in changed_since(self._tickets(changed), since)]

    def list_open_tickets(self, owner: str) -> list[PsaTicket]:
        """Return the open tickets of an agent, least recently changed first; of very many some of 2,000."""
        found = self._tickets({"agent_id": owner, "open_only": "true"})
        return [self._named(ticket) for ticket in open_tickets_of(found, owner)]

    def _tickets(self, wanted: Mapping[str, str]) -> list[PsaTicket]:
        """Return the tickets that a query finds, without the names of what they have by number."""
        params = {"pageinate": "true", "page_size": str(PAGE_SIZE), **wanted}  # their spelling
        found: list[PsaTicket] = []
        for page in range(1, MOST_PAGES + 1):
            body = self._call("GET", "/api/Tickets", params={**params, "page_no": str(page)})
            rows = self._wire.understood(tickets_in, body)
            is_repeated = bool(found) and rows == found[-len(rows) :]
            found += rows
            if len(rows) < PAGE_SIZE or is_repeated:
                break
        return found

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's action that holds `trace`, None when there is none."""
        wanted = {"ticket_id": str(_number(ticket_id)), "includehtmlnote": "true"}  # the HTML comes only when asked for
        params = {**wanted, "pageinate": "true", "page_size": str(ACTIONS_AT_ONCE)}
        for page in range(1, MOST_ACTIONS // ACTIONS_AT_ONCE + 1):
            body = self._call("GET", "/api/Actions", params={**params, "page_no": str(page)})
            actions = self._wire.understood(assumed.actions_in, body)
            for action in actions:
                if trace in f"{action.get('note_html')} {action.get('note')}":
                    return self._wire.understood(id_in, action)
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
        return self._wire.understood(id_in, self._call("POST", "/api/Actions", body=[action]))

    def set_status(self, ticket_id: str, status: str) -> None:
        """Set the status, by id or name."""
        self._change(ticket_id, {"status_id": self._status_id(status)})

    def set_owner(self, ticket_id: str, owner: str | None) -> None:
        """Set the owner, by agent id; None leaves the ticket to nobody."""
        self._change(ticket_id, {"agent_id": _number(owner or assumed.UNASSIGNED, "agent")})

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
        return self._wire.understood(ticket_statuses_in, self._call("GET", "/api/Status"))

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
            raise PsaAccessRefused(f"{SYSTEM} does not accept the client id or secret ({answer.status}).")
        if not answer.is_success:
            raise _of_login(self._wire.fault_of(answer, reason_in(answer.body)))
        self._token, lasts_s = self._wire.understood(_token_in, answer.body)
        self._token_ends = time.monotonic() + lasts_s - TOKEN_MARGIN_S


def _of_login(fault: PsaFault) -> PsaFault:
    """Return what a login that failed means: one that is refused keeps us from every ticket, whatever the status."""
    return fault if isinstance(fault, PsaUnavailable) else PsaAccessRefused(str(fault))


def _token_in(body: Any) -> tuple[str, float]:
    return str(body["access_token"]), float(body.get("expires_in") or 0)


def _number(text: str, what: str = "ticket") -> int:
    number = ticket_name(text, PsaKind.HALOPSA)
    if not (number.isascii() and number.isdecimal()):
        raise PsaTicketAbsent(f"{text} is no {what} number of {SYSTEM}.")
    return int(number)
