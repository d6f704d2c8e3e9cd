"""The page shows before sending what will be masked; the preview keeps nothing."""

import json
from typing import Any

import pytest

from chalicelib.domain.redaction import find_secrets, redact
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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Password: Winter\x1b[31m2024!\x1b[0m ok", ["Winter\x1b[31m2024!"]),
        ("Pass\x1b[1mword: Sommer2024!", ["Sommer2024!"]),
        ("👍 Password\x1b[0m: \x1b[32mSommer2024!\x1b[0m\r\nPIN: 47\x0011", ["Sommer2024!", "47\x0011"]),
        ("\x1b]0;title\x07  Password:\x0b Sommer2024!", ["Sommer2024!"]),
        ("  key x1y2z3\n", []),
    ],
)
def test_preview_agrees_with_what_is_stored_and_leaves(gate: Gate, text: str, shown: list[str]) -> None:
    spans = preview(gate, text)

    session_id = gate.api.call("POST", "/sessions", by=JANE, body={"problem_summary": text}).json["id"]
    stored = gate.api.call("GET", f"/sessions/{session_id}", by=JANE).json["problem_summary"]
    assert [as_javascript(text, span) for span in spans] == shown
    assert [span.kind.value for span in find_secrets(stored)] == [span["kind"] for span in spans]


def test_preview_takes_an_empty_text(gate: Gate) -> None:
    assert preview(gate, "") == []


def test_preview_takes_no_more_than_a_message(gate: Gate) -> None:
    assert preview(gate, "a" * 10_000) == []
    answer = gate.api.call("POST", "/redaction/preview", by=JANE, body={"text": "a" * 10_001})

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/text"]


def test_preview_refuses_what_no_message_may_hold(gate: Gate) -> None:
    answer = gate.api.call("POST", "/redaction/preview", by=JANE, body={"text": "Password: Sommer2024!\uffff"})

    assert_problem(answer, 422, "invalid_request")
    assert "Sommer" not in answer.text


def test_preview_takes_the_controls_of_pasted_output(gate: Gate) -> None:
    assert preview(gate, "\x1b[31mFAIL\x1b[0m\x0c") == []


def test_preview_is_for_engineers(gate: Gate) -> None:
    answer = gate.api.call("POST", "/redaction/preview", by=VIC, body={"text": "x"})

    assert_problem(answer, 403, "forbidden")


def test_preview_asks_nothing_of_dynamodb_and_logs_no_text(gate: Gate, capsys: pytest.CaptureFixture[str]) -> None:
    preview(gate, "Password: Sommer2024!")

    logged = capsys.readouterr()
    assert gate.recorder.operations == []
    assert "Sommer2024!" not in logged.out + logged.err
    assert json.dumps("password") not in logged.out
