"""A claim took effect, and its answer was lost: the caller who repeats it holds the session, once, in one epoch."""

from tests.concurrency.races.history import LostClaim, Saw, Unknown, Won
from tests.concurrency.races.in_process import store_at
from tests.concurrency.races.racers import JANE, escalated_by, seniors
from tests.concurrency.races.races import BORN_AT
from tests.concurrency.races.sizes import TABLE_PREFIX
from tests.support.dynamodb.lossy_proxy import lossy_proxy, the_first_of

SDK_ATTEMPTS = 3


def test_claim_repeated_by_the_sdk_returns_the_receipt(own_tables: str) -> None:
    sam, alex = seniors(2)
    place = escalated_by(JANE)
    with lossy_proxy(own_tables, the_first_of(1)) as proxy, store_at(proxy.url, TABLE_PREFIX):
        answer = sam.claim(place)

    assert proxy.lost == 1
    assert isinstance(answer, Won)
    assert alex.claim(place) == LostClaim(answer.tenure)
    assert sam.read(place) == Saw(answer.tenure, BORN_AT + 1)


def test_claim_with_every_answer_lost_still_belongs_to_the_caller(own_tables: str) -> None:
    sam, alex = seniors(2)
    place = escalated_by(JANE)
    with lossy_proxy(own_tables, the_first_of(SDK_ATTEMPTS)) as proxy, store_at(proxy.url, TABLE_PREFIX):
        answer = sam.claim(place)
    refused, repeated = alex.claim(place), sam.claim(place)

    assert answer == Unknown()
    assert isinstance(repeated, Won)
    assert refused == LostClaim(repeated.tenure)
    assert sam.read(place) == Saw(repeated.tenure, BORN_AT + 1)
