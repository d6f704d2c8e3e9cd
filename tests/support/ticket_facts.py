"""The facts that a ticket system reports of the story's ticket."""

from chalicelib.domain.ticket_facts import TicketFacts
from tests.support.builders import SUMMARY, minute


def ticket_facts(**changes: object) -> TicketFacts:
    """The facts of Jane's ticket; every one can be named to be another."""
    given = {
        "number": "4711",
        "title": SUMMARY,
        "client": {"id": "250", "name": "Northwind"},
        "contact": {"name": "Dana Okafor", "phone": "+1 206 555 0142", "email": None},
        "status": "Open",
        "priority": "High",
        "type": None,
        "owner": None,
        "due_at": None,
        "contract": None,
        "url": "https://psa.example/4711",
        "is_closed": False,
        "changed_at": None,
        "read_at": minute(0),
    }
    return TicketFacts.model_validate(given | changes)
