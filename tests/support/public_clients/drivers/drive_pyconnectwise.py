"""pyconnectwise: list, read, page, note, status and owner, error."""

from pyconnectwise import ConnectWiseManageAPIClient
from to_sandbox import TICKET, lead_here, refusal_of, report

lead_here("/connectwise")
client = ConnectWiseManageAPIClient(
    "northwindmsp", "na.sandbox.example", "11111111-2222-3333-4444-555555555555", "PubKey123", "PrivKey456"
)
tickets = client.service.tickets
ticket = tickets.id(TICKET)
page = tickets.paginated(1, 2, {"orderBy": "id asc"})
paged = [row.id for row in page.data]
page.get_next_page()
note = ticket.notes.post({"text": "From pyconnectwise", "internalAnalysisFlag": True, "detailDescriptionFlag": False})
ticket.patch([{"op": "replace", "path": "status", "value": {"id": 305}}])
ticket.patch([{"op": "replace", "path": "owner", "value": {"id": 14}}])
after = ticket.get()
report(
    listed=[row.id for row in tickets.get(params={"conditions": "closedFlag = false", "pageSize": 100})],
    read=ticket.get().summary,
    paged=[paged, [row.id for row in page.data]],
    noted=note.id,
    found=[row.text for row in ticket.notes.get(params={"orderBy": "id desc"})],
    status=after.status["name"] if isinstance(after.status, dict) else after.status.name,
    owner=after.owner["id"] if isinstance(after.owner, dict) else after.owner.id,
    email=client.system.members.id(14).get().office_email,
    refused=refusal_of(lambda: ticket.patch([{"op": "replace", "path": "status", "value": {"id": 999}}])),
    missing=refusal_of(lambda: tickets.id(1).get()),
)
