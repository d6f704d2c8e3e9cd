"""What every refusal has in common."""

from typing import Any

from chalicelib.contracts.problem import Problem
from tests.support.api.client import Answer


def assert_problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    """Hold `answer` to RFC 9457 and to the house's rules, and return the document."""
    assert (answer.status, answer.json.get("code")) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    document: dict[str, Any] = answer.json
    assert document["status"] == status
    assert document["detail"]
    assert Problem.model_validate_json(answer.text)
    return document
