import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.requests import (
    DeclineRequest,
    EscalateRequest,
    FeedQuery,
    HandOffRequest,
    MessageRequest,
    NoteRequest,
    OpenSessionRequest,
    PriorityRequest,
    ReadNotificationsRequest,
    ReassignRequest,
    ReleaseRequest,
    ReopenRequest,
    ResolveRequest,
    SessionsQuery,
    SkillsRequest,
    StepRequest,
    WaitRequest,
    WithdrawRequest,
)
from tests.support.builders import START

SOUND: dict[type[BaseModel], dict[str, Any]] = {
    OpenSessionRequest: {"problem_summary": "No sound"},
    StepRequest: {"kind": "step", "action": "Restarted it", "result": "no_effect", "epoch": 1},
    MessageRequest: {"text": "It started on Monday.", "epoch": 1},
    NoteRequest: {"text": "Did you try the wired port?"},
    WaitRequest: {"until": "2026-11-24T09:00:00.000Z", "reason": "The customer calls back"},
    PriorityRequest: {"priority": "high"},
    WithdrawRequest: {},
    HandOffRequest: {"intent": "escalate"},
    DeclineRequest: {},
    ReassignRequest: {"to": "sub-alex"},
    ReopenRequest: {"reason": "It is back.", "epoch": 1},
    EscalateRequest: {"reason": ""},
    ReleaseRequest: {},
    ResolveRequest: {"resolution": "The clock was wrong.", "epoch": 1},
    SkillsRequest: {"skills": []},
    ReadNotificationsRequest: {"up_to": "2026-11-23T09:00:00.000Z"},
}

ALLOWED: list[tuple[type[BaseModel], str, list[Any]]] = [
    (OpenSessionRequest, "problem_summary", ["x", "x" * 2_000, "two\nlines"]),
    (OpenSessionRequest, "problem_domain", [None, "e-mail", "x" * 200]),
    (OpenSessionRequest, "psa_ticket_id", [None, "4711", "x" * 64, "\u202a48213\u202c"]),
    (OpenSessionRequest, "integration_id", [None, "cw-1"]),
    (StepRequest, "action", ["x" * 2_000]),
    (StepRequest, "result", ["fixed", "narrowed", "no_effect", "worse", "unclear", "not_done"]),
    (StepRequest, "finding", [None, "no drop on a wired laptop", "x" * 300, "two\nlines"]),
    (StepRequest, "evidence", ["observed", "reported"]),
    (StepRequest, "epoch", [1, 10**9]),
    (MessageRequest, "text", ["x" * 10_000]),
    (HandOffRequest, "intent", ["escalate", "park"]),
    (HandOffRequest, "suspicion", [None, "the new firmware", "x" * 300]),
    (
        HandOffRequest,
        "reason",
        [None, "needs_access", "steps_exhausted", "no_procedure", "deadline", "out_of_scope", "unsure"],
    ),
    (HandOffRequest, "affected", [None, "one", "some", "site", "company"]),
    (HandOffRequest, "priority", ["low", "normal", "high", "urgent"]),
    (HandOffRequest, "engineer_notes", ["", "x" * 10_000]),
    (HandOffRequest, "to", [None, "sub-sam", "x" * 128]),
    (HandOffRequest, "epoch", [None, 1]),
    (DeclineRequest, "reason", ["", "x" * 10_000]),
    (ReassignRequest, "note", ["", "x" * 10_000]),
    (ReassignRequest, "epoch", [None, 1]),
    (ReopenRequest, "reason", ["x", "x" * 10_000]),
    (EscalateRequest, "reason", ["", "x" * 10_000]),
    (ReleaseRequest, "note", ["", "x" * 10_000]),
    (ReleaseRequest, "epoch", [None, 1]),
    (ResolveRequest, "resolution", ["x" * 10_000]),
    (ResolveRequest, "root_cause", [None, "x"]),
    (ResolveRequest, "assessment_verdict", [None, "right", "partly", "wrong", "unknown"]),
    (SkillsRequest, "skills", [["VPN"] * 50]),
    (
        ReadNotificationsRequest,
        "up_to",
        ["2026-11-23T10:00:00+01:00", "2026-11-23T09:00:00.123456Z", "2026-11-23T09:00:00z"],
    ),
]

MARKED: list[type[BaseModel]] = [
    *(
        OpenSessionRequest,
        StepRequest,
        MessageRequest,
        NoteRequest,
        WithdrawRequest,
        HandOffRequest,
        DeclineRequest,
        ReassignRequest,
        ReleaseRequest,
        ReopenRequest,
        ResolveRequest,
    ),
]

