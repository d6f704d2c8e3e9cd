import json
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.adapters.ai.model_message import ModelMessage, Question

MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "model": "claude-sonnet-5-5",
    "stop_reason": "end_turn",
    "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Yes"}, {"type": "text", "text": "."}],
    "usage": {"input_tokens": 7, "output_tokens": 2, "cache_read_input_tokens": None, "service_tier": "standard"},
}


def read(message: object) -> ModelMessage:
    return ModelMessage.model_validate_json(json.dumps(message))


def test_only_what_was_said_is_text() -> None:
    assert read(MESSAGE).text == "Yes."


def test_usage_counts_what_is_not_named_as_nothing() -> None:
    usage = read(MESSAGE).usage.to_usage()

    assert (usage.input_tokens, usage.output_tokens, usage.cache_read_input_tokens) == (7, 2, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"content": None},
        {"content": "Yes"},
        {"content": [1]},
        {"stop_reason": None},
        {"model": ""},
        {"usage": {}},
        {"usage": {"input_tokens": -1, "output_tokens": 0}},
    ],
)
def test_message_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(MESSAGE | change)


@pytest.mark.parametrize("body", ["", "null", "[]", "7", '"text"', "<html>", '{"model": "\\ud800"}', "\ufeff{"])
def test_malformed_message_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        ModelMessage.model_validate_json(body)


def test_error_does_not_quote_what_the_model_wrote() -> None:
    with pytest.raises(ValidationError) as caught:
        read(MESSAGE | {"content": "canary"})

    assert "canary" not in str(caught.value)


def test_digest_is_of_all_that_the_model_is_shown() -> None:
    questions = [
        Question(system="a", content="b", max_tokens=1),
        Question(system="a", content="b", max_tokens=2),
        Question(system="a", content="c", max_tokens=1),
        Question(system="c", content="b", max_tokens=1),
        Question(system="a", content="b", max_tokens=1, answer_schema={"type": "object"}),
    ]

    digests = [question.sha256 for question in questions]

    assert digests[0] == digests[1]
    assert len(set(digests)) == 4
