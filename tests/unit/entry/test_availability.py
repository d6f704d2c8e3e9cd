"""What people say of their presence."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.instants import format_instant
from chalicelib.store import engineers
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import JANE, SAM, minute

HOUR = timedelta(hours=1)


def in_hours(count: float) -> str:
    return format_instant(datetime.now(UTC) + count * HOUR)


def test_presence_is_shown_to_the_account(api: ApiClient) -> None:
    until = in_hours(2)

    said = api.call("PUT", "/me/availability", by=SAM, body={"presence": "busy", "until": until})

    listed = api.call("GET", "/engineers", by=JANE).json["items"]
    assert said.json["availability"] == {"presence": "busy", "until": until}
    assert [item["availability"] for item in listed] == [said.json["availability"]]


def test_presence_whose_end_has_come_is_available(api: ApiClient) -> None:
    engineers.enter(SAM)
    engineers.set_availability(SAM.account_id, SAM.id, Availability(presence=Presence.AWAY, until=minute(0)))

    listed = api.call("GET", "/engineers", by=JANE).json["items"]

    assert [item["availability"]["presence"] for item in listed if item["id"] == SAM.id] == ["available"]


def test_being_available_again_ends_an_absence(api: ApiClient) -> None:
    api.call("PUT", "/me/availability", by=SAM, body={"presence": "away"})

    said = api.call("PUT", "/me/availability", by=SAM, body={"presence": "available"})

    assert said.json["availability"] == {"presence": "available", "until": None}
    assert api.call("GET", "/me", by=SAM).json["availability"] == said.json["availability"]


@pytest.mark.parametrize(("presence", "hours"), [("away", -1), ("away", 24 * 400), ("available", 1), ("asleep", None)])
def test_presence_that_cannot_be_meant_is_refused(api: ApiClient, presence: str, hours: int | None) -> None:
    body = {"presence": presence, "until": in_hours(hours) if hours else None}

    assert_problem(api.call("PUT", "/me/availability", by=SAM, body=body), 422, "invalid_request")
