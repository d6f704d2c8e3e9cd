"""National holidays over HTTP: found by country and part, as dates with English names."""

from urllib.parse import urlencode

import pytest

from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import OLGA

CORPUS_CHRISTI = "Corpus Christi"


def ask(api: ApiClient, **query: object) -> Answer:
    return api.call("GET", f"/holidays?{urlencode(query)}", by=OLGA)


def names(answer: Answer) -> set[str]:
    return {item["name"] for item in answer.json["items"]}


def dates(answer: Answer) -> set[str]:
    return {item["date"] for item in answer.json["items"]}


def test_countries_are_listed_before_one_is_chosen(api: ApiClient) -> None:
    answer = api.call("GET", "/holidays", by=OLGA)

    assert {"BE", "DE", "GB", "US"} <= set(answer.json["countries"])
    assert all(len(code) == 2 for code in answer.json["countries"])
    assert (answer.json["items"], answer.json["parts"]) == ([], [])


def test_holidays_are_dates_in_order_with_english_names(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")

    answer = ask(api, country="BE", years=2)

    found = [item["date"] for item in answer.json["items"]]
    assert found == sorted(set(found))
    assert len({day[:4] for day in found}) == 2
    assert "National Day" in names(answer)


def test_part_of_a_country_has_holidays_of_its_own(api: ApiClient) -> None:
    whole, bavaria = ask(api, country="DE"), ask(api, country="DE", part="BY")

    assert CORPUS_CHRISTI not in names(whole)
    assert CORPUS_CHRISTI in names(bavaria)
    assert {"code": "BY", "name": "Bayern"} in whole.json["parts"]


def test_holiday_that_falls_on_a_sunday_is_listed_where_the_country_drops_it(api: ApiClient) -> None:
    answer = ask(api, country="ES", years=5)

    all_saints = {day for day in dates(answer) if day.endswith("-11-01")}
    assert len(all_saints) == 5


def test_holiday_that_is_moved_to_a_monday_is_not_listed_twice(api: ApiClient) -> None:
    answer = ask(api, country="CO", years=5)

    named = [item["date"] for item in answer.json["items"] if "Saint Joseph" in item["name"]]
    assert len(named) == 5


def test_optional_days_count_only_by_choice(api: ApiClient) -> None:
    plain, chosen = ask(api, country="NL", years=5), ask(api, country="NL", years=5, also="optional")

    assert "optional" in plain.json["also"]
    assert dates(plain) < dates(chosen)


@pytest.mark.parametrize(
    ("query", "pointer", "said"),
    [
        ({"country": "XX"}, "/country", "country XX"),
        ({"country": "Belgium"}, "/country", "country Belgium"),
        ({"country": "DE", "part": "ZZ"}, "/part", "DE has no part ZZ"),
        ({"country": "BE", "part": "BY"}, "/part", "BE has no part BY"),
        ({"country": "GB", "also": "optional"}, "/also", "GB has no category optional. There are none."),
    ],
)
def test_what_is_not_known_is_named(api: ApiClient, query: dict[str, str], pointer: str, said: str) -> None:
    answer = ask(api, **query)

    assert_problem(answer, 422, "invalid_request")
    [error] = answer.json["errors"]
    assert error["pointer"] == pointer
    assert said in error["detail"]


@pytest.mark.parametrize("query", [{"years": 6}, {"years": 0}, {"country": "B\nE"}, {"country": ""}, {"also": "A,,b"}])
def test_query_that_breaks_the_contract_is_refused(api: ApiClient, query: dict[str, object]) -> None:
    assert ask(api, **query).status == 422
