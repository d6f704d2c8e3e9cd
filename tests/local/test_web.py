from pathlib import Path

import pytest
from werkzeug.test import Client

from infra.local.web import same_origin

HEADERS = {"X-Content-Type-Options": "nosniff"}


@pytest.fixture
def browser(tmp_path: Path) -> Client:
    (tmp_path / "index.html").write_text("<h1>FlowPilot</h1>")
    (tmp_path / "app.js").write_text("1")
    return Client(same_origin("http://127.0.0.1:1/api", tmp_path, HEADERS))


@pytest.mark.parametrize("path", ["/", "/pilot/018f-7"])
def test_route_of_the_page_is_the_page(browser: Client, path: str) -> None:
    assert browser.get(path, buffered=True).text == "<h1>FlowPilot</h1>"


def test_page_carries_the_security_headers(browser: Client) -> None:
    answer = browser.get("/app.js", buffered=True)

    assert HEADERS.items() <= dict(answer.headers).items()


def test_missing_file_is_missing(browser: Client) -> None:
    assert browser.get("/assets/old.js").status_code == 404


def test_api_that_is_down_is_a_bad_gateway_and_not_the_page(browser: Client) -> None:
    assert browser.get("/api/me").status_code == 502
