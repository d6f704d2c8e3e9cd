"""What an author marks is masked before anything is stored, so that everything that leaves honors it."""

import json

import pytest

from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ALEX, JANE
from tests.support.table_contents import contents

SECRET = "winter-lodge"
MASK = "[masked: marked by the author]"


@pytest.fixture
def session_id(api: ApiClient) -> str:
    opening = {"problem_summary": f"the safe says {SECRET}", "marked": [SECRET]}
    opened = api.call("POST", "/sessions", by=JANE, body=opening)
    assert (opened.status, opened.json["problem_summary"]) == (201, f"the safe says {MASK}")
    return str(opened.json["id"])


@pytest.mark.parametrize(
    ("route", "body", "field"),
    [
        ("messages", {"text": "say {} twice: {}", "epoch": 1}, "message.text"),
        ("turns", {"kind": "step", "action": "typed {}", "result": "no_effect", "epoch": 1}, "action"),
        (
            "turns",
            {"kind": "step", "action": "typed it", "finding": "only {} works", "result": "fixed", "epoch": 1},
            "finding",
        ),
        ("handoff", {"intent": "escalate", "engineer_notes": "the word is {}", "epoch": 1}, "engineer_notes"),
        ("resolve", {"resolution": "{} was right", "root_cause": "not {}", "epoch": 1}, "resolution"),
    ],
)
def test_marked_passage_is_stored_masked(
    api: ApiClient, session_id: str, route: str, body: dict[str, object], field: str
) -> None:
    sent = {name: text.replace("{}", SECRET) if isinstance(text, str) else text for name, text in body.items()}

    answer = api.call("POST", f"/sessions/{session_id}/{route}", by=JANE, body={**sent, "marked": [SECRET]})

    assert answer.status in (200, 201), answer.text
    text = answer.json
    for name in field.split("."):
        text = text[name]
    assert MASK in text
    assert SECRET not in answer.text
    assert SECRET not in json.dumps(contents())


def test_release_note_is_masked_too(api: ApiClient, session_id: str) -> None:
    handoff = api.call("POST", f"/sessions/{session_id}/handoff", by=JANE, body={"intent": "escalate"}).json
    there = f"/sessions/{session_id}/handoffs/{handoff['id']}"
    api.call("POST", f"{there}/claim", by=ALEX)

    api.call("POST", f"{there}/release", by=ALEX, body={"note": f"try {SECRET}", "marked": [SECRET]})

    assert api.call("GET", there, by=JANE).json["release_note"] == f"try {MASK}"
    assert SECRET not in json.dumps(contents())


def test_passage_that_stands_nowhere_is_refused_and_nothing_is_stored(api: ApiClient, session_id: str) -> None:
    body = {"text": "no such word", "epoch": 1, "marked": ["such", "winter"]}

    answer = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/marked/1"]
    assert "winter" not in answer.text
    assert api.call("GET", f"/sessions/{session_id}/turns", by=JANE).json["items"] == []


@pytest.mark.parametrize(
    ("marked", "pointer"),
    [(["x"], "/marked/0"), (["--"], "/marked/0"), (["ab"] * 21, "/marked"), (["a" * 1_001], "/marked/0")],
    ids=["one letter", "no letter", "21 passages", "1,001 letters"],
)
def test_passages_have_limits(api: ApiClient, session_id: str, marked: list[str], pointer: str) -> None:
    body = {"text": "ab -- x", "epoch": 1, "marked": marked}

    answer = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == [pointer]


def test_text_that_its_masks_make_too_long_is_refused(api: ApiClient, session_id: str) -> None:
    body = {"text": "ab " * 3_000, "epoch": 1, "marked": ["ab"]}

    answer = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/text"]


def test_passage_is_cleaned_as_the_text_is(api: ApiClient, session_id: str) -> None:
    body = {"text": "the \x1b[31mwinter\x1b[0m lodge", "epoch": 1, "marked": ["\x1b[31mwinter\x1b[0m"]}

    answer = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body)

    assert answer.json["message"]["text"] == f"the {MASK} lodge"


def test_preview_shows_what_is_marked(api: ApiClient) -> None:
    body = {"text": "Password: Sommer2024! and winter, winter", "marked": ["winter", "not there"]}

    spans = api.call("POST", "/redaction/preview", by=JANE, body=body).json["spans"]

    assert [(span["start"], span["end"], span["kind"]) for span in spans] == [
        (10, 21, "password"),
        (26, 32, "marked by the author"),
        (34, 40, "marked by the author"),
    ]


def test_repeat_with_the_same_key_and_marks_is_the_same_request(api: ApiClient, session_id: str) -> None:
    body = {"text": f"it is {SECRET}", "epoch": 1, "marked": [SECRET]}
    keyed = {"Idempotency-Key": "one"}

    first = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body, headers=keyed)
    again = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body=body, headers=keyed)

    assert first.json["message"] == again.json["message"]
