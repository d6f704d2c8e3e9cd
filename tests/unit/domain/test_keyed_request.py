import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from tests.support.builders import GLOBEX, JANE, JOE, a_caller

ROUTE = "POST /sessions"
BODY = '{"problem_summary":"printer jams"}'
names = st.text(max_size=8)


def request_of(caller: Caller = JANE, route: str = ROUTE, key: str = "k1", body: str = BODY) -> KeyedRequest:
    return KeyedRequest.of(caller, route, key, body)


def test_same_request_has_the_same_id_and_digest() -> None:
    assert request_of() == request_of()


@pytest.mark.parametrize(
    "other",
    [
        request_of(caller=JOE),
        request_of(caller=a_caller("Jane", account_id=GLOBEX)),
        request_of(route="POST /sessions/1/handoff"),
        request_of(key="k2"),
    ],
    ids=["engineer", "account", "route", "key"],
)
def test_another_engineer_account_route_or_key_gives_another_id(other: KeyedRequest) -> None:
    assert other.id != request_of().id


@given(st.tuples(names, names, names, names), st.tuples(names, names, names, names))
def test_names_do_not_run_together(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> None:
    ids = [
        KeyedRequest.of(JANE.model_copy(update={"account_id": account, "id": engineer}), route, key, BODY).id
        for account, engineer, route, key in (one, other)
    ]

    assert (ids[0] == ids[1]) == (one == other)


@given(st.text(), st.text())
def test_another_body_has_another_digest_and_the_same_id(one: str, other: str) -> None:
    first, second = request_of(body=one), request_of(body=other)

    assert (first.id, first.sha256 == second.sha256) == (second.id, one == other)


def test_id_of_a_key_in_flight_survives_a_release_of_ours() -> None:
    assert str(request_of().id) == "2c9ef02a-f0a0-5c9a-986c-e4aa4a0ad0b2"
