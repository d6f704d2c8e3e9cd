"""Seniors race for handoffs on the deployed stack, with real tokens; the originator, a senior too, tries with them."""

from collections.abc import Sequence

import pytest

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from tests.concurrency.races.history import LostClaim, RefusedClaim, Saw, Unknown, Won
from tests.concurrency.races.racers import HttpRacer, escalated_over_http_by
from tests.concurrency.races.races import BORN_AT, HEADING, race, summary, unexplained_in
from tests.concurrency.races.sizes import HANDOFFS_OF_MANY, HTTP_SIZES, MANY
from tests.support.dynamodb.lossy_proxy import lossy_proxy, the_first_of
from tests.support.reporting import Report


@pytest.mark.parametrize("count", HTTP_SIZES)
def test_claims_over_http_have_one_winner_and_others_are_told(
    http_racers: Sequence[HttpRacer], count: int, report: Report
) -> None:
    jane, seniors = http_racers[0], http_racers[1 : 1 + count]
    places = [escalated_over_http_by(jane) for _ in range(HTTP_SIZES[count])]
    races = [race(place, seniors, jane) for place in places]

    report(HEADING, summary(f"{count} seniors over HTTP", races))
    assert [race.answers for race in races] == [{Won: 1, LostClaim: count - 1, RefusedClaim: 1}] * len(races)
    assert unexplained_in(races) == []


@pytest.mark.prove
def test_two_hundred_claims_over_http_have_one_winner(many_http_racers: Sequence[HttpRacer], report: Report) -> None:
    jane, seniors = many_http_racers[0], many_http_racers[1:]
    places = [escalated_over_http_by(jane) for _ in range(HANDOFFS_OF_MANY)]
    races = [race(place, seniors, jane) for place in places]

    report(HEADING, summary(f"{MANY} seniors over HTTP, each to a process of the API", races))
    assert [race.answers for race in races] == [{Won: 1, LostClaim: MANY - 1, RefusedClaim: 1}] * len(races)
    assert unexplained_in(races) == []


def test_claim_repeated_over_http_returns_the_receipt(stack: DeployedStack, http_racers: Sequence[HttpRacer]) -> None:
    jane, sam, alex = http_racers[:3]
    place = escalated_over_http_by(jane)
    with lossy_proxy(stack.api_url, the_first_of(1)) as proxy, Api(proxy.url, sam.api.token) as api:
        distant_sam = HttpRacer(sam.who, api)
        answer, repeated = distant_sam.claim(place), distant_sam.claim(place)

    assert answer == Unknown()
    assert isinstance(repeated, Won)
    assert sam.claim(place) == repeated
    assert alex.claim(place) == LostClaim(repeated.tenure)
    assert alex.read(place) == Saw(repeated.tenure, BORN_AT + 1)
