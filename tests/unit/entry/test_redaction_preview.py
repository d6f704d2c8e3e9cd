"""The page shows before sending what will be masked; the preview keeps nothing."""

import json
from typing import Any

import pytest

from chalicelib.domain.redaction import redact
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.builders import JANE, VIC


def preview(gate: Gate, text: str) -> list[dict[str, Any]]:
    answer = gate.api.call("POST", "/redaction/preview", by=JANE, body={"text": text})
    assert answer.status == 200
    spans: list[dict[str, Any]] = answer.json["spans"]
    return spans


def as_javascript(text: str, span: dict[str, Any]) -> str:
    """What `text.slice(start, end)` is in a browser, whose strings are UTF-16."""
    return text.encode("utf-16-le")[2 * span["start"] : 2 * span["end"]].decode("utf-16-le")


def test_preview_names_place_and_kind_of_each_secret(gate: Gate) -> None:
    spans = preview(gate, "Password: Sommer2024! and PIN: 4711")

    assert spans == [{"start": 10, "end": 21, "kind": "password"}, {"start": 31, "end": 35, "kind": "PIN"}]


def test_preview_of_a_text_without_secrets_is_empty(gate: Gate) -> None:
    assert preview(gate, "Password: prompt appears every 5 minutes") == []


@pytest.mark.parametrize(
    "text",
    [
        "👍🏽 Password: Sommer2024! 👍 PIN: 4711",
        "  leading blanks, Password: Sommer2024!",
        "𝔘𝔫𝔦 pass\u200bword: Sommer2024!\r\nPIN: 4711",
        "Password: Söm𝔪er2024!👍x",
    ],
)
def test_preview_counts_as_the_page_does(gate: Gate, text: str) -> None:
    spans = preview(gate, text)

    masked = redact(text)
    shown = [as_javascript(text, span) for span in spans]
    assert shown
    assert all(secret in text and secret not in masked for secret in shown)
    assert all(secret[0] in "S4" for secret in shown)


def test_preview_takes_an_empty_text(gate: Gate) -> None:
    assert preview(gate, "") == []


def test_preview_takes_no_more_than_a_message(gate: Gate) -> None:
    assert preview(gate, "a" * 10_000) == []
    answer = gate.api.call("POST", "/redaction/preview", by=JANE, body={"text": "a" * 10_001})

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/text"]


def test_preview_refuses_what_no_message_may_hold(gate: Gate) -> None:
    answer = gate.api.call("POST", "/redaction/preview", by=JANE, body={"text": "Password: Sommer2024!\x00"})

    assert_problem(answer, 422, "invalid_request")
    assert "Sommer" not in answer.text


def test_preview_is_for_engineers(gate: Gate) -> None:
    answer = gate.api.call("POST", "/redaction/preview", by=VIC, body={"text": "x"})

    assert_problem(answer, 403, "forbidden")


def test_preview_asks_nothing_of_dynamodb_and_logs_no_text(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    preview(gate, "Password: Sommer2024!")

    logged = capsys.readouterr()
    assert gate.recorder.operations == []
    assert "Sommer2024!" not in logged.out + logged.err
    assert json.dumps("password") not in logged.out
