"""What the caller is told outside the page, over HTTP."""

from typing import Any

import pytest

from chalicelib.store import notification_settings
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ALEX, GLOBEX, HANK, SAM

PATH = "/me/notifications"
NIGHT = {"time_zone": "Europe/Brussels", "from": "22:00", "to": "06:30"}
RULES = {
    "escalations": {"email": "urgent", "push": "low", "sms": "high"},
    "mine": {"email": None, "push": None, "sms": None},
    "ladder": {"email": "normal", "push": "urgent", "sms": None},
}


def put(api: ApiClient, **body: Any) -> Answer:
    return api.call("PUT", PATH, by=SAM, body={"rules": RULES, "quiet": None, **body})


def test_settings_that_were_never_saved_are_the_defaults(api: ApiClient) -> None:
    answer = api.call("GET", PATH, by=SAM)

    rules = {
        "escalations": {"email": "high", "push": "high", "sms": "urgent"},
        "mine": {"email": "low", "push": None, "sms": None},
        "ladder": {"email": "low", "push": "low", "sms": "urgent"},
    }
    nothing: dict[str, Any] = {"devices": [], "push_public_key": None, "email_trouble": None, "email_reached_at": None}
    nothing |= {"sends_sms": True, "phone": None, "phone_code": None}
    assert answer.status == 200
    assert answer.json == {"rules": rules, "quiet": None, "email_to": SAM.email, "version": 0, **nothing}


def test_saved_settings_are_read_again_as_they_were_sent(api: ApiClient) -> None:
    saved = put(api, quiet=NIGHT)

    read = api.call("GET", PATH, by=SAM)

    assert (saved.status, read.json) == (200, saved.json)
    chosen = {name: read.json[name] for name in ("rules", "quiet", "email_to", "version")}
    assert chosen == {"rules": RULES, "quiet": NIGHT, "email_to": SAM.email, "version": 1}


def test_settings_are_of_one_person_of_one_account(api: ApiClient) -> None:
    put(api)

    others = [api.call("GET", PATH, by=other).json["version"] for other in (ALEX, HANK)]

    assert others == [0, 0]
    assert notification_settings.load(GLOBEX, SAM.id).version == 0


def test_saving_over_a_version_that_is_gone_is_refused(api: ApiClient) -> None:
    put(api, version=0)

    answer = put(api, version=0, quiet=NIGHT)

    assert_problem(answer, 409, "invalid_state")
    assert api.call("GET", PATH, by=SAM).json["quiet"] is None


def test_same_settings_once_more_are_a_repeat(api: ApiClient) -> None:
    put(api, version=0)

    again = put(api, version=0)

    assert (again.status, again.json["version"]) == (200, 1)


def test_rule_that_is_left_out_is_the_default(api: ApiClient) -> None:
    answer = put(api, rules={})

    assert answer.json["rules"]["escalations"] == {"email": "high", "push": "high", "sms": "urgent"}


def test_kind_that_a_rule_leaves_out_is_never_sent_but_for_email(api: ApiClient) -> None:
    answer = put(api, rules={"mine": {"email": "low"}})

    assert answer.json["rules"]["mine"] == {"email": "low", "push": None, "sms": None}


@pytest.mark.parametrize(
    "wrong",
    [
        {"rules": {"escalations": {"push": "high"}}},
        {"rules": {"escalations": {"email": "high", "push": "loud"}}},
        {"rules": {"escalations": {"email": "high", "sms": "now"}}},
        {"rules": {"tickets": {"email": "high"}}},
        {"rules": {"mine": {"email": "severe"}}},
        {"rules": {"mine": {"email": True}}},
        {"rules": {"mine": {}}},
        {"quiet": NIGHT | {"to": "22:00"}},
        {"quiet": NIGHT | {"time_zone": "Mars/Olympus"}},
        {"quiet": NIGHT | {"from": "24:00"}},
        {"quiet": {"from": "22:00", "to": "06:00"}},
        {"phone": "+32470123456"},
        {"email": "elsewhere@example.com"},
        {"version": -1},
    ],
)
def test_settings_of_another_shape_are_refused(api: ApiClient, wrong: dict[str, Any]) -> None:
    assert_problem(put(api, **wrong), 422, "invalid_request")
