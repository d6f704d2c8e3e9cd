"""HaloPSA (PyPI): login, list, read, page, note, status and agent, error."""

from HaloPSA.Halo import Halo
from to_sandbox import TICKET, lead_here, refusal_of, report

lead_here("/halopsa")
halo = Halo("northwind", "c0ffee00-0000-4000-8000-000000000001", "not-a-real-secret")


def page(number: int) -> list[int]:
    """The ids on one page of two."""
    found = halo.Tickets.search(pageinate=True, page_size=2, page_no=number)
    return [row["id"] for row in found["tickets"]]


note = halo.Actions.update(
    ticket_id=TICKET, outcome_id=7, hiddenfromuser=True, sendemail=False, note_html="From HaloPSA"
)
halo.Tickets.update(id=TICKET, status_id=2)
halo.Tickets.update(id=TICKET, agent_id=14)
after = halo.Tickets.get(id=TICKET, includedetails=True)
report(
    listed=[row["id"] for row in halo.Tickets.search()["tickets"]],
    read=after["summary"],
    paged=[page(1), page(2)],
    noted=note["id"] if isinstance(note, dict) else note[0]["id"],
    found=[row["note_html"] for row in halo.Actions.search(ticket_id=TICKET)["actions"]],
    status=after["status_id"],
    owner=after["agent_id"],
    email=halo.Agents.get(id=14)["email"],
    statuses=[row["name"] for row in halo.Status.search() if row["type"] == 0],
    refused=refusal_of(lambda: halo.Tickets.update(id=TICKET, agent_id=4711)),
    missing=refusal_of(lambda: halo.Tickets.get(id=1)),
)
