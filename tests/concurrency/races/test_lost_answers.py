"""A claim took effect, and its answer was lost: the caller who repeats it holds the session, once, in one epoch."""

from collections.abc import Sequence

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from tests.concurrency.races.history import LostClaim, Saw, Unknown, Won
from tests.concurrency.races.in_process import store_at
from tests.concurrency.races.racers import JANE, HttpRacer, escalated_by, escalated_over_http_by, seniors
from tests.concurrency.races.races import BORN_AT
from tests.concurrency.races.sizes import TABLE_PREFIX
from tests.support.dynamodb.lossy_proxy import lossy_proxy, the_first_of

SDK_ATTEMPTS = 3


def test_claim_repeated_by_the_sdk_returns_the_receipt(own_tables: DeployedStack) -> None:
    sam, alex = seniors(2)
    place = escalated_by(JANE)
    with lossy_proxy(own_tables.endpoint_url, the_first_of(1)) as proxy, store_at(proxy.url, TABLE_PREFIX):
        answer = sam.claim(place)

    assert proxy.lost == 1
    assert isinstance(answer, Won)
    assert alex.claim(place) == LostClaim(answer.tenure)
    assert sam.read(place) == Saw(answer.tenure, BORN_AT + 1)


def test_claim_with_every_answer_lost_still_belongs_to_the_caller(own_tables: DeployedStack) -> None:
    sam, alex = seniors(2)
    place = escalated_by(JANE)
    with lossy_proxy(own_tables.endpoint_url, the_first_of(SDK_ATTEMPTS)) as proxy, store_at(proxy.url, TABLE_PREFIX):
        answer = sam.claim(place)
    refused, repeated = alex.claim(place), sam.claim(place)

    assert answer == Unknown()
    assert isinstance(repeated, Won)
    assert refused == LostClaim(repeated.tenure)
    assert sam.read(place) == Saw(repeated.tenure, BORN_AT + 1)


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
