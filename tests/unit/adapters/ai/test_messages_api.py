import logging
import socket
import time
from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from chalicelib.adapters.ai.faults import AiUnavailable
from chalicelib.adapters.ai.messages_api import ask
from chalicelib.adapters.ai.model_message import ModelMessage, Question
from chalicelib.adapters.aws import secrets
from chalicelib.domain.assessment import AssessmentError
from infra.local.rehearsal_model import RehearsalModel
from tests.support.servers.rehearsal_model import Configure, a_fault

QUESTION = Question(system="Be brief.", content="What is a canary?", max_tokens=100)


def ask_now(within_s: float = 10) -> ModelMessage:
    return ask(QUESTION, until=time.monotonic() + within_s)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """An identity to sign requests with."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def key_arn(aws: None) -> Iterator[str]:
    """The ARN of a secret that holds the key `old-key`."""
    with mock_aws():
        secrets._client.cache_clear()
        yield boto3.client("secretsmanager").create_secret(Name=f"ai-{uuid4()}", SecretString="old-key")["ARN"]
    secrets._client.cache_clear()


def test_question_arrives_as_it_was_put(model: RehearsalModel) -> None:
    ask_now()

    asked = model.rehearsal.received[0].asked
    assert (asked.system, asked.last_text, asked.max_tokens) == (QUESTION.system, QUESTION.content, 100)


def test_key_of_the_environment_is_sent(model: RehearsalModel, configure: Configure) -> None:
    configure(AI_PROVIDER="anthropic", AI_BASE_URL=model.url, ANTHROPIC_API_KEY="sk-test")

    ask_now()

    headers = model.rehearsal.received[0].headers
    assert "sk-test" in (headers.get("x-api-key") or headers["authorization"])


def test_rotated_key_is_read_again_and_the_call_repeated(
    model: RehearsalModel, configure: Configure, key_arn: str
) -> None:
    configure(AI_PROVIDER="anthropic", AI_BASE_URL=model.url, AI_KEY_SECRET_ARN=key_arn)
    ask_now()
    boto3.client("secretsmanager").put_secret_value(SecretId=key_arn, SecretString="new-key")
    model.rehearsal.faults.switch_on(a_fault("401", count=1))

    ask_now()

    assert [("new-key" in str(request.headers)) for request in model.rehearsal.received] == [False, False, True]


def test_key_that_stays_refused_is_tried_once(model: RehearsalModel, configure: Configure, key_arn: str) -> None:
    configure(AI_PROVIDER="anthropic", AI_BASE_URL=model.url, AI_KEY_SECRET_ARN=key_arn)
    model.rehearsal.faults.switch_on(a_fault("401"))

    with pytest.raises(AiUnavailable) as caught:
        ask_now()

    assert caught.value.reason is AssessmentError.NOT_CONFIGURED
    assert len(model.rehearsal.received) == 1


def test_bedrock_is_asked_with_a_signature(model: RehearsalModel, configure: Configure, aws: None) -> None:
    configure(AI_PROVIDER="bedrock", AI_BASE_URL=model.url, AI_MODEL="eu.anthropic.claude-sonnet-5-5-v1:0")

    ask_now()

    received = model.rehearsal.received[0]
    assert received.asked.model == "eu.anthropic.claude-sonnet-5-5-v1:0"
    assert received.headers["authorization"].startswith("AWS4-HMAC-SHA256")


def test_key_that_takes_too_long_to_read_is_late_as_well(
    configure: Configure, aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(AI_PROVIDER="anthropic", AI_KEY_SECRET_ARN=f"arn:silent:{uuid4()}")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SECRETS_MANAGER", f"http://127.0.0.1:{silent.getsockname()[1]}")
        secrets._client.cache_clear()

        with pytest.raises(AiUnavailable) as caught:
            ask_now(0.3)

    secrets._client.cache_clear()
    assert caught.value.reason is AssessmentError.TIMEOUT


def test_prompt_is_in_no_log_at_any_level(model: RehearsalModel, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask_now()

    assert "canary" not in caplog.text


def test_bug_of_ours_is_no_fault_of_the_ai(model: RehearsalModel) -> None:
    unwritable = QUESTION.model_copy(update={"content": object()})

    with pytest.raises(TypeError):
        ask(unwritable, until=time.monotonic() + 10)
