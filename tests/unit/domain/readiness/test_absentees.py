"""Who is named by a policy or a rota, and not in the directory."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.readiness.absentees import MOST_ABSENTEES, MOST_PLACES, Absentee, absentees
from tests.support.builders import ACME, minute

NOW = minute(0)
CLIENT = {"match": {"client": "Acorn", "type": "Managed"}}


def ladder(*tell: str) -> dict[str, Any]:
    return {"ladder": [{"after_min": 0, "tell": list(tell)}]}


def a_rota(*people: str, name: str = "Nights", **changes: object) -> SavedRota:
    content = {"time_zone": "UTC", "people": people, "handover": {"time": "09:00"}, "starts_on": "2026-11-23"}
    rota = Rota.model_validate(content | changes)
    return SavedRota(account_id=ACME, id="nights", name=name, rota=rota, updated_at=NOW, version=1)


def found(policy: dict[str, Any], *rotas: SavedRota, known: tuple[str, ...] = ("sam",)) -> list[tuple[str, list[str]]]:
    return [
        (each.id, [f"{place.kind.value} {place.name}" for place in each.places])
        for each in absentees(Policy.model_validate(policy), rotas, known, NOW)
    ]


@pytest.mark.parametrize(
    ("policy", "place"),
    [
        ({"priorities": {"urgent": ladder("seniors", "person:ann")}}, "ladder urgent"),
        ({"priorities": {"low": ladder("person:ann")}}, "ladder low"),
        ({"clients": [CLIENT | ladder("person:ann")]}, "client Acorn, Managed"),
        ({"clients": [CLIENT | {"senior": "ann"}]}, "client Acorn, Managed"),
    ],
)
def test_person_whom_the_policy_names_is_found(policy: dict[str, Any], place: str) -> None:
    assert found(policy) == [("ann", [place])]


def test_person_in_the_order_of_a_rota_is_found() -> None:
    assert found({}, a_rota("sam", "ann")) == [("ann", ["rota Nights"])]


@pytest.mark.parametrize(("ends_min", "counts"), [(-1, False), (0, False), (1, True)])
def test_override_counts_until_it_is_over(ends_min: int, counts: bool) -> None:  # noqa: FBT001
    end = NOW + timedelta(minutes=ends_min)
    override = {"person": "ann", "begins_at": end - timedelta(hours=1), "ends_at": end}

    assert bool(found({}, a_rota("sam", overrides=[override]))) is counts


def test_everybody_known_is_nobody_absent() -> None:
    assert found({"priorities": {"urgent": ladder("person:sam", "admins", "sender")}}, a_rota("sam")) == []


def test_person_is_named_once_with_each_place_once() -> None:
    policy = {"priorities": {"urgent": ladder("person:ann", "person:bob")}}

    both = found(policy, a_rota("ann", "sam", "ann"))

    assert both == [("ann", ["ladder urgent", "rota Nights"]), ("bob", ["ladder urgent"])]


def test_many_are_cut_short() -> None:
    many = a_rota(*(f"p{number}" for number in range(MOST_ABSENTEES + 9)))
    often = [a_rota("ann", name=f"Rota {number}") for number in range(MOST_PLACES + 3)]

    first: Absentee = absentees(Policy(), often, (), NOW)[0]

    assert (len(found({}, many)), len(first.places)) == (MOST_ABSENTEES, MOST_PLACES)
