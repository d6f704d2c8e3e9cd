"""Rotas over HTTP: who is on call, shifts, taking one, and the calendar feed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from chalicelib.domain.clock.rota import LONGEST_SPAN
from chalicelib.store import engineers
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ALEX, HANK, JANE, OLGA, SAM, VIC, a_caller

GRETA = a_caller("Greta", OLGA.role, HANK.account_id)
TODAY = datetime.now(UTC).date()
DAILY: dict[str, Any] = {
    "time_zone": "Europe/Brussels",
    "people": [SAM.id, ALEX.id],
    "handover": {"time": "02:30"},
    "starts_on": str(TODAY - timedelta(days=40)),
}
NOON = "T12:00:00.000Z"


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA, VIC):
        engineers.enter(person)


def put(api: ApiClient, rota: dict[str, Any], **more: Any) -> Answer:
    return api.call("PUT", "/rotas/nights", by=OLGA, body={"name": "Nights", "rota": rota, **more})


def subscribe(api: ApiClient) -> str:
    return str(api.call("POST", "/rotas/nights/calendar", by=OLGA).json["path"])


def shifts(api: ApiClient, begin: str, end: str) -> Answer:
    return api.call("GET", f"/rotas/nights/shifts?from={begin}&to={end}", by=JANE)


def test_saved_rota_is_read_by_everybody(api: ApiClient) -> None:
    saved = put(api, DAILY)

    assert api.call("GET", "/rotas/nights", by=VIC).json == saved.json
    assert [item["id"] for item in api.call("GET", "/rotas", by=VIC).json["items"]] == ["nights"]
    assert (saved.json["rota"]["people"], saved.json["version"]) == ([SAM.id, ALEX.id], 1)


def test_rota_saved_over_a_version_that_is_gone_is_refused(api: ApiClient) -> None:
    put(api, DAILY)
    put(api, DAILY, name="Weekdays", version=1)

    answer = put(api, DAILY, name="Weekends", version=1)

    assert_problem(answer, 409, "invalid_state")


def test_version_of_a_rota_that_was_deleted_is_not_found(api: ApiClient) -> None:
    put(api, DAILY)
    api.call("DELETE", "/rotas/nights", by=OLGA)

    assert_problem(put(api, DAILY, version=1), 404, "not_found")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"people": []}, "/rota/people"),
        ({"people": ["sub-stranger"]}, "/people/0"),
        ({"people": [VIC.id]}, "/people/0"),
        ({"time_zone": "Nowhere"}, "/rota/time_zone"),
        ({"length": 0}, "/rota/length"),
        ({"starts_on": "1970-01-01"}, "/rota"),
        ({"handover": {"time": "24:00"}}, "/rota/handover/time"),
        (
            {"overrides": [{"person": SAM.id, "begins_at": f"{TODAY}{NOON}", "ends_at": f"{TODAY}{NOON}"}]},
            "/rota/overrides/0",
        ),
        (
            {
                "overrides": [
                    {"person": "sub-x", "begins_at": "2026-01-01T00:00:00Z", "ends_at": "2026-01-02T00:00:00Z"}
                ]
            },
            "/overrides/0/person",
        ),
    ],
    ids=str,
)
def test_rota_that_cannot_be_right_is_refused_by_place(api: ApiClient, changes: dict[str, Any], pointer: str) -> None:
    answer = put(api, DAILY | changes)

    assert_problem(answer, 422, "invalid_request")
    assert answer.json["errors"][0]["pointer"].startswith(pointer)
    assert_problem(api.call("GET", "/rotas/nights", by=OLGA), 404, "not_found")


def test_rota_id_that_no_key_may_have_is_refused(api: ApiClient) -> None:
    answer = api.call("PUT", "/rotas/-nights", by=OLGA, body={"name": "Nights", "rota": DAILY})

    assert_problem(answer, 422, "invalid_request")


def test_on_call_names_the_person_and_when_the_shift_ends(api: ApiClient) -> None:
    put(api, DAILY | {"starts_on": "2026-11-23"})

    answer = api.call("GET", "/on-call?at=2026-11-24T12:00:00Z", by=JANE)

    assert answer.json["items"] == [
        {
            "rota_id": "nights",
            "rota_name": "Nights",
            "person": {"id": ALEX.id, "name": "Alex"},
            "until": "2026-11-25T01:30:00.000Z",
            "local_until": "2026-11-25T02:30+01:00",
        }
    ]


def test_shifts_carry_names_and_local_times(api: ApiClient) -> None:
    put(api, DAILY | {"starts_on": "2026-11-23"})

    found = shifts(api, "2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z").json["items"]

    assert [(shift["person"]["name"], shift["local_begins_at"]) for shift in found] == [
        ("Sam", "2026-11-23T02:30+01:00"),
        ("Alex", "2026-11-24T02:30+01:00"),
    ]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-11-24T00:00:00Z", "2026-11-23T00:00:00Z"),
        ("2026-11-24T00:00:00Z", "2028-11-23T00:00:00Z"),
        ("9999-12-31T00:00:00Z", "9999-12-31T01:00:00Z"),
        ("1999-12-31T00:00:00Z", "2000-01-01T00:00:00Z"),
    ],
)
def test_span_that_no_list_covers_is_refused(api: ApiClient, begin: str, end: str) -> None:
    put(api, DAILY)

    assert_problem(shifts(api, begin, end), 422, "invalid_request")


def test_taken_shift_is_the_takers_from_now_on(api: ApiClient) -> None:
    put(api, DAILY)
    at = datetime.now(UTC)
    running = shifts(api, at.isoformat().replace("+00:00", "Z"), f"{TODAY + timedelta(days=2)}{NOON}").json["items"][0]
    taker = SAM if running["person"]["id"] == ALEX.id else ALEX

    answer = api.call("POST", "/rotas/nights/shifts/take", by=taker, body={"begins_at": running["begins_at"]})

    override = answer.json["rota"]["overrides"][0]
    assert (answer.status, override["person"], override["ends_at"]) == (200, taker.id, running["ends_at"])
    assert api.call("GET", "/on-call", by=JANE).json["items"][0]["person"]["id"] == taker.id


def test_shift_of_ones_own_or_none_is_not_taken(api: ApiClient) -> None:
    put(api, DAILY | {"people": [SAM.id]})
    begins_at = shifts(api, f"{TODAY}{NOON}", f"{TODAY + timedelta(days=1)}{NOON}").json["items"][0]["begins_at"]

    own = api.call("POST", "/rotas/nights/shifts/take", by=SAM, body={"begins_at": begins_at})
    none = api.call("POST", "/rotas/nights/shifts/take", by=ALEX, body={"begins_at": f"{TODAY}{NOON}"})

    assert_problem(own, 422, "invalid_request")
    assert_problem(none, 404, "not_found")


def test_calendar_read_by_another_program_has_the_same_instants(api: ApiClient) -> None:
    put(api, DAILY)
    now = datetime.now(UTC).replace(microsecond=0)
    begin, end = now - timedelta(days=20), now + timedelta(days=160)

    feed = api.call("GET", subscribe(api))

    events = recurring_ical_events.of(Calendar.from_ical(feed.text)).between(begin, end)
    read = sorted((event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"])) for event in events)
    listed = shifts(api, begin.isoformat().replace("+00:00", "Z"), end.isoformat().replace("+00:00", "Z")).json["items"]
    assert read == [
        (
            datetime.fromisoformat(shift["begins_at"]),
            datetime.fromisoformat(shift["ends_at"]),
            f"On call: {shift['person']['name']}",
        )
        for shift in listed
    ]
    assert len(read) > 150


def test_calendar_has_nothing_that_readers_disagree_on(api: ApiClient) -> None:
    put(api, DAILY)

    feed = api.call("GET", subscribe(api))

    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
    assert [word for word in ("VTIMEZONE", "RRULE", "RDATE", "TZID", "\nDURATION") if word in feed.text] == []
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in feed.text


def test_name_of_many_lines_stays_within_its_event(api: ApiClient) -> None:
    engineers.enter(SAM.model_copy(update={"name": "Sam\r\nATTACH:https://evil.example"}))
    put(api, DAILY | {"people": [SAM.id]})

    feed = api.call("GET", subscribe(api))

    assert "\r\nATTACH" not in feed.text


@pytest.mark.parametrize("token", ["acme~guess", "globex~guess", "acme", "~", "a#b~c", "é~x"])
def test_token_that_was_not_issued_opens_no_calendar(api: ApiClient, token: str) -> None:
    put(api, DAILY)
    subscribe(api)

    assert_problem(api.call("GET", f"/rotas/nights/calendar.ics?token={token}"), 404, "not_found")


def test_token_of_another_account_opens_only_its_own_calendar(api: ApiClient) -> None:
    put(api, DAILY)
    path = subscribe(api)
    secret = path.partition("~")[2]

    assert_problem(api.call("GET", f"/rotas/nights/calendar.ics?token=globex~{secret}"), 404, "not_found")


def test_revoked_and_replaced_tokens_open_nothing(api: ApiClient) -> None:
    put(api, DAILY)
    first, second = subscribe(api), subscribe(api)

    replaced, current = api.call("GET", first), api.call("GET", second)
    api.call("DELETE", "/rotas/nights/calendar", by=OLGA)

    assert_problem(replaced, 404, "not_found")
    assert current.status == 200
    assert_problem(api.call("GET", second), 404, "not_found")


def test_calendar_without_a_token_is_refused(api: ApiClient) -> None:
    put(api, DAILY)

    assert_problem(api.call("GET", "/rotas/nights/calendar.ics"), 422, "invalid_request")


def test_token_is_kept_as_a_digest_alone(api: ApiClient) -> None:
    from tests.support.table_contents import contents

    put(api, DAILY)
    secret = subscribe(api).partition("~")[2]

    assert secret not in str(contents())
    assert secret not in api.call("GET", "/rotas/nights", by=OLGA).text


def test_saving_a_rota_again_keeps_its_calendar(api: ApiClient) -> None:
    put(api, DAILY)
    path = subscribe(api)

    put(api, DAILY | {"people": [ALEX.id]})

    assert api.call("GET", path).status == 200


def test_longest_span_of_shifts_is_listed(api: ApiClient) -> None:
    put(api, DAILY | {"starts_on": "2026-01-01"})
    end = datetime(2026, 1, 2, tzinfo=UTC) + LONGEST_SPAN

    assert len(shifts(api, "2026-01-02T00:00:00Z", f"{end:%Y-%m-%dT%H:%M:%SZ}").json["items"]) > 400


def test_rota_of_another_account_is_not_found(api: ApiClient) -> None:
    put(api, DAILY)

    assert_problem(api.call("GET", "/rotas/nights", by=GRETA), 404, "not_found")
