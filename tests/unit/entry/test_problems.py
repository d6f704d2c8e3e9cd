"""What becomes of everything a handler can raise: one document, no more words than are ours, and a line in the log."""

from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from chalice.app import Chalice
from chalice.test import Client
from pydantic import BaseModel, TypeAdapter, ValidationError
from pynamodb.exceptions import (
    CancellationReason,
    GetError,
    PutError,
    QueryError,
    TransactWriteError,
    UpdateError,
    VerboseClientError,
)

from chalicelib.contracts.health_view import HealthView
from chalicelib.contracts.problem import FieldError
from chalicelib.domain import errors
from chalicelib.entry.api import Api
from chalicelib.entry.problems import BadJson, BadShape, InternalError, TooLarge
from chalicelib.entry.requests import Call
from chalicelib.entry.routing import register_route
from tests.support.api.client import Answer, ApiClient
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.builders import JANE, SAM, minute
from tests.support.servers.identity_provider import IdentityProvider

CANARY = "canary-8c2e"

REFUSALS: list[tuple[errors.DomainError, int, str, dict[str, object]]] = [
    (errors.NoRole("acme", JANE.person, JANE.email), 403, "forbidden", {}),
    (BadJson("No JSON."), 400, "invalid_json", {}),
    (
        BadShape([FieldError(pointer="/a", detail="Wrong.")]),
        422,
        "invalid_request",
        {"errors": [{"pointer": "/a", "detail": "Wrong."}]},
    ),
    (TooLarge("Too much."), 413, "payload_too_large", {}),
    (
        errors.InvalidRequest("/cursor", "Not ours."),
        422,
        "invalid_request",
        {"errors": [{"pointer": "/cursor", "detail": "Not ours."}]},
    ),
    (errors.IdempotencyMismatch(), 422, "idempotency_mismatch", {}),
    (errors.Unauthenticated("Who?"), 401, "unauthenticated", {}),
    (errors.Forbidden("No."), 403, "forbidden", {}),
    (errors.RemovedFromDirectory(), 403, "removed", {}),
    (errors.OwnHandoff(), 403, "own_handoff", {}),
    (errors.NotFound("session"), 404, "not_found", {}),
    (
        errors.AlreadyClaimed(SAM.person, minute(20)),
        409,
        "already_claimed",
        {"claimed_by": {"id": SAM.id, "name": SAM.name}, "claimed_at": "2026-11-23T09:20:00.000Z"},
    ),
    (
        errors.DirectedElsewhere(SAM.person, minute(20)),
        409,
        "directed_elsewhere",
        {"to": {"id": SAM.id, "name": SAM.name}, "directed_until": "2026-11-23T09:20:00.000Z"},
    ),
    (errors.StaleEpoch(3), 409, "stale_epoch", {"current_epoch": 3}),
    (errors.InvalidState("Resolved.", status="resolved"), 409, "invalid_state", {"current_status": "resolved"}),
    (errors.Unavailable("Later.", retry_after_s=5), 503, "unavailable", {}),
    (
        errors.TooManyRequests("Later.", retry_after_s=5, retry_at=minute(20)),
        429,
        "too_many_requests",
        {"retry_at": "2026-11-23T09:20:00.000Z"},
    ),
    (InternalError(), 500, "internal_error", {}),
]


class Quoting(Exception):
    """An error whose every form quotes what a person wrote."""

    def __str__(self) -> str:
        return CANARY

    __repr__ = __str__


def invalid_row() -> ValidationError:
    """The error of a stored row that makes no sense, which quotes the row."""
    try:
        TypeAdapter(int).validate_python(CANARY)
    except ValidationError as failure:
        return failure
    raise AssertionError


FAILURES: list[BaseException] = [
    Quoting(CANARY),
    KeyError(CANARY),
    ValueError(CANARY),
    invalid_row(),
    RecursionError(CANARY),
    TimeoutError(CANARY),
    AssertionError(CANARY),
    BufferError(CANARY),
]


def refused_as(code: str, *reasons: str | None) -> VerboseClientError:
    """What is raised when DynamoDB answers with `code`; of a transaction, with a reason for each item."""
    answer: Any = {"Error": {"Code": code, "Message": CANARY}}
    found = [CancellationReason(code=reason, message=CANARY) if reason else None for reason in reasons]
    return VerboseClientError(answer, "TransactWriteItems", {}, cancellation_reasons=found)


def cancelled_for(*reasons: str | None) -> TransactWriteError:
    return TransactWriteError("cancelled", refused_as("TransactionCanceledException", *reasons))


