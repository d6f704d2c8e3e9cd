"""The claim itself, many times at once, against DynamoDB over HTTP: denser than any gateway lets requests in."""

from random import Random

import pytest

from tests.concurrency.races.history import LostClaim, RefusedClaim, Won
from tests.concurrency.races.in_process import store_at
from tests.concurrency.races.racers import JANE, escalated_by, seniors
from tests.concurrency.races.races import (
    HEADING,
    claim_and_put_back,
    claim_until_answered,
    race,
    summary,
    unexplained_in,
)
from tests.concurrency.races.sizes import DENSE_SIZES, HANDOFFS_OF_MANY, MANY, TABLE_PREFIX
from tests.support.dynamodb.lossy_proxy import lossy_proxy
from tests.support.dynamodb.transaction_conflicts import collisions
from tests.support.reporting import Report


@pytest.mark.parametrize("count", DENSE_SIZES)
def test_concurrent_claims_have_exactly_one_winner(own_tables: str, count: int, report: Report) -> None:
    races = [race(escalated_by(JANE), seniors(count), JANE) for _ in range(DENSE_SIZES[count])]

    report(HEADING, summary(f"{count} seniors in process", races))
    assert [race.answers[Won] for race in races] == [1] * len(races)
    assert unexplained_in(races) == []


def test_conflicting_claims_are_told_who_won(own_tables: str, report: Report) -> None:
    places = [escalated_by(JANE) for _ in range(5)]
    with collisions() as found:
        races = [race(place, seniors(16), JANE) for place in places]

    report(HEADING, summary(f"16 seniors of whom DynamoDB refuses {found.refused} for running into each other", races))
    assert found.refused > len(places)
    assert [race.answers for race in races] == [{Won: 1, LostClaim: 15, RefusedClaim: 1}] * len(races)
    assert unexplained_in(races) == []


def test_release_lets_exactly_one_more_claim_win(own_tables: str, report: Report) -> None:
    races = [race(escalated_by(JANE), seniors(8), JANE, claim_and_put_back) for _ in range(5)]

    report(HEADING, summary("8 seniors who put it back", races))
    assert min(race.answers[Won] for race in races) > 1
    assert unexplained_in(races) == []


@pytest.mark.prove
def test_two_hundred_claims_have_exactly_one_winner(own_tables: str, report: Report) -> None:
    races = [race(escalated_by(JANE), seniors(MANY), JANE) for _ in range(HANDOFFS_OF_MANY)]

    report(HEADING, summary(f"{MANY} seniors in process", races))
    assert [race.answers for race in races] == [{Won: 1, LostClaim: MANY - 1, RefusedClaim: 1}] * len(races)
    assert unexplained_in(races) == []


@pytest.mark.parametrize(("count", "handoffs"), [(8, 5), pytest.param(MANY, HANDOFFS_OF_MANY, marks=pytest.mark.prove)])
def test_lost_answers_and_repeats_make_no_second_winner(
    own_tables: str, count: int, handoffs: int, report: Report
) -> None:
    chance = Random(7)  # noqa: S311  the same losses in every run
    places = [escalated_by(JANE) for _ in range(handoffs)]
    with (
        lossy_proxy(own_tables, lambda: chance.random() < 0.3, lambda: chance.random() < 0.3) as proxy,
        store_at(proxy.url, TABLE_PREFIX),
    ):
        races = [race(place, seniors(count), JANE, claim_until_answered) for place in places]

    losses = f"{proxy.lost} answers of DynamoDB are lost and {proxy.repeated} requests come twice"
    report(HEADING, summary(f"{count} seniors while {losses}", races))
    assert min(proxy.lost, proxy.repeated) > len(places)
    assert {len(race.tenures) for race in races} == {1}
    assert unexplained_in(races) == []
