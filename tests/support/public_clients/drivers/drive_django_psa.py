"""django-psa's client of HaloPSA, a product in use: login, changes since, page, note, status and agent, error."""

import django
from django.conf import settings
from to_sandbox import TICKET, URL, refusal_of, report

settings.configure(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    HALO_AUTHORISATION_SERVER=f"{URL}/halopsa/auth",
    HALO_RESOURCE_SERVER=f"{URL}/halopsa/api",
    HALO_CLIENT_ID="c0ffee00-0000-4000-8000-000000000001",
    HALO_CLIENT_SECRET="not-a-real-secret",
)
django.setup()

from djpsa.halo.records.action.api import ActionAPI  # noqa: E402
from djpsa.halo.records.agent.api import AgentAPI  # noqa: E402
from djpsa.halo.records.status.api import StatusAPI  # noqa: E402
from djpsa.halo.records.ticket.api import TicketAPI  # noqa: E402


def tickets(since: str) -> list[int]:
    """The tickets changed since, by the filter that django-psa uses."""
    api = TicketAPI(conditions=[{"lastupdatefromdate": since}], token_locking=False)
    return [row["id"] for row in api.get_page(page=1, batch_size=100)["tickets"]]


api = TicketAPI(token_locking=False)
note = ActionAPI(token_locking=False).create(
    {"ticket_id": TICKET, "outcome_id": 7, "hiddenfromuser": True, "sendemail": False, "note_html": "From django-psa"}
)
api.update(TICKET, {"status_id": 2})
after = api.update(TICKET, {"agent_id": 14})
actions = ActionAPI(conditions=[{"ticket_id": TICKET}], token_locking=False).get_page(page=1)
report(
    listed=tickets("2000-01-01T00:00:00"),
    unchanged=tickets("2999-01-01T00:00:00"),
    paged=[[row["id"] for row in api.get_page(page=number, batch_size=2)["tickets"]] for number in (1, 2)],
    noted=note["id"],
    found=[row["note_html"] for row in actions["actions"]],
    status=after[0]["status_id"],
    owner=after[0]["agent_id"],
    agents=[row.get("email") for row in AgentAPI(token_locking=False).get_page()],
    statuses=[row["name"] for row in StatusAPI(token_locking=False).get_page() if row["type"] == 0],
    refused=refusal_of(lambda: api.update(TICKET, {"agent_id": 4711})),
)
