"""When the tickets that are already somebody's are looked for."""

import pytest

from chalicelib.domain.people import SEARCH_AGAIN, Engineer, Role, TicketSearch
from tests.support.builders import minute

NOW = minute(90)


def an_engineer(role: Role = Role.ENGINEER, email: str = "jane@acme.example", **search: object) -> Engineer:
    known = TicketSearch.model_validate({"email": "jane@acme.example", **search}) if search else None
    return Engineer(id="sub-jane", name="Jane", email=email, role=role, ticket_search=known)


@pytest.mark.parametrize(
    ("engineer", "is_needed"),
    [
        (an_engineer(), True),
        (an_engineer(Role.VIEWER), False),
        (an_engineer(email=""), False),
        (an_engineer(asked_at=NOW, is_done=True), False),
        (an_engineer(asked_at=NOW), False),
        (an_engineer(asked_at=NOW - SEARCH_AGAIN), True),
        (an_engineer(email="roe@acme.example", asked_at=NOW, is_done=True), True),
    ],
    ids=[
        "never",
        "viewer",
        "no address",
        "done",
        "asked just now",
        "asked an hour ago without success",
        "another address",
    ],
)
def test_tickets_are_looked_for_once_under_each_address(engineer: Engineer, *, is_needed: bool) -> None:
    assert engineer.needs_ticket_search(NOW) is is_needed


def test_search_is_not_shown_with_the_engineer() -> None:
    assert "ticket_search" not in an_engineer(asked_at=NOW).model_dump()
