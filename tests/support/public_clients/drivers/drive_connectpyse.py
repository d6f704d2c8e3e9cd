"""connectpyse: list, read, page, note, status and owner, error."""

import base64

from connectpyse.service import ticket_note, ticket_notes_api, tickets_api
from to_sandbox import TICKET, URL, refusal_of, report

login = base64.b64encode(b"northwindmsp+PubKey123:PrivKey456").decode()
auth = {"Authorization": f"Basic {login}", "clientId": "11111111-2222-3333-4444-555555555555"}
access = {"url": f"{URL}/connectwise/v4_6_release/apis/3.0", "auth": auth}


def page(number: int) -> list[int]:
    """The ids on one page of two."""
    api = tickets_api.TicketsAPI(**access)
    api.orderBy, api.pageSize, api.page = "id asc", 2, number
    return [row.id for row in api.get_tickets()]


api = tickets_api.TicketsAPI(**access)
api.conditions = "closedFlag = false"
notes = ticket_notes_api.TicketNotesAPI(TICKET, **access)
made = notes.create_ticket_note(
    ticket_note.TicketNote({"text": "From connectpyse", "internalAnalysisFlag": True, "detailDescriptionFlag": False})
)
api.update_ticket(TICKET, "status", {"id": 305})
api.update_ticket(TICKET, "owner", {"identifier": "SRivera"})
after = api.get_ticket_by_id(TICKET)
report(
    listed=[row.id for row in api.get_tickets()],
    read=after.summary,
    paged=[page(1), page(2)],
    noted=made.id,
    found=[row.text for row in notes.get_ticket_notes()],
    status=after.status["name"],
    owner=after.owner["id"],
    refused=refusal_of(lambda: api.update_ticket(TICKET, "status", {"id": 999})),
    missing=refusal_of(lambda: api.get_ticket_by_id(1)),
)
