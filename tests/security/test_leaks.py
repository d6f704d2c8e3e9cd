"""What people write, paste and sign in with is in no line of the log, in no metric and in no refusal."""

import json
import os
import subprocess
import sys
from typing import NamedTuple

import pytest

from chalicelib.domain.redaction import Kind, find_secrets
from tests.security.canaries import CANARIES, MARKED, PASTE, PASTED


class Walk(NamedTuple):
    """What the process wrote to its log and beside it, and what it answered to requests it refused."""

    log: str
    complaints: str
    refusals: list[str]
    answers: list[str]
    tokens: list[str]
    sent: list[str]


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """A walk through all that goes well and all that goes wrong, at the most talkative level."""
    out = tmp_path_factory.mktemp("walk") / "answers.json"
    environment = os.environ | {"LOG_LEVEL": "DEBUG", "POWERTOOLS_LOG_LEVEL": "DEBUG", "PYTHONPATH": "."}
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "tests.security.canary_walk", str(out)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    answers = json.loads(out.read_text())
    return Walk(run.stdout, run.stderr, answers["refusals"], answers["answers"], answers["tokens"], answers["sent"])


def test_walk_went_through_success_and_failure(walk: Walk) -> None:
    lines = [json.loads(line) for line in walk.log.splitlines()]
    codes = {json.loads(refusal)["code"] for refusal in walk.refusals}

    logged = {line.get("message") for line in lines}
    assert logged >= {
        "answered",
        "refused",
        "failed",
        "handed off",
        "assessed",
        "announced",
        "record failed",
        "no reply",
    }
    assert {"ClaimsWon", "HandoffsCreated", "Assessments", "TimeToClaim"} <= {name for line in lines for name in line}
    assert len(walk.refusals) > 30
    assert codes >= {"invalid_json", "invalid_request", "unauthenticated", "not_found", "unavailable", "internal_error"}


def test_every_line_of_the_log_is_a_document_of_its_own(walk: Walk) -> None:
    assert [line[:200] for line in walk.log.splitlines() if not line.startswith("{")] == []


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_no_log_line_and_no_metric_holds(walk: Walk, canary: str) -> None:
    assert [
        line[:500] for line in (walk.log + walk.complaints).splitlines() if canary.casefold() in line.casefold()
    ] == []


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_no_refusal_holds(walk: Walk, canary: str) -> None:
    assert [refusal for refusal in walk.refusals if canary.casefold() in refusal.casefold()] == []


def test_no_token_is_logged_or_repeated(walk: Walk) -> None:
    said = walk.log + walk.complaints + "".join(walk.refusals)

    assert len(walk.tokens) > 100
    assert [token for token in walk.tokens if any(part in said for part in token.split(".") if len(part) > 40)] == []


def test_pasted_text_leaves_through_every_channel(walk: Walk) -> None:
    left = "".join(walk.sent)

    assert "<case>" in left
    assert "handoff_created" in left
    assert "What was tried" in left
    assert sum("Resolved by Sam · #" in text for text in walk.sent) >= 2, "Slack and Teams"
    assert any(text.startswith("Resolved by Sam · #") and "<!doctype html>" in text for text in walk.sent), "e-mails"
    assert any(text.startswith('{"title":"Resolved by Sam","body":"#') for text in walk.sent), "push messages"
    assert any(text.startswith("FlowPilot: Resolved by Sam - #") for text in walk.sent), "SMS"
    assert "[FlowPilot " in left, "ticket notes"
    assert any('"resume_after"' in text for text in walk.sent), "feeds"
    assert CANARIES["notes"] in left
    assert CANARIES["release note"] in left
    assert CANARIES["root cause"] in left


def test_canaries_are_secrets_of_every_kind() -> None:
    found = {span.kind for span in find_secrets(PASTE)}

    assert found | {Kind.MARKED} == set(Kind)


@pytest.mark.parametrize("secret", [*(secret for _, secret in PASTED.values()), CANARIES["pasted password"]])
def test_nothing_that_leaves_holds_a_pasted_secret(walk: Walk, secret: str) -> None:
    assert [text[:300] for text in walk.sent if secret in text] == []


def test_marked_passage_is_in_nothing_that_leaves_and_in_no_answer(walk: Walk) -> None:
    masked = "The safe opens with [masked: marked by the author]."

    assert sum(masked in text for text in walk.answers) > 5
    assert sum(masked in text for text in walk.sent) > 5
    assert [text[:300] for text in (*walk.sent, *walk.answers) if MARKED in text] == []
