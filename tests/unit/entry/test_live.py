"""The handler of new sockets, given events as API Gateway gives them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.actions.notifications.issue_live_token import issue_live_ticket
from chalicelib.domain.live_tokens import TICKET_LIFE
from chalicelib.entry.live import connect
from chalicelib.store import connections
from tests.support.builders import ACME, GLOBEX, SAM
from tests.support.dynamodb.recorder import Wire

LET_IN, REFUSED = {"statusCode": 200}, {"statusCode": 401}


def opening(ticket: str | None, socket: str = "socket-1") -> dict[str, Any]:
    query = None if ticket is None else {"ticket": ticket}
    return {"requestContext": {"connectionId": socket}, "queryStringParameters": query}


def open_in(account_id: str) -> list[str]:
    return [connection.id for connection in connections.list_open(account_id)]


def test_a_ticket_lets_one_socket_in(tables: None) -> None:
    ticket = issue_live_ticket(by=SAM, at=datetime.now(UTC)).text

    answers = [connect(opening(ticket), None), connect(opening(ticket, "socket-2"), None)]

    assert answers == [LET_IN, REFUSED]
    assert open_in(ACME) == ["socket-1"]


def test_a_ticket_that_is_a_minute_old_lets_nobody_in(tables: None) -> None:
    ticket = issue_live_ticket(by=SAM, at=datetime.now(UTC) - TICKET_LIFE).text

    assert connect(opening(ticket), None) == REFUSED
    assert open_in(ACME) == []


def test_a_ticket_opens_nothing_in_another_account(tables: None) -> None:
    secret = issue_live_ticket(by=SAM, at=datetime.now(UTC)).secret

    assert connect(opening(f"{GLOBEX}.{secret}"), None) == REFUSED
    assert open_in(GLOBEX) == []


@pytest.mark.parametrize("text", [None, "", ".", "acme.", ".s3cret", "s3cret", f"{'a' * 3_000}.s3cret"])
def test_what_cannot_be_a_ticket_is_not_looked_for(wire: Wire, text: str | None) -> None:
    assert connect(opening(text), None) == REFUSED
    assert wire.operations == []
