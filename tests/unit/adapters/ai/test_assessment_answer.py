import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.adapters.ai.assessment_answer import MAX_RULED_OUT, MAX_STEPS, AssessmentAnswer
from chalicelib.domain.assessment import Assessment, Confidence, Usage

STEP: dict[str, Any] = {"text": "Check the record", "why": "It may be stale.", "evidence": [3]}
CAUSE: dict[str, Any] = {"cause": "A hung client", "evidence": [3]}
ANSWER: dict[str, Any] = {
    "ruled_out": [CAUSE],
    "likely_cause": "Autodiscover answers with the old server",
    "confidence_score": 0.6,
    "suggested_steps": [STEP],
    "package_summary": "Outlook asks for the password.",
}


def read(answer: object) -> AssessmentAnswer:
    return AssessmentAnswer.model_validate_json(json.dumps(answer))


def assessment_of(answer: dict[str, Any]) -> Assessment:
    usage = Usage(input_tokens=1, output_tokens=1)
    return read(answer).to_assessment(model="m", prompt_version="p-1", input_sha256="0" * 64, usage=usage)


def keywords_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema
        for part in schema.values():
            yield from keywords_of(part)
    if isinstance(schema, list):
        for part in schema:
            yield from keywords_of(part)


def test_answer_becomes_an_assessment() -> None:
    assessment = assessment_of(ANSWER)

    assert assessment.likely_cause == ANSWER["likely_cause"]
    assert assessment.suggested_steps[0].evidence == (3,)
    assert assessment.ruled_out[0].cause == "A hung client"
    assert assessment.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(("cause", "inconclusive"), [("The record", False), (None, True)])
def test_answer_without_a_cause_is_inconclusive(cause: str | None, inconclusive: bool) -> None:  # noqa: FBT001
    assert assessment_of(ANSWER | {"likely_cause": cause}).inconclusive is inconclusive


@pytest.mark.parametrize("missing", list(ANSWER))
def test_every_field_is_needed(missing: str) -> None:
    answer = {name: value for name, value in ANSWER.items() if name != missing}

    with pytest.raises(ValidationError, match=missing):
        read(answer)


@pytest.mark.parametrize(
    "change",
    [
        {"confidence_score": 1.01},
        {"confidence_score": -0.01},
        {"confidence_score": "high"},
        {"confidence_score": float("nan")},
        {"confidence_score": float("inf")},
        {"confidence_score": True},
        {"likely_cause": ""},
        {"likely_cause": "\u202e"},
        {"package_summary": " \n "},
        {"suggested_steps": [STEP | {"text": ""}]},
        {"suggested_steps": [STEP | {"evidence": ["3"]}]},
        {"suggested_steps": [STEP | {"evidence": None}]},
        {"suggested_steps": STEP},
        {"ruled_out": ["A hung client"]},
        {"priority": "urgent"},
        {"suggested_steps": [STEP | {"run": "rm -rf /"}]},
    ],
)
def test_answer_of_another_shape_fails_as_a_whole(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(ANSWER | change)


@pytest.mark.parametrize("body", ["", "{", json.dumps(ANSWER)[:-20], "I cannot help with that.", "null", "[]"])
def test_malformed_answer_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        AssessmentAnswer.model_validate_json(body)


def test_long_text_of_an_answer_is_cut() -> None:
    wordy = "word " * 2_000

    answer = read(
        ANSWER | {"likely_cause": wordy, "package_summary": wordy, "suggested_steps": [STEP | {"why": wordy}]}
    )

    assert answer.likely_cause
    assert len(answer.likely_cause) <= 300
    assert len(answer.package_summary) <= 1200
    assert len(answer.suggested_steps[0].why) <= 300


def test_surplus_items_of_an_answer_are_dropped_from_the_end() -> None:
    steps = [STEP | {"text": f"Step {number}"} for number in range(50)]

    answer = read(ANSWER | {"suggested_steps": steps, "ruled_out": [CAUSE] * 50})

    assert [step.text for step in answer.suggested_steps] == [f"Step {number}" for number in range(MAX_STEPS)]
    assert len(answer.ruled_out) == MAX_RULED_OUT


def test_control_characters_are_removed() -> None:
    answer = read(ANSWER | {"likely_cause": "a\x00\x1b\nb\u202ec"})

    assert answer.likely_cause == "a bc"


def test_error_does_not_quote_what_the_model_wrote() -> None:
    with pytest.raises(ValidationError) as caught:
        read(ANSWER | {"canary-name": "x", "confidence_score": "canary-value"})

    assert "canary-value" not in str(caught.value)


def test_schema_holds_only_what_the_api_takes() -> None:
    refused = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default"}

    assert not refused & set(keywords_of(AssessmentAnswer.model_json_schema()))


def test_score_too_small_to_be_kept_is_rounded() -> None:
    assert read(ANSWER | {"confidence_score": 1e-300}).confidence_score == 0
