"""Requests that came too late, or to the wrong place: each learns why, and nothing is half-written."""

import pytest

from chalicelib.domain.handoff import Intent
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.api.routes import STEP
from tests.support.builders import ALEX, JANE, JOE, SAM
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.scenarios.preconditions import Ids, own_handoff, own_session
from tests.support.table_contents import contents

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"

WRITES: dict[str, dict[str, object]] = {
    "turns": STEP,
    "messages": {"text": "It started on Monday.", "epoch": 1},
    "handoff": {"intent": "escalate", "epoch": 1},
    "resolve": {"resolution": "The clock was wrong.", "epoch": 1},
}


def path(ids: Ids, verb: str) -> str:
    return f"/sessions/{ids['session_id']}/{verb}"


def claim(api: ApiClient, ids: Ids) -> str:
    claimed = api.call("POST", HANDOFF.format(**ids) + "/claim", by=SAM)
    assert claimed.status == 200
    return str(claimed.json["claimed_at"])


@pytest.mark.parametrize("verb", WRITES)
def test_epoch_that_has_passed_is_refused_with_the_one_that_is(api: ApiClient, verb: str) -> None:
    ids = own_handoff(JANE)
    claim(api, ids)
    before = contents()

    answer = api.call("POST", path(ids, verb), by=SAM, body=WRITES[verb])

    assert assert_problem(answer, 409, "stale_epoch")["current_epoch"] == 3
    assert contents() == before


@pytest.mark.parametrize("verb", WRITES)
def test_epoch_that_has_not_come_is_refused_too(api: ApiClient, verb: str) -> None:
    ids = own_session(JANE)
    before = contents()

    answer = api.call("POST", path(ids, verb), by=JANE, body=WRITES[verb] | {"epoch": 10**9})

    assert assert_problem(answer, 409, "stale_epoch")["current_epoch"] == 1
    assert contents() == before


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize("verb", WRITES)
def test_session_that_waits_takes_nothing(api: ApiClient, verb: str, intent: Intent) -> None:
    ids = own_handoff(JANE, intent)
    before = contents()

    answer = api.call("POST", path(ids, verb), by=JANE, body=WRITES[verb] | {"epoch": 2})

    waiting = {Intent.ESCALATE: "escalated", Intent.PARK: "parked"}[intent]
    assert assert_problem(answer, 409, "invalid_state")["current_status"] == waiting
    assert contents() == before


def test_session_is_not_escalated_twice_the_older_way(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    before = contents()

    answer = api.call("POST", path(ids, "escalate"), by=JANE, body={"reason": "Again."})

    assert assert_problem(answer, 409, "invalid_state")["current_status"] == "escalated"
    assert contents() == before


@pytest.mark.parametrize("verb", WRITES)
def test_sender_of_a_handoff_may_not_write_to_the_session(api: ApiClient, verb: str) -> None:
    ids = own_handoff(JANE)
    claim(api, ids)
    before = contents()

    answer = api.call("POST", path(ids, verb), by=JANE, body=WRITES[verb] | {"epoch": 3})

    assert SAM.name in assert_problem(answer, 403, "forbidden")["detail"]
    assert contents() == before


def test_late_repeat_of_a_claim_is_told_the_epoch(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    path = HANDOFF.format(**ids)
    api.call("POST", path + "/claim", by=SAM, body={"epoch": 2})
    api.call("POST", path + "/release", by=SAM, body={})

    answer = api.call("POST", path + "/claim", by=SAM, body={"epoch": 2})

    assert assert_problem(answer, 409, "stale_epoch")["current_epoch"] == 4


def test_second_claim_is_told_who_won_and_when(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    claimed_at = claim(api, ids)
    before = contents()

    answer = api.call("POST", HANDOFF.format(**ids) + "/claim", by=ALEX)

    document = assert_problem(answer, 409, "already_claimed")
    assert (document["claimed_by"], document["claimed_at"]) == ({"id": SAM.id, "name": SAM.name}, claimed_at)
    assert contents() == before


def test_withdrawal_that_comes_too_late_is_told_who_won(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    claim(api, ids)
    before = contents()

    answer = api.call("POST", HANDOFF.format(**ids) + "/withdraw", by=JANE)

    assert assert_problem(answer, 409, "already_claimed")["claimed_by"]["id"] == SAM.id
    assert contents() == before


@pytest.mark.parametrize(
    ("verb", "status", "code"),
    [("withdraw", 403, "forbidden"), ("release", 409, "invalid_state"), ("assessment", 200, "")],
)
def test_stranger_cannot_move_a_handoff(api: ApiClient, verb: str, status: int, code: str) -> None:
    ids = own_handoff(JANE)
    before = contents()

    answer = api.call("POST", f"{HANDOFF.format(**ids)}/{verb}", by=JOE, body={} if verb == "release" else None)

    if code:
        assert_problem(answer, status, code)
    assert contents() == before


def test_nobody_but_the_claimer_releases(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    claim(api, ids)
    before = contents()

    answer = api.call("POST", HANDOFF.format(**ids) + "/release", by=ALEX, body={"note": "Mine."})

    assert_problem(answer, 403, "forbidden")
    assert contents() == before


def test_verdict_on_advice_that_is_not_there_is_refused(api: ApiClient) -> None:
    ids = own_handoff(JANE)
    claim(api, ids)
    before = contents()
    body = {"resolution": "Done.", "assessment_verdict": "right", "epoch": 3}

    answer = api.call("POST", path(ids, "resolve"), by=SAM, body=body)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/assessment_verdict"]
    assert contents() == before


@pytest.mark.parametrize("verb", WRITES)
def test_resolved_session_stays_as_it_is(api: ApiClient, verb: str) -> None:
    ids = own_session(JANE)
    api.call("POST", path(ids, "resolve"), by=JANE, body={"resolution": "Restarted it.", "epoch": 1})
    before = contents()

    answer = api.call("POST", path(ids, verb), by=JANE, body=WRITES[verb])

    assert assert_problem(answer, 409, "invalid_state")["current_status"] == "resolved"
    assert contents() == before


@pytest.mark.parametrize("cursor", ["A", "W10", "WyJhIl0", "Wy0xXQ", "W3RydWVd", "W251bGxd", "WzEuNV0", "WzFlOTld"])
def test_turns_are_not_listed_from_a_forged_place(api: ApiClient, cursor: str) -> None:
    ids = own_session(JANE)

    answer = api.call("GET", path(ids, "turns") + f"?cursor={cursor}", by=JANE)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/cursor"]


def test_session_with_many_handoffs_has_one_open_at_most(api: ApiClient) -> None:
    session = open_case(JANE)
    for _ in range(3):
        handoff = hand_off(session.id, JANE)
        answer = api.call("POST", f"/sessions/{session.id}/handoffs/{handoff.id}/withdraw", by=JANE)
        assert answer.status == 200

    listed = api.call("GET", f"/sessions/{session.id}/handoffs", by=JANE).json["items"]

    assert [handoff["status"] for handoff in listed] == ["withdrawn"] * 3
