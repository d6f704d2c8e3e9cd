"""The handler of new sockets, given events as API Gateway gives them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.domain.live_tokens import TOKEN_LIFE
from chalicelib.entry.sockets import connect
from chalicelib.store import connections
from tests.support.api.client import ApiClient
from tests.support.builders import ACME, GLOBEX, SAM
from tests.support.dynamodb.recorder import Recorder
from tests.support.environment import configure

LET_IN, REFUSED = {"statusCode": 200}, {"statusCode": 401}


def opening(token: str | None, socket: str = "socket-1") -> dict[str, Any]:
    query = None if token is None else {"token": token}
    return {"requestContext": {"connectionId": socket}, "queryStringParameters": query}


def open_in(account_id: str) -> list[str]:
    return [connection.id for connection in connections.list_open(account_id)]


def test_token_lets_one_socket_in(tables: None) -> None:
    token = issue_live_token(by=SAM, at=datetime.now(UTC)).text

    answers = [connect(opening(token), None), connect(opening(token, "socket-2"), None)]

    assert answers == [LET_IN, REFUSED]
    assert open_in(ACME) == ["socket-1"]


def test_issued_address_opens_a_socket(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, LIVE_URL="wss://live.example")

    address = urlsplit(api.call("POST", "/live/tokens", by=SAM).json["url"])

    query = dict(parse_qsl(address.query))
    event = {"requestContext": {"connectionId": "socket-1"}, "queryStringParameters": query}
    assert connect(event, None) == LET_IN


def test_token_that_is_a_minute_old_lets_nobody_in(tables: None) -> None:
    token = issue_live_token(by=SAM, at=datetime.now(UTC) - TOKEN_LIFE).text

    assert connect(opening(token), None) == REFUSED
    assert open_in(ACME) == []


def test_token_opens_nothing_in_another_account(tables: None) -> None:
    secret = issue_live_token(by=SAM, at=datetime.now(UTC)).secret

    assert connect(opening(f"{GLOBEX}.{secret}"), None) == REFUSED
    assert open_in(GLOBEX) == []


@pytest.mark.parametrize("text", [None, "", ".", "acme.", ".s3cret", "s3cret", f"{'a' * 3_000}.s3cret"])
def test_malformed_live_token_costs_no_read(recorder: Recorder, text: str | None) -> None:
    assert connect(opening(text), None) == REFUSED
    assert recorder.operations == []
