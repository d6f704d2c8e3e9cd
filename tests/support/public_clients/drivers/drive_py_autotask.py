"""py-autotask: zone, list, read, page, note, status and owner, error."""

from py_autotask import AutotaskClient
from to_sandbox import TICKET, lead_here, refusal_of, report

lead_here("/autotask")
client = AutotaskClient.create(
    username="api-user@northwind.example",
    integration_code="ABCDEFGHIJKLMNOPQRSTUVWXYZA",
    secret="not-a-real-secret",
)


def patch(**changes: int) -> dict:
    """Change the ticket where the vendor's documentation says: at the address of the collection."""
    answer = client.session.patch(f"{client.auth.api_url.rstrip('/')}/v1.0/Tickets", json={"id": TICKET, **changes})
    answer.raise_for_status()
    return answer.json()


def query(**changes: object) -> object:
    """Open tickets, as py-autotask asks for them."""
    return client.query("Tickets", filters=[{"op": "gte", "field": "Id", "value": 1}], **changes)


page = query(max_records=2)
note = client.create_child_entity(
    "Tickets",
    TICKET,
    "Notes",
    {"TicketID": TICKET, "Title": "A note", "Description": "From py-autotask", "NoteType": 1, "Publish": 2},
)
status, owner = patch(status=8), patch(assignedResourceID=14, assignedResourceRoleID=29683436)
notes = client.query("TicketNotes", filters=[{"op": "eq", "field": "TicketID", "value": TICKET}])
after = client.get("Tickets", TICKET)
report(
    zone=client.auth.api_url,
    listed=[row["id"] for row in query().items],
    read=after["title"],
    paged=[[row["id"] for row in page.items], bool(page.page_details.next_page_url)],
    noted=note.item_id,
    found=[row["description"] for row in notes.items],
    status=after["status"],
    owner=after["assignedResourceID"],
    changed=[status, owner],
    fields=[field["name"] for field in client.get_field_info("Tickets")["fields"]],
    refused=refusal_of(lambda: client.query("Tickets", filters=[{"op": "eq", "field": "Color", "value": 1}])),
    missing=client.get("Tickets", 1),
)
