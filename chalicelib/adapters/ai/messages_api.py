"""The Messages API, of Anthropic, of Amazon Bedrock or of the rehearsal model: one question, one whole answer.

Importing this module imports the SDK, which takes more than a second.
"""

import asyncio
import logging
import time
from functools import cache

import anthropic
import httpx2
from botocore.exceptions import BotoCoreError
from pydantic import ValidationError

from chalicelib.adapters.ai.api_key import ai_key
from chalicelib.adapters.ai.faults import KeyRefused, invalid_answer, not_configured, of_stop_reason, too_slow
from chalicelib.adapters.ai.model_message import ModelMessage, Question
from chalicelib.adapters.ai.retry_after_limit import RetryAfterLimit, of_error
from chalicelib.adapters.deadline import within
from chalicelib.settings import settings

MAX_RETRIES = 2
"""Attempts after the first, made by the SDK after 408, 409, 429, 5xx and broken connections, within the deadline."""

CONNECT_TIMEOUT_S = 3.0


def ask(question: Question, *, until: float) -> ModelMessage:
    """Send `question` to the configured model and return its complete answer.

    It takes no longer than `until`, a time of `time.monotonic`, from reading the key to the last attempt. A key that is
    refused is read again, and the question put once more when that brought another key. Raises AiUnavailable.
    """
    limit = RetryAfterLimit(until)
    try:
        body = within(until - time.monotonic(), _answer(question, limit))
    except TimeoutError:
        raise limit.last_failure or too_slow() from None
    return _read(body)


async def _answer(question: Question, limit: RetryAfterLimit) -> bytes:
    key = await asyncio.to_thread(ai_key, settings())
    try:
        return await _post(question, key, limit)
    except KeyRefused:
        fresh = await asyncio.to_thread(ai_key, settings(), refused=key)
        if fresh == key:
            raise
    return await _post(question, fresh, limit)


async def _post(question: Question, key: str, limit: RetryAfterLimit) -> bytes:
    """Return the raw body of a successful answer: the SDK would build a message from any JSON."""
    wanted = question.answer_schema
    try:
        answer = await _client(key, limit).messages.with_raw_response.create(
            model=settings().ai_model,
            max_tokens=question.max_tokens,
            system=question.system,
            messages=[{"role": "user", "content": question.content}],
            output_config={"format": {"type": "json_schema", "schema": wanted}} if wanted else anthropic.omit,
        )
    except anthropic.APIError as error:
        raise of_error(error) from None
    except BotoCoreError as error:
        raise not_configured(f"The AWS credentials for Bedrock cannot be used ({type(error).__name__}).") from error
    return answer.http_response.content


def _client(key: str, limit: RetryAfterLimit) -> anthropic.AsyncAnthropic | anthropic.AsyncAnthropicBedrock:
    """Make a client for one call. That costs a tenth of a millisecond; the connections, which cost more, are shared."""
    if settings().ai_provider == "bedrock":
        return anthropic.AsyncAnthropicBedrock(
            base_url=settings().ai_base_url or None,
            http_client=_connections(),
            max_retries=MAX_RETRIES,
            middleware=[limit],
            open_telemetry=False,
        )
    return anthropic.AsyncAnthropic(
        api_key=key,
        base_url=settings().ai_base_url or None,
        http_client=_connections(),
        max_retries=MAX_RETRIES,
        middleware=[limit],
        open_telemetry=False,
    )


@cache
def _connections() -> httpx2.AsyncClient:
    """Return the process's connections, opened on their event loop. Reads are limited by the deadline."""
    logging.getLogger("anthropic").setLevel(logging.INFO)  # at DEBUG the SDK logs the whole prompt
    return httpx2.AsyncClient(timeout=httpx2.Timeout(None, connect=CONNECT_TIMEOUT_S))


def _read(body: bytes) -> ModelMessage:
    try:
        message = ModelMessage.model_validate_json(body)
    except ValidationError as error:
        raise invalid_answer() from error
    if fault := of_stop_reason(message.stop_reason):
        raise fault
    return message
