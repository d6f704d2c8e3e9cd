"""Overrides of a rota over HTTP, in local times of its zone."""

from typing import Any

import pytest

from chalicelib.store import engineers
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import OLGA, SAM

ROTA: dict[str, Any] = {
    "time_zone": "Europe/Brussels",
    "people": [OLGA.id],
    "handover": {"time": "08:00"},
    "starts_on": "2026-10-01",
}


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (SAM, OLGA):
        engineers.enter(person)


def put(api: ApiClient, begins_at: str, ends_at: str, **changes: Any) -> Answer:
    override = {"person": SAM.id, "begins_at": begins_at, "ends_at": ends_at}
    rota = ROTA | {"overrides": [override]} | changes
    return api.call("PUT", "/rotas/nights", by=OLGA, body={"name": "Nights", "rota": rota})


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2026-12-24T12:00", "2026-12-24T11:00:00.000Z"),
        ("2026-12-24T12:00:30", "2026-12-24T11:00:30.000Z"),
        ("2026-12-24T12:00:00Z", "2026-12-24T12:00:00.000Z"),
        ("2026-10-25T02:30", "2026-10-25T00:30:00.000Z"),  # shown twice: the first
        ("2026-07-01T12:00", "2026-07-01T10:00:00.000Z"),
    ],
)
def test_override_without_an_offset_is_a_local_time_of_the_rota(api: ApiClient, local: str, instant: str) -> None:
    answer = put(api, local, "2026-12-31T00:00:00Z")

    assert (answer.status, answer.json["rota"]["overrides"][0]["begins_at"]) == (200, instant)


def test_rota_shows_the_local_times_of_its_overrides(api: ApiClient) -> None:
    put(api, "2026-10-24T12:00", "2026-10-26T12:00")

    read = api.call("GET", "/rotas/nights", by=SAM)

    assert read.json["local_overrides"] == [
        {"begins_at": "2026-10-24T12:00+02:00", "ends_at": "2026-10-26T12:00+01:00"}
    ]


@pytest.mark.parametrize(
    ("begins_at", "changes", "pointer"),
    [
        ("2026-13-01T12:00", {}, "/rota/overrides/0/begins_at"),
        ("0001-01-01T00:00", {}, "/rota/overrides"),
        ("2027-12-24T12:00", {}, "/rota/overrides"),
        ("tomorrow", {}, "/rota/overrides/0/begins_at"),
        ("2026-12-24T12:00", {"time_zone": "Nowhere"}, "/rota/time_zone"),
        ("2026-12-24T12:00", {"time_zone": 7}, "/rota/time_zone"),
        ("2026-12-24T12:00", {"overrides": ["Sam"]}, "/rota/overrides/0"),
        ("2026-12-24T12:00", {"overrides": "Sam"}, "/rota/overrides"),
    ],
    ids=str,
)
def test_override_that_cannot_be_right_is_refused_by_place(
    api: ApiClient, begins_at: str, changes: dict[str, Any], pointer: str
) -> None:
    answer = put(api, begins_at, "2026-12-31T00:00:00Z", **changes)

    assert_problem(answer, 422, "invalid_request")
    assert answer.json["errors"][0]["pointer"].startswith(pointer)
