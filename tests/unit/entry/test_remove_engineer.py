"""Removing people from the directory over HTTP: who is gone, who comes back, and what an old sign-in still does."""

import time
from datetime import UTC, datetime

import pytest

from chalicelib.actions.deliveries.unsubscribe import issue_unsubscribe_token
from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.actions.notifications.live_connections import open_connection
from chalicelib.domain.deliveries.notification_settings import NotificationSettings
from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.live_tokens import LiveToken
from chalicelib.domain.people import Caller
from chalicelib.store import addressees, connections, devices, engineers, notification_settings, phones
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, ALEX, OLGA, SAM
from tests.support.phones import confirm_number, send_code
from tests.support.push import SUBSCRIPTION
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.scenarios.preconditions import NIGHTS, a_rota
from tests.support.table_contents import contents

OF_SAM = f"/engineers/{SAM.id}"

WRITES_ONESELF: list[tuple[str, str, object]] = [
    ("GET", "/me", None),
    ("GET", "/start", None),
    ("PUT", "/me/availability", {"presence": "available", "until": None}),
    ("PUT", "/me/notifications", {"rules": {}, "quiet": None}),
    ("POST", "/me/devices", {"name": "Phone", **SUBSCRIPTION}),
    ("POST", "/me/phone", {"number": "+1 202 555 0123"}),
    ("POST", "/me/page", None),
]
"""The routes that write their caller into the directory."""


@pytest.fixture(autouse=True)
def people(api: ApiClient) -> None:
    for one in (SAM, ALEX, OLGA):
        engineers.enter(one)


def remove(api: ApiClient, who: Caller = SAM) -> Answer:
    return api.call("DELETE", f"/engineers/{who.id}", by=OLGA)


def signed_in(api: ApiClient, ago_s: int, **claims: object) -> dict[str, str]:
    """The header of Sam, who signed in some time ago, by the claims of the token."""
    issued = int(time.time()) - ago_s
    return {"authorization": f"Bearer {api.provider.token_of(SAM, iat=issued, **claims)}"}


def listed(api: ApiClient) -> list[str]:
    return [one["id"] for one in api.call("GET", "/engineers", by=OLGA).json["items"]]


def give_ways_to_reach() -> None:
    """Give Sam a number, a code for another, a device and settings."""
    confirm_number(SAM)
    send_code(SAM)
    settings = NotificationSettings(version=1)
    assert notification_settings.save(ACME, SAM.id, settings, NotificationSettings())


def a_live_token(who: Caller = SAM) -> LiveToken:
    return issue_live_token(by=who, at=datetime.now(UTC))


def test_removed_person_is_in_no_list_and_cannot_be_chosen(api: ApiClient) -> None:
    answer = remove(api)

    assert (answer.status, listed(api)) == (204, [ALEX.id, OLGA.id])
    assert_problem(api.call("PUT", OF_SAM, by=OLGA, body={"skills": ["VPN"]}), 404, "not_found")
    rota = {"name": "Nights", "rota": {**NIGHTS, "people": [SAM.id]}}
    assert_problem(api.call("PUT", "/rotas/nights", by=OLGA, body=rota), 422, "invalid_request")


def test_all_by_which_messages_reach_them_is_gone(api: ApiClient) -> None:
    give_ways_to_reach()
    api.call("POST", "/me/devices", by=SAM, body={"name": "Phone", **SUBSCRIPTION})

    remove(api)

    assert addressees.find(ACME, SAM.id) is None
    assert (devices.load(ACME, SAM.id).items, phones.find_code(ACME, SAM.id)) == ((), None)
    left = [item for table, item in contents().items() if table.endswith("engineers") and SAM.id in str(item)]
    assert SAM.email not in str(left)


def test_removing_again_is_a_success_and_somebody_unknown_is_not_found(api: ApiClient) -> None:
    remove(api)
    before = contents()

    again, unknown = remove(api), api.call("DELETE", "/engineers/sub-nobody", by=OLGA)

    assert again.status == 204
    assert_problem(unknown, 404, "not_found")
    assert contents() == before


def test_person_who_only_read_notifications_was_never_in_the_directory(api: ApiClient) -> None:
    reader = SAM.model_copy(update={"id": "sub-reader"})
    engineers.mark_notifications_read(reader, datetime.now(UTC))

    assert_problem(remove(api, reader), 404, "not_found")


def test_admin_cannot_remove_themselves(api: ApiClient) -> None:
    assert_problem(remove(api, OLGA), 403, "forbidden")

    assert OLGA.id in listed(api)


@pytest.mark.parametrize(("method", "path", "body"), WRITES_ONESELF)
def test_old_sign_in_brings_nobody_back(api: ApiClient, method: str, path: str, body: object) -> None:
    remove(api)
    before = contents()

    answer = api.call(method, path, body=body, headers=signed_in(api, ago_s=60))

    assert_problem(answer, 403, "removed")
    assert (listed(api), contents()) == ([ALEX.id, OLGA.id], before)


def test_renewed_token_of_an_old_sign_in_brings_nobody_back(api: ApiClient) -> None:
    remove(api)

    renewed = signed_in(api, ago_s=-5, auth_time=int(time.time()) - 600)

    assert_problem(api.call("GET", "/me", headers=renewed), 403, "removed")


