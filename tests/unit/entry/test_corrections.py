"""Corrections over HTTP: who may, when, and of what; a refused one leaves nothing half-written."""

import pytest

from chalicelib.domain.people import Caller
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ALEX, GINA, JANE, JOE, SAM, VIC
from tests.support.scenarios.preconditions import own_handoff, own_session, own_turn
from tests.support.table_contents import contents

SESSION = "/sessions/{session_id}"
TURN = SESSION + "/turns/{seq}"
STRUCK: dict[str, object] = {"struck": {"reason": "Another laptop."}}


def test_holder_corrects_a_session_and_reads_it_back(api: ApiClient) -> None:
    ids = own_session(JANE)

    answer = api.call("PATCH", SESSION.format(**ids), by=JANE, body={"problem_domain": "Teams", "epoch": 1})

    assert answer.status == 200
    assert (answer.json["problem_domain"], answer.json["revision"], answer.json["epoch"]) == ("Teams", 1, 1)
    assert api.call("GET", SESSION.format(**ids), by=JANE).json == answer.json


def test_author_strikes_a_turn_out_and_everybody_of_the_session_reads_why(api: ApiClient) -> None:
    ids = own_turn(JANE)

    answer = api.call("PATCH", TURN.format(**ids), by=JANE, body=STRUCK)

    assert answer.json["struck"]["reason"] == "Another laptop."
    assert answer.json["struck"]["by"] == {"id": JANE.id, "name": "Jane"}
    assert api.call("GET", SESSION.format(**ids) + "/turns", by=JANE).json["items"] == [answer.json]


@pytest.mark.parametrize("by", [JOE, ALEX, GINA], ids=["colleague", "senior", "other account"])
def test_to_a_stranger_neither_session_nor_turn_is_there(api: ApiClient, by: Caller) -> None:
    ids = own_turn(JANE)
    before = contents()

    answers = [
        api.call("PATCH", SESSION.format(**ids), by=by, body={"problem_domain": "Teams", "epoch": 1}),
        api.call("PATCH", TURN.format(**ids), by=by, body=STRUCK),
    ]

    for answer in answers:
        assert_problem(answer, 404, "not_found")
    assert contents() == before


def test_viewer_corrects_nothing(api: ApiClient) -> None:
    assert_problem(api.call("PATCH", TURN.format(**own_turn(JANE)), by=VIC, body=STRUCK), 403, "forbidden")


def test_case_that_waits_and_its_turns_are_corrected_by_their_author(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    body: dict[str, object] = {"problem_domain": "Teams", "epoch": 2}

    corrected = api.call("PATCH", SESSION.format(**ids), by=JANE, body=body)
    struck = api.call("PATCH", TURN.format(seq=1, **ids), by=JANE, body=STRUCK)
    handoff = api.call("GET", SESSION.format(**ids) + f"/handoffs/{ids['handoff_id']}", by=SAM).json

    assert (corrected.status, corrected.json["problem_domain"], struck.status) == (200, "Teams", 200)
    assert [one["turn"] or one["now"] for one in handoff["since"]["corrections"]] == ["Teams", struck.json]


def test_stale_epoch_is_refused_with_the_one_that_is(api: ApiClient) -> None:
    ids = own_session(JANE)

    answer = api.call("PATCH", SESSION.format(**ids), by=JANE, body={"problem_domain": "Teams", "epoch": 7})

    assert assert_problem(answer, 409, "stale_epoch")["current_epoch"] == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"struck": {"reason": ""}}, "/struck/reason"),
        ({"struck": {"reason": "x" * 301}}, "/struck/reason"),
        ({"struck": {}}, "/struck/reason"),
        ({"struck": None}, "/struck"),
        ({"action": "x" * 40_000}, "/action"),
        ({"action": None}, "/action"),
        ({"text": "A step has none"}, "/text"),
        ({"result": "worked"}, "/result"),
        ({"finding": "x" * 301}, "/finding"),
        ({"seq": 4}, "/seq"),
        ({"author": {"id": "sub-joe"}}, "/author"),
        ({"action": "Other", **STRUCK}, "/struck"),
        ({"epoch": 1}, "/epoch"),
    ],
    ids=str,
)
def test_bad_correction_of_a_turn_is_refused_where_it_is_wrong(
    api: ApiClient, body: dict[str, object], pointer: str
) -> None:
    ids = own_turn(JANE)
    before = contents()

    problem = assert_problem(api.call("PATCH", TURN.format(**ids), by=JANE, body=body), 422, "invalid_request")

    assert pointer in [error["pointer"] for error in problem["errors"]]
    assert contents() == before


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"problem_summary": "x" * 40_000}, "/problem_summary"),
        ({"problem_summary": " "}, "/problem_summary"),
        ({"problem_summary": None}, "/problem_summary"),
        ({"problem_domain": "two\nlines"}, "/problem_domain"),
        ({"psa_ticket_id": "48 213"}, "/psa_ticket_id"),
        ({"owner": {"id": "sub-joe"}}, "/owner"),
        ({"status": "resolved"}, "/status"),
        ({"epoch": "1"}, "/epoch"),
        ({"epoch": None}, "/epoch"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_correction_of_a_session_is_refused_where_it_is_wrong(
    api: ApiClient, body: dict[str, object], pointer: str
) -> None:
    ids = own_session(JANE)
    before = contents()

    answer = api.call("PATCH", SESSION.format(**ids), by=JANE, body={"epoch": 1, **body})

    problem = assert_problem(answer, 422, "invalid_request")
    assert pointer in [error["pointer"] for error in problem["errors"]]
    assert contents() == before


@pytest.mark.parametrize("seq", ["0", "-1", "1.0", "٣", "2", "01", "9999999999", "x"])
def test_turn_that_is_not_there_is_not_found(api: ApiClient, seq: str) -> None:
    ids = own_turn(JANE)

    assert_problem(api.call("PATCH", TURN.format(**ids | {"seq": seq}), by=JANE, body=STRUCK), 404, "not_found")


def test_turn_of_another_session_is_not_found_under_this_one(api: ApiClient) -> None:
    ids, other = own_turn(JANE), own_session(JANE)

    answer = api.call("PATCH", TURN.format(**ids | other), by=JANE, body=STRUCK)

    assert_problem(answer, 404, "not_found")
