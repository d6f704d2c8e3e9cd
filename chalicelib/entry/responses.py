"""Responses: a view, a document or a problem as HTTP, with the headers that every answer carries."""

from collections.abc import Mapping
from typing import NamedTuple

from chalice.app import Response
from pydantic import BaseModel

from chalicelib import log
from chalicelib.contracts.problem import Problem
from chalicelib.domain.errors import DomainError
from chalicelib.entry.problems import problem_of, retry_after_s


class Document(NamedTuple):
    """An answer that is not JSON. Browsers show it as the given type, and nothing in it runs."""

    content: str
    media_type: str


View = BaseModel | Document | None


def respond(view: View, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return `view` as a response; None has no body.

    The view is serialized here, so that one that JSON refuses fails before a status is sent.
    """
    if isinstance(view, Document):
        body, media_type = view.content, f"{view.media_type}; charset=utf-8"
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox", **(headers or {})}
    else:
        body = view.model_dump_json(by_alias=True) if view else ""
        media_type = "application/json"
    return _response(body, media_type, status, headers or {})


def refuse(refusal: DomainError) -> Response:
    """Return the problem document of `refusal`, with `Retry-After` where asking again makes sense."""
    wait_s = retry_after_s(refusal)
    return respond_problem(problem_of(refusal), {"Retry-After": str(wait_s)} if wait_s else {})


def respond_problem(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return `problem` as RFC 9457 asks; fields that do not belong to its code are left out."""
    body = problem.model_dump_json(exclude_none=True)
    return _response(body, "application/problem+json", problem.status, headers or {})


def _response(body: str, media_type: str, status: int, headers: Mapping[str, str]) -> Response:
    return Response(
        body=body,
        status_code=status,
        headers={
            "Content-Type": media_type,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Request-Id": log.correlation_id(),
            **headers,
        },
    )