REFUSED: list[tuple[type[BaseModel], str, list[Any]]] = [
    *((marked, "marked", [None, "winter", ["x"], ["--"], [7], ["x" * 1_001], ["winter"] * 21]) for marked in MARKED),
    (OpenSessionRequest, "problem_summary", [None, "", " \n", "x" * 2_001, 7, ["x"], "a\uffffb"]),
    (OpenSessionRequest, "problem_domain", ["", "x" * 201, 7, "two\nlines"]),
    (OpenSessionRequest, "psa_ticket_id", ["", "a b", "x" * 65, 4711]),
    (StepRequest, "kind", ["message", "Step", None]),
    (StepRequest, "action", ["", None, "x" * 2_001]),
    (StepRequest, "result", ["great", "worked", "FIXED", None, 1]),
    (StepRequest, "finding", ["", "x" * 301, 7]),
    (StepRequest, "evidence", ["heard", None]),
    (StepRequest, "epoch", [0, -1, 10**9 + 1, 1.0, 1.5, "1", True, None, 10**30]),
    (MessageRequest, "text", ["", "x" * 10_001, None]),
    (MessageRequest, "epoch", [0, None]),
    (NoteRequest, "text", ["", " ", None, 7, "x" * 10_001, "x" * 40_000]),
    (WaitRequest, "until", ["soon", "2026-11-24", "2026-11-24T09:00:00", None, 1795424400, ""]),
    (WaitRequest, "reason", ["", " ", None, "a\nb", "x" * 201, 7]),
    (PriorityRequest, "priority", ["critical", "High", None, 1]),
    (WithdrawRequest, "note", [None, "x" * 10_001]),
    (HandOffRequest, "intent", ["claim", None, "Escalate"]),
    (HandOffRequest, "suspicion", ["", "x" * 301, 7]),
    (HandOffRequest, "reason", ["", "stuck", "needs access", 1]),
    (HandOffRequest, "affected", ["", "everyone", "One", 1]),
    (HandOffRequest, "priority", ["critical", None, 1]),
    (HandOffRequest, "engineer_notes", [None, "x" * 10_001]),
    (HandOffRequest, "to", ["", "two words", "x" * 129, 7, {"id": "sub-sam"}]),
    (HandOffRequest, "epoch", [0, "1"]),
    (DeclineRequest, "reason", [None, "x" * 10_001]),
    (ReassignRequest, "to", ["", "two words", None]),
    (ReassignRequest, "epoch", [0, 1.5, "1"]),
    (ReassignRequest, "note", [None, "x" * 10_001]),
    (ReopenRequest, "reason", ["", " ", None, "x" * 10_001]),
    (ReopenRequest, "epoch", [0, None]),
    (EscalateRequest, "reason", [None, "x" * 10_001]),
    (EscalateRequest, "priority", ["critical", None]),
    (ReleaseRequest, "epoch", [0, 1.5, "1"]),
    (ReleaseRequest, "note", [None, "x" * 10_001]),
    (ResolveRequest, "resolution", ["", None]),
    (ResolveRequest, "root_cause", ["", "x" * 10_001]),
    (ResolveRequest, "assessment_verdict", ["maybe", True]),
    (ResolveRequest, "epoch", [0, None]),
    (SkillsRequest, "skills", [None, "VPN", ["VPN"] * 51, [""], [7], ["x" * 201], [["VPN"]], ["a\nb"]]),
    (ReadNotificationsRequest, "up_to", ["soon", "2026-11-23", "2026-11-23T09:00:00", "09:00Z", 1795424400, ""]),
    (ReadNotificationsRequest, "handoff_id", ["", "x", "019AB000-0000-7000-8000-00000000000A", 7]),
    (ReadNotificationsRequest, "session_id", ["", "x", "019ab000-0000-7000-8000-00000000000a#detail"]),
    (
        ReadNotificationsRequest,
        "up_to",
        ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30T00:00:00Z"],
    ),
]


def cases(table: list[tuple[type[BaseModel], str, list[Any]]]) -> list[Any]:
    return [
        pytest.param(request, field, value, id=f"{request.__name__}-{field}-{str(value)[:30]}")
        for request, field, values in table
        for value in values
    ]


def read(request: type[BaseModel], **changes: Any) -> Any:
    return request.model_validate_json(json.dumps(SOUND[request] | changes), strict=True)


@pytest.mark.parametrize("request_", SOUND)
def test_least_request_is_taken(request_: type[BaseModel]) -> None:
    assert read(request_)


@pytest.mark.parametrize(("request_", "field", "value"), cases(ALLOWED))
def test_allowed_value_is_accepted(request_: type[BaseModel], field: str, value: Any) -> None:
    assert read(request_, **{field: value}).model_dump().keys() >= {field}


@pytest.mark.parametrize(("request_", "field", "value"), cases(REFUSED))
def test_forbidden_value_is_refused_at_its_field(request_: type[BaseModel], field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(request_, **{field: value})

    assert {error["loc"][0] for error in refusal.value.errors()} == {field}


def test_every_field_of_a_body_is_tried() -> None:
    fields = {(request, field) for request in SOUND for field in request.model_fields}
    tried = {(request, field) for request, field, _ in ALLOWED + REFUSED}

    assert fields - tried == set()


def test_omitted_field_has_its_default() -> None:
    handoff, step = read(HandOffRequest), read(StepRequest)

    assert (handoff.priority, handoff.engineer_notes, handoff.epoch) == ("normal", "", None)
    assert step.evidence == "observed"


def test_time_is_read_in_any_zone() -> None:
    assert read(ReadNotificationsRequest, up_to="2026-11-23T11:00:00+02:00").up_to == START


@pytest.mark.parametrize(("limit", "read_as"), [("1", 1), ("100", 100), (" 7 ", 7)])
def test_limit_is_read_from_the_query(limit: str, read_as: int) -> None:
    assert PageQuery.model_validate({"limit": limit}).limit == read_as


def test_list_shows_25_and_the_feed_100_unless_told_otherwise() -> None:
    assert (PageQuery().limit, SessionsQuery().limit, FeedQuery().limit) == (25, 25, 100)
