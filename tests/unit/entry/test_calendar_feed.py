"""A calendar feed that is asked for with an id that no rota has, or while it cannot be read."""

import pytest

from chalicelib.store import engineers
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import OLGA, SAM
from tests.support.dynamodb.faults import refuse
from tests.support.dynamodb.recorder import Recorder

ROTA = {"time_zone": "UTC", "people": [SAM.id], "handover": {"time": "08:00"}, "starts_on": "2026-11-23"}


@pytest.mark.parametrize("rota_id", ["n" * 1_100, "-nights", "n%23ghts"])
def test_id_that_no_rota_has_opens_no_calendar_and_reads_nothing(
    api: ApiClient, recorder: Recorder, rota_id: str
) -> None:
    answer = api.call("GET", f"/rotas/{rota_id}/calendar.ics?token=acme~guessed")

    assert_problem(answer, 404, "not_found")
    assert recorder.operations == []


def test_calendar_that_cannot_be_read_now_is_a_problem_with_a_time_to_try_again(
    api: ApiClient, recorder: Recorder
) -> None:
    engineers.enter(SAM)
    assert api.call("PUT", "/rotas/nights", by=OLGA, body={"name": "Nights", "rota": ROTA}).status == 200
    path = str(api.call("POST", "/rotas/nights/calendar", by=OLGA).json["path"])
    recorder.every = lambda _asked, _deliver: refuse("InternalServerError")(_deliver)

    answer = api.call("GET", path)

    assert_problem(answer, 503, "unavailable")
    assert answer.headers["retry-after"] == "1"
