"""The number that gets SMS, over HTTP: a code is sent to it, guessed a few times at most, and takes it over."""

from typing import Any

import pytest

from chalicelib.domain.deliveries.phone import MOST_CODES_PER_DAY, MOST_CODES_PER_HOUR, MOST_GUESSES
from chalicelib.store.rows.accounts import PhoneCodeRow, SpentRow
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, ALEX, GLOBEX, HANK, SAM
from tests.support.environment import configure
from tests.support.phones import CODE, NUMBER, OPTED_OUT, OTHER_NUMBER, code_in, confirm_number, send_code, sms_sent
from tests.support.ways_to_reach import phone_of

PATH = "/me/phone"


def ask(api: ApiClient, number: str = NUMBER, by: Any = SAM) -> Answer:
    return api.call("POST", PATH, by=by, body={"number": number})


def guess(api: ApiClient, code: str, by: Any = SAM) -> Answer:
    return api.call("POST", f"{PATH}/confirm", by=by, body={"code": code})


def seen(api: ApiClient, by: Any = SAM) -> dict[str, Any]:
    found: dict[str, Any] = api.call("GET", "/me/notifications", by=by).json
    return {name: found[name] for name in ("phone", "phone_code")}


def test_number_is_confirmed_by_the_code_that_came_to_it(api: ApiClient) -> None:
    asked = ask(api, "+1 (202) 555-0123")
    ((number, text),) = sms_sent()

    confirmed = guess(api, code_in(text))

    assert (asked.status, number, asked.json["number"], asked.json["guesses_left"]) == (201, NUMBER, NUMBER, 5)
    assert (confirmed.status, confirmed.json["number"]) == (200, NUMBER)
    assert seen(api) == {"phone": confirmed.json, "phone_code": None}
    assert confirmed.json["reached_at"] == confirmed.json["confirmed_at"]


def test_code_is_kept_as_a_digest_and_told_to_the_phone_alone(api: ApiClient, caplog: pytest.LogCaptureFixture) -> None:
    asked = ask(api)

    code = code_in(sms_sent()[0][1])
    (row,) = PhoneCodeRow.query(ACME, PhoneCodeRow.item.startswith("phone-code#"))
    logged = str([vars(record) for record in caplog.records])
    told = asked.text + logged + api.call("GET", "/me/notifications", by=SAM).text
    assert code not in told + str(row.attribute_values)
    assert "phone code sent" in logged
    assert NUMBER not in logged


def test_number_that_waits_is_nobodys_yet(api: ApiClient) -> None:
    ask(api)

    assert (seen(api)["phone"], seen(api)["phone_code"]["number"]) == (None, NUMBER)
    assert [seen(api, other)["phone_code"] for other in (ALEX, HANK)] == [None, None]


def test_code_is_of_one_person_of_one_account(api: ApiClient) -> None:
    send_code(SAM)

    answers = [guess(api, CODE, by=other) for other in (ALEX, HANK)]

    for answer in answers:
        assert_problem(answer, 409, "invalid_state")
    assert [phone_of(account, SAM.id) for account in (ACME, GLOBEX)] == [None, None]


def test_code_is_guessed_five_times_and_then_not_even_right(api: ApiClient) -> None:
    send_code(SAM)

    wrong = [guess(api, "000000") for _ in range(MOST_GUESSES)]
    right = guess(api, CODE)

    for answer in wrong:
        assert_problem(answer, 422, "invalid_request")
    assert "4 more times" in wrong[0].text
    assert_problem(right, 409, "invalid_state")
    assert seen(api) == {"phone": None, "phone_code": None}


def test_number_that_has_answered_stop_gets_no_code_and_is_told_why(api: ApiClient) -> None:
    answer = ask(api, OPTED_OUT)

    assert_problem(answer, 422, "invalid_request")
    assert "answered STOP" in answer.text
    assert (sms_sent(), seen(api)) == ([], {"phone": None, "phone_code": None})


def test_code_is_used_once(api: ApiClient) -> None:
    send_code(SAM)

    first, again = guess(api, CODE), guess(api, CODE)

    assert first.status == 200
    assert_problem(again, 409, "invalid_state")