@pytest.mark.parametrize("said", [None, True, "yesterday", -1, 10**14])
def test_token_without_a_sound_time_of_sign_in_counts_from_its_issue(api: ApiClient, said: object) -> None:
    remove(api)

    before, after = (api.call("GET", "/me", headers=signed_in(api, s, auth_time=said)) for s in (60, -5))

    assert_problem(before, 403, "removed")
    assert after.status == 200, after.text


def test_person_who_signs_in_again_is_there_again_with_the_defaults(api: ApiClient) -> None:
    give_ways_to_reach()
    engineers.set_skills(ACME, SAM.id, ["VPN"])
    remove(api)

    now = signed_in(api, ago_s=-5, auth_time=int(time.time()) + 5)
    me = api.call("GET", "/me", headers=now).json
    settings = api.call("GET", "/me/notifications", headers=now).json

    assert (me["skills"], SAM.id in listed(api)) == ([], True)
    assert (settings["version"], settings["phone"], settings["devices"]) == (0, None, [])


def test_somebody_without_a_role_is_told_that_and_nothing_else(api: ApiClient) -> None:
    remove(api)

    answer = api.call("GET", "/start", headers=signed_in(api, 60, **{"cognito:groups": None}))

    assert (answer.status, set(p["code"] for p in answer.json["problems"].values())) == (200, {"forbidden"})


def test_open_pages_of_theirs_get_no_more_events(api: ApiClient) -> None:
    at = datetime.now(UTC)
    for who, socket in ((SAM, "sams"), (SAM, "sams-phone"), (ALEX, "alexs")):
        open_connection(a_live_token(who).text, socket, at=at)
    unused = a_live_token()

    remove(api)

    assert [one.id for one in connections.list_open(ACME)] == ["alexs"]
    with pytest.raises(Unauthenticated):
        open_connection(unused.text, "late", at=at)


def test_old_sign_in_opens_no_live_channel(api: ApiClient) -> None:
    remove(api)
    token = a_live_token()

    with pytest.raises(Unauthenticated):
        open_connection(token.text, "again", at=datetime.now(UTC))

    assert connections.list_open(ACME) == []


def test_link_to_unsubscribe_in_an_earlier_email_still_answers(api: ApiClient) -> None:
    path = f"/unsubscribe/{issue_unsubscribe_token(ACME, SAM.id, datetime.now(UTC))}"
    remove(api)
    before = contents()

    assert api.call("POST", path).status == 204

    assert contents() == before


def test_case_that_they_hold_stays_theirs_and_can_be_taken_away(api: ApiClient) -> None:
    handoff = hand_off(open_case().id)
    there = f"/sessions/{handoff.session_id}/handoffs/{handoff.id}"
    api.call("POST", f"{there}/claim", by=SAM)

    remove(api)

    held = api.call("GET", f"/sessions?engineer={SAM.id}&status=active", by=OLGA).json["items"]
    assert [one["escalated_to"] for one in held] == [{"id": SAM.id, "name": "Sam"}]
    assert api.call("GET", there, by=ALEX).json["claimed_by"]["name"] == "Sam"
    assert api.call("POST", f"{there}/release", by=OLGA, body={}).status == 200


def test_nobody_is_on_call_in_the_shift_of_somebody_removed(api: ApiClient) -> None:
    a_rota(OLGA)
    rota = {"name": "Nights", "rota": {**NIGHTS, "people": [SAM.id]}}
    assert api.call("PUT", "/rotas/nights", by=OLGA, body=rota).status == 200

    remove(api)

    (duty,) = api.call("GET", "/on-call", by=ALEX).json["items"]
    shifts = api.call("GET", "/rotas/nights/shifts", by=ALEX).json["items"]
    assert (duty["person"], duty["until"] is not None) == (None, True)
    assert {each["person"]["name"] for each in shifts} == {"Sam (removed)"}


def test_readiness_says_where_the_removed_are_still_named(api: ApiClient) -> None:
    a_rota(OLGA)
    rota = {"name": "Nights", "rota": {**NIGHTS, "people": [SAM.id, ALEX.id]}}
    ladder = [{"after_min": 0, "tell": [f"person:{SAM.id}"]}, {"after_min": 5, "tell": ["seniors"]}]
    policy = {
        "priorities": {"urgent": {"ladder": ladder}},
        "clients": [{"match": {"client": "Acorn"}, "senior": SAM.id}],
    }
    assert api.call("PUT", "/rotas/nights", by=OLGA, body=rota).status == 200
    assert api.call("PUT", "/policy", by=OLGA, body={"policy": policy}).status == 200
    before = api.call("GET", "/readiness", by=OLGA).json["absentees"]

    remove(api)

    (absentee,) = api.call("GET", "/readiness", by=OLGA).json["absentees"]
    places = [
        {"kind": "ladder", "name": "urgent"},
        {"kind": "client", "name": "Acorn"},
        {"kind": "rota", "name": "Nights"},
    ]
    assert (before, absentee) == ([], {"person": {"id": SAM.id, "name": "Sam"}, "places": places})


def test_somebody_of_another_account_with_the_same_id_stays(api: ApiClient) -> None:
    twin = SAM.model_copy(update={"account_id": "globex"})
    engineers.enter(twin)
    open_connection(a_live_token(twin).text, "twins", at=datetime.now(UTC))

    remove(api)

    assert engineers.find("globex", SAM.id) is not None
    assert [one.id for one in connections.list_open("globex")] == ["twins"]


def test_others_than_admins_remove_nobody(api: ApiClient) -> None:
    assert_problem(api.call("DELETE", OF_SAM, by=ALEX), 403, "forbidden")

    assert SAM.id in listed(api)
