"""Who would be reached how, and test messages, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.domain.readiness.notices import MOST_PAGES_PER_HOUR
from chalicelib.store import deliveries, engineers, reach_marks
from chalicelib.store.rows.deliveries import LedgerRow
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, ALEX, HANK, OLGA, SAM, VIC
from tests.support.dynamodb.recorder import recording_requests
from tests.support.environment import configure
from tests.support.phones import confirm_number
from tests.support.push import SUBSCRIPTION, key_pair
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL
from tests.support.ways_to_reach import reached

NOW = to_milliseconds(datetime.now(UTC))


@pytest.fixture(autouse=True)
def _queue(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue, and a stack that sends e-mail and push messages."""
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    configure(monkeypatch, PUSH_PUBLIC_KEY=key_pair()["public_key"])


def look(api: ApiClient, by: Caller = OLGA) -> dict[str, Any]:
    answer = api.call("GET", "/readiness", by=by)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def first_steps(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of the account's most urgent ladder, now."""
    steps: list[dict[str, Any]] = found["ladders"][0]["spans"][0]["steps"]
    return steps


def reach(*people: Caller) -> None:
    for one in people:
        engineers.enter(one)
        reach_marks.note(one.account_id, one.id, email_place(one.email), NOW)


def page(api: ApiClient, by: Caller = SAM) -> Answer:
    return api.call("POST", "/me/page", by=by)


def arrived(api: ApiClient, page_id: str, channel: str = "email", by: Caller = SAM) -> Answer:
    return api.call("POST", "/me/page/arrived", by=by, body={"page_id": page_id, "channel": channel})


def settle(page_id: str, state: DeliveryState) -> None:
    """Have the messages of a test end like this."""
    for entry in entries(page_id):
        row = LedgerRow(f"{ACME}#{entry.subject}", entry.position)
        row.update([LedgerRow.state.set(state.value)])


def entries(page_id: str) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, page_id)


def orders() -> int:
    waiting = boto3.client("sqs").get_queue_attributes(
        QueueUrl=NOTIFICATIONS_QUEUE_URL, AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(waiting["Attributes"]["ApproximateNumberOfMessages"])


def test_person_whom_something_reached_is_named_with_what(api: ApiClient) -> None:
    reach(SAM, OLGA)

    steps = first_steps(look(api))

    assert steps[1]["reached"] == [{"person": {"id": SAM.id, "name": "Sam"}, "by": ["email"]}]
    assert (steps[0]["passed_to"], steps[1]["is_wrong"], steps[2]["reached_count"]) == (1, False, 1)


def test_step_that_reaches_nobody_says_why(api: ApiClient) -> None:
    reach(OLGA)
    engineers.enter(SAM)

    steps = first_steps(look(api))

    assert (steps[1]["is_wrong"], steps[1]["reached"]) == (True, [])
    assert steps[1]["missed"] == [{"person": {"id": SAM.id, "name": "Sam"}, "why": "unproven"}]


def test_spans_are_on_the_clocks_of_the_account(api: ApiClient) -> None:
    api.call("PUT", "/policy", by=OLGA, body={"policy": {"time_zone": "Asia/Kathmandu"}})

    found = look(api)

    assert found["time_zone"] == "Asia/Kathmandu"
    assert found["ladders"][0]["spans"][0]["local_begins_at"].endswith("+05:45")


def test_readiness_is_of_one_account(api: ApiClient) -> None:
    reach(SAM, OLGA)

    assert first_steps(look(api, by=HANK))[1]["reached"] == []


def test_readiness_is_four_reads_however_many_ladders(api: ApiClient) -> None:
    reach(SAM, ALEX, OLGA)
    clients = [{"match": {"client": f"c{each}"}, "senior": SAM.id} for each in range(20)]
    assert api.call("PUT", "/policy", by=OLGA, body={"policy": {"clients": clients}}).status == 200

    with recording_requests() as recorder:
        look(api)

    assert sorted(recorder.operations) == ["BatchGetItem", "GetItem", "Query", "Query"]


def test_test_message_goes_by_e_mail_and_to_each_device(api: ApiClient) -> None:
    device = api.call("POST", "/me/devices", by=SAM, body={"name": "Phone", **SUBSCRIPTION}).json["id"]

    answer = page(api)

    assert answer.status == 201
    assert {(one["channel"], one["kind"], one["device_name"]) for one in answer.json["messages"]} == {
        ("email", "email", None),
        (device, "push", "Phone"),
    }
    assert (orders(), {entry.state for entry in entries(answer.json["id"])}) == (2, {DeliveryState.PENDING})


def test_test_message_goes_to_a_confirmed_number_too(api: ApiClient) -> None:
    confirm_number(SAM)
    test = page(api).json
    settle(test["id"], DeliveryState.ACCEPTED)

    answer = arrived(api, test["id"], "sms")

    assert ("sms", "sms") in {(one["channel"], one["kind"]) for one in test["messages"]}
    assert answer.status == 204
    assert "sms" in first_steps(look(api))[1]["reached"][0]["by"]


def test_test_message_that_arrived_counts_for_30_days(api: ApiClient) -> None:
    test = page(api).json
    settle(test["id"], DeliveryState.ACCEPTED)

    answer = arrived(api, test["id"])

    assert answer.status == 204
    settings = api.call("GET", "/me/notifications", by=SAM).json
    assert settings["email_reached_at"] == test["sent_at"]
    assert first_steps(look(api))[1]["reached_count"] == 1
    assert [entry.state for entry in entries(test["id"])] == [DeliveryState.OPENED]


def test_saying_twice_that_it_arrived_is_a_success(api: ApiClient) -> None:
    test = page(api).json
    settle(test["id"], DeliveryState.SHOWN)

    answers = [arrived(api, test["id"]).status for _ in range(2)]

    assert answers == [204, 204]


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.FAILED, DeliveryState.SKIPPED])
def test_message_that_was_not_sent_cannot_have_arrived(api: ApiClient, state: DeliveryState) -> None:
    test = page(api).json
    settle(test["id"], state)

    answer = arrived(api, test["id"])

    assert_problem(answer, 409, "invalid_state")
    assert reached(ACME, SAM.id) == {}