OUTAGES: dict[str, Exception] = {
    "out of reach": GetError(cause=EndpointConnectionError(endpoint_url=CANARY)),
    "not answering": QueryError(cause=ConnectTimeoutError(endpoint_url=CANARY)),
    "answering late": PutError(cause=ReadTimeoutError(endpoint_url=CANARY)),
    "busy": UpdateError(cause=refused_as("ProvisionedThroughputExceededException")),
    "busy with one of two items": cancelled_for(None, "ThrottlingError"),
    "another service": refused_as("ServiceUnavailable"),
}
FAILURES += [
    PutError(cause=refused_as("ValidationException")),
    GetError(cause=refused_as("AccessDeniedException")),
    cancelled_for("ThrottlingError", "ValidationError"),
]


class Raising:
    """An app of one route, guarded like all others, that does what it is told."""

    def __init__(self, provider: IdentityProvider) -> None:
        self.failure: BaseException | None = None
        self.view: BaseModel | None = None
        routes, app = Api("service"), Chalice(app_name="raising", configure_logs=False)
        routes.operation("GET", "/raising", answers=HealthView)(self._get_raising)
        register_route(app, "_get_raising", "GET /raising", lambda: routes)
        self._api = ApiClient(provider)
        self._api.http = Client(app).http

    def _get_raising(self, _: Call[None]) -> BaseModel | None:
        if self.failure:
            raise self.failure from Quoting(CANARY)
        return self.view

    def call(self) -> Answer:
        return self._api.call("GET", "/raising", by=JANE)


@pytest.fixture
def raising(gate: Gate) -> Raising:
    return Raising(gate.api.provider)


@pytest.mark.parametrize(
    ("refusal", "status", "code", "fields"), REFUSALS, ids=[type(refusal).__name__ for refusal, *_ in REFUSALS]
)
def test_refusal_becomes_the_document_of_its_row(
    raising: Raising, refusal: errors.DomainError, status: int, code: str, fields: dict[str, object]
) -> None:
    raising.failure = refusal

    document = assert_problem(raising.call(), status, code)

    expected = {"type": "about:blank", "status": status, "code": code, "detail": str(refusal), **fields}
    assert {**document, "title": ""} == {**expected, "title": ""}


@pytest.mark.parametrize(
    "refusal",
    [errors.Unavailable("Later.", retry_after_s=5), errors.TooManyRequests("Later.", retry_after_s=5)],
    ids=lambda refusal: type(refusal).__name__,
)
def test_temporary_error_says_when_to_ask_again(raising: Raising, refusal: errors.DomainError) -> None:
    raising.failure = refusal

    assert raising.call().headers["retry-after"] == "5"


@pytest.mark.parametrize("failure", FAILURES, ids=[type(failure).__name__ for failure in FAILURES])
def test_mistake_of_ours_is_told_in_our_words(raising: Raising, failure: BaseException) -> None:
    raising.failure = failure

    answer = raising.call()

    assert_problem(answer, 500, "internal_error")
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.parametrize("failure", OUTAGES.values(), ids=list(OUTAGES))
def test_outage_is_told_as_one_that_may_pass(raising: Raising, failure: Exception) -> None:
    raising.failure = failure

    answer = raising.call()

    assert_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "1"
    assert CANARY not in answer.text + str(answer.headers)


@pytest.mark.parametrize("failure", FAILURES, ids=[type(failure).__name__ for failure in FAILURES])
def test_mistake_of_ours_is_logged_by_its_place_not_by_its_words(
    raising: Raising, failure: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    raising.failure = failure

    raising.call()

    (line,) = [vars(record) for record in caplog.records if record.levelname == "ERROR"]
    assert (line["failure"], line["route"]) == (type(failure).__name__, "_get_raising")
    assert any("test_problems.py" in place for place in line["at"])
    assert CANARY not in str([vars(record) for record in caplog.records])


def test_answer_that_cannot_be_written_down_is_a_mistake_of_ours(
    raising: Raising, caplog: pytest.LogCaptureFixture
) -> None:
    unheard_of: Any = Quoting(CANARY)
    raising.view = HealthView.model_construct(status=unheard_of, version=CANARY, zone_data_version="2026f")

    answer = raising.call()

    assert_problem(answer, 500, "internal_error")
    assert CANARY not in answer.text + str([vars(record) for record in caplog.records])


def test_refusal_is_no_mistake(raising: Raising, caplog: pytest.LogCaptureFixture) -> None:
    raising.failure = errors.NotFound("session")

    raising.call()

    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_handler_does_not_catch_system_exit(raising: Raising) -> None:
    raising.failure = SystemExit(CANARY)

    with pytest.raises(SystemExit):
        raising.call()