def test_code_ends_after_ten_minutes(api: ApiClient) -> None:
    send_code(SAM)
    row = PhoneCodeRow.get(ACME, f"phone-code#{SAM.id}")
    row.update([PhoneCodeRow.ends_at.set("2020-01-01T00:00:00.000Z")])

    assert_problem(guess(api, CODE), 409, "invalid_state")
    assert seen(api)["phone_code"] is None


def test_confirmed_number_stays_until_the_next_is_confirmed(api: ApiClient) -> None:
    confirm_number(SAM)

    ask(api, OTHER_NUMBER)
    before = seen(api)["phone"]["number"]
    guess(api, code_in(sms_sent()[0][1]))

    assert (before, seen(api)["phone"]["number"]) == (NUMBER, OTHER_NUMBER)


def test_double_click_sends_one_sms(api: ApiClient) -> None:
    first, again = ask(api), ask(api)

    assert (first.json, len(sms_sent())) == (again.json, 1)


def test_code_for_another_number_replaces_the_first(api: ApiClient) -> None:
    send_code(SAM)

    ask(api, OTHER_NUMBER)

    assert_problem(guess(api, CODE), 422, "invalid_request")
    assert seen(api)["phone_code"]["number"] == OTHER_NUMBER


def test_fourth_code_of_an_hour_is_refused(api: ApiClient) -> None:
    numbers = [f"+120255501{number:02}" for number in range(MOST_CODES_PER_HOUR + 1)]

    answers = [ask(api, number) for number in numbers]

    assert [answer.status for answer in answers] == [201] * MOST_CODES_PER_HOUR + [429]
    assert_problem(answers[-1], 429, "too_many_requests")
    assert len(sms_sent()) == MOST_CODES_PER_HOUR


def test_account_has_a_limit_of_its_own(api: ApiClient) -> None:
    ask(api)
    (day,) = [row for row in SpentRow.query(ACME, SpentRow.item.startswith("phone-codes#")) if row.item.count("#") == 1]
    day.update([SpentRow.calls.set(MOST_CODES_PER_DAY)])

    answer = ask(api, OTHER_NUMBER, by=ALEX)

    assert_problem(answer, 429, "too_many_requests")
    assert ask(api, by=HANK).status == 201


def test_removed_number_gets_nothing_more(api: ApiClient) -> None:
    confirm_number(SAM)
    send_code(SAM, OTHER_NUMBER)

    statuses = [api.call("DELETE", PATH, by=SAM).status for _ in range(2)]

    assert statuses == [204, 204]
    assert seen(api) == {"phone": None, "phone_code": None}
    assert_problem(guess(api, CODE), 409, "invalid_state")


def test_stack_that_sends_none_says_so_and_confirms_none(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, SENDS_SMS="false")

    answer = ask(api)

    assert_problem(answer, 409, "invalid_state")
    assert api.call("GET", "/me/notifications", by=SAM).json["sends_sms"] is False
    assert sms_sent() == []


def test_service_that_takes_nothing_leaves_no_code(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, AWS_ENDPOINT_URL_SNS="http://127.0.0.1:9")

    answer = ask(api)

    assert_problem(answer, 503, "unavailable")
    assert seen(api)["phone_code"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"number": "0470 12 34 56"},
        {"number": "+32 2 234 56 78"},
        {"number": "+1 900 555 0123"},
        {"number": "+12025550123\r\n+12025550124"},
        {"number": ""},
        {"number": "+1" * 30},
        {"number": 12025550123},
        {"number": NUMBER, "account_id": "globex"},
        {},
    ],
)
def test_number_that_gets_no_sms_is_refused(api: ApiClient, body: dict[str, Any]) -> None:
    answer = api.call("POST", PATH, by=SAM, body=body)

    assert_problem(answer, 422, "invalid_request")
    assert sms_sent() == []


@pytest.mark.parametrize(
    "body", [{"code": ""}, {"code": "1" * 21}, {"code": 482913}, {}, {"code": CODE, "number": NUMBER}]
)
def test_guess_of_another_shape_is_refused_and_not_counted(api: ApiClient, body: dict[str, Any]) -> None:
    send_code(SAM)

    assert_problem(api.call("POST", f"{PATH}/confirm", by=SAM, body=body), 422, "invalid_request")
    assert seen(api)["phone_code"]["guesses_left"] == MOST_GUESSES