@pytest.mark.parametrize("by", [ALEX, HANK])
def test_nobody_else_says_that_it_arrived(api: ApiClient, by: Caller) -> None:
    test = page(api).json
    settle(test["id"], DeliveryState.ACCEPTED)

    answer = arrived(api, test["id"], by=by)

    assert_problem(answer, 404, "not_found")
    assert reached(ACME, SAM.id) == {}


def test_state_of_each_test_message_is_read_by_its_person(api: ApiClient) -> None:
    test = page(api).json
    ordered = api.call("GET", f"/me/page/{test['id']}", by=SAM).json
    settle(test["id"], DeliveryState.ACCEPTED)
    arrived(api, test["id"])

    known = api.call("GET", f"/me/page/{test['id']}", by=SAM).json

    assert [(each["channel"], each["state"]) for each in ordered["messages"]] == [("email", "pending")]
    (email,) = known["messages"]
    assert (email["channel"], email["state"], email["detail"]) == ("email", "opened", None)
    assert (email["accepted_at"], email["arrived_at"] is None) == (None, False)


@pytest.mark.parametrize("by", [ALEX, HANK])
def test_state_of_a_test_is_nobody_elses(api: ApiClient, by: Caller) -> None:
    test = page(api).json

    assert_problem(api.call("GET", f"/me/page/{test['id']}", by=by), 404, "not_found")


def test_other_message_is_no_test_message(api: ApiClient) -> None:
    test = page(api).json
    settle(test["id"], DeliveryState.ACCEPTED)

    assert_problem(arrived(api, test["id"], channel="0" * 32), 404, "not_found")
    assert_problem(arrived(api, "ad"), 404, "not_found")


@pytest.mark.parametrize("page_id", ["", "a b", "x" * 129, "line\nbreak", None, 7])
def test_id_that_none_has_is_refused(api: ApiClient, page_id: object) -> None:
    answer = api.call("POST", "/me/page/arrived", by=SAM, body={"page_id": page_id, "channel": "email"})

    assert_problem(answer, 422, "invalid_request")
    assert "/page_id" in answer.text


def test_fourth_test_message_in_an_hour_is_refused_with_when_to_come_again(api: ApiClient) -> None:
    answers = [page(api) for _ in range(MOST_PAGES_PER_HOUR + 1)]

    assert [answer.status for answer in answers] == [201, 201, 201, 429]
    assert_problem(answers[-1], 429, "too_many_requests")
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
    assert orders() == MOST_PAGES_PER_HOUR
    assert page(api, by=ALEX).status == 201


def test_somebody_without_any_way_is_told_so(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, EMAIL_SENDER=None)

    answer = page(api, by=VIC)

    assert_problem(answer, 409, "invalid_state")
    assert "device" in answer.json["detail"]
    assert orders() == 0


def test_kind_that_is_switched_off_gets_no_test_message(api: ApiClient) -> None:
    off = {"email": None, "push": "low"}
    api.call(
        "PUT",
        "/me/notifications",
        by=SAM,
        body={"rules": dict.fromkeys(("escalations", "mine", "ladder"), off), "quiet": None},
    )

    assert_problem(page(api), 409, "invalid_state")


def test_marks_are_written_once_a_day(api: ApiClient) -> None:
    engineers.enter(SAM)

    written = [reach_marks.note(ACME, SAM.id, "phone", NOW + timedelta(hours=hours)) for hours in (0, 1, 23, 24)]

    assert written == [True, False, False, True]
    assert reached(ACME, SAM.id) == {"phone": NOW + timedelta(days=1)}
    reach_marks.forget(ACME, SAM.id, "phone")
    assert reached(ACME, SAM.id) == {}
