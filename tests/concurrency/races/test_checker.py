"""The checker against histories written by hand: what may happen passes, and each thing that must not is named."""

import math

import pytest

from tests.concurrency.races.checker import unexplained
from tests.concurrency.races.history import (
    Act,
    Answer,
    Broken,
    History,
    LostClaim,
    Operation,
    RefusedClaim,
    Released,
    Saw,
    Tenure,
    Unknown,
    Won,
)

JANE, SAM, ALEX, OLGA = "jane", "sam", "alex", "olga"
SAMS, ALEXS, OLGAS = Tenure(SAM, "09:01"), Tenure(ALEX, "09:02"), Tenure(OLGA, "09:03")
SAMS_SECOND = Tenure(SAM, "09:05")
BORN_AT = 2


def claim(who: str, answer: Answer, invoked: float, completed: float = math.inf) -> Operation:
    return Operation(who, Act.CLAIM, answer, invoked, completed)


def release(who: str, answer: Answer, invoked: float, completed: float = math.inf) -> Operation:
    return Operation(who, Act.RELEASE, answer, invoked, completed)


def read(seen: Tenure | None, epoch: int, invoked: float, completed: float) -> Operation:
    return Operation("vic", Act.READ, Saw(seen, epoch), invoked, completed)


def found_in(*operations: Operation) -> Operation | None:
    return unexplained(History(list(operations)), JANE, BORN_AT)


SOUND = {
    "nothing happened": (),
    "one wins, the others are told": (
        claim(SAM, Won(SAMS), 0, 3),
        claim(ALEX, LostClaim(SAMS), 1, 2),
        claim(OLGA, LostClaim(SAMS), 4, 5),
        read(SAMS, 3, 6, 7),
    ),
    "the winner asks again and gets the same receipt": (
        claim(SAM, Won(SAMS), 0, 1),
        claim(SAM, Won(SAMS), 2, 3),
        read(SAMS, 3, 4, 5),
    ),
    "the originator is refused, before and after": (
        claim(JANE, RefusedClaim(), 0, 1),
        claim(SAM, Won(SAMS), 2, 3),
        claim(JANE, RefusedClaim(), 4, 5),
    ),
    "an unanswered claim happened": (claim(SAM, Unknown(), 0), claim(ALEX, LostClaim(SAMS), 1, 2), read(SAMS, 3, 3, 4)),
    "an unanswered claim never happened": (claim(SAM, Unknown(), 0), claim(ALEX, Won(ALEXS), 1, 2)),
    "an unanswered claim happens late": (claim(SAM, Unknown(), 0), read(None, 2, 1, 2), read(SAMS, 3, 3, 4)),
    "an unanswered claim is repeated": (claim(SAM, Unknown(), 0), claim(SAM, Won(SAMS), 1, 2), read(SAMS, 3, 3, 4)),
    "a read at the same time sees before or after": (
        claim(SAM, Won(SAMS), 0, 9),
        read(None, 2, 1, 4),
        read(SAMS, 3, 2, 3),
    ),
    "put back and taken by another": (
        claim(SAM, Won(SAMS), 0, 1),
        release(SAM, Released(), 2, 3),
        claim(ALEX, Won(ALEXS), 4, 5),
        read(ALEXS, 5, 6, 7),
    ),
    "a claim wins while the release is being answered": (
        claim(SAM, Won(SAMS), 0, 1),
        release(SAM, Released(), 2, 9),
        claim(ALEX, Won(ALEXS), 3, 4),
    ),
    "an unanswered release happened": (
        claim(SAM, Won(SAMS), 0, 1),
        release(SAM, Unknown(), 2),
        claim(ALEX, Won(ALEXS), 3, 4),
    ),
    "put back and taken by the same": (
        claim(SAM, Won(SAMS), 0, 1),
        release(SAM, Released(), 2, 3),
        claim(SAM, Won(SAMS_SECOND), 4, 5),
        read(SAMS_SECOND, 5, 6, 7),
    ),
}

UNSOUND = {
    "two winners": (claim(SAM, Won(SAMS), 0, 3), claim(ALEX, Won(ALEXS), 1, 2)),
    "two winners, one without an answer": (
        claim(SAM, Unknown(), 0),
        claim(OLGA, LostClaim(SAMS), 1, 2),
        claim(ALEX, Won(ALEXS), 3, 4),
    ),
    "the originator wins": (claim(JANE, Won(Tenure(JANE, "09:00")), 0, 1),),
    "the originator's unanswered claim happened": (
        claim(JANE, Unknown(), 0),
        read(Tenure(JANE, "09:00"), 3, 1, 2),
    ),
    "a senior is refused like the originator": (claim(SAM, RefusedClaim(), 0, 1),),
    "the acknowledged winner is not the holder in the end": (
        claim(SAM, Won(SAMS), 0, 1),
        claim(ALEX, Unknown(), 0),
        read(ALEXS, 3, 2, 3),
    ),
    "the holder is somebody who never asked": (claim(SAM, Unknown(), 0), read(OLGAS, 3, 1, 2)),
    "the holder was told that somebody else has it": (
        claim(SAM, LostClaim(ALEXS), 0, 1),
        claim(ALEX, Unknown(), 0),
        read(SAMS, 3, 2, 3),
    ),
    "a loser is told of their own win": (claim(SAM, LostClaim(SAMS), 0, 1),),
    "two holders are seen": (
        claim(SAM, Unknown(), 0),
        claim(ALEX, Unknown(), 0),
        read(SAMS, 3, 1, 2),
        read(ALEXS, 3, 3, 4),
    ),
    "losers are told of two winners": (
        claim(SAM, Won(SAMS), 0, 9),
        claim(ALEX, LostClaim(SAMS), 1, 2),
        claim(OLGA, LostClaim(ALEXS), 1, 2),
    ),
    "losers are told of two times": (
        claim(SAM, Won(SAMS), 0, 1),
        claim(ALEX, LostClaim(Tenure(SAM, "09:07")), 2, 3),
    ),
    "a claim is seen before it was asked for": (read(SAMS, 3, 0, 1), claim(SAM, Won(SAMS), 2, 3)),
    "a claim that was seen is unseen": (
        claim(SAM, Won(SAMS), 0, 9),
        read(SAMS, 3, 1, 2),
        read(None, 2, 3, 4),
    ),
    "a claim that was acknowledged is unseen": (claim(SAM, Won(SAMS), 0, 1), read(None, 2, 2, 3)),
    "everybody lost what nobody has": (claim(SAM, LostClaim(ALEXS), 0, 3), claim(ALEX, LostClaim(SAMS), 1, 2)),
    "the repeat gets another receipt": (claim(SAM, Won(SAMS), 0, 1), claim(SAM, Won(SAMS_SECOND), 2, 3)),
    "the repeat moved the epoch": (
        claim(SAM, Unknown(), 0),
        claim(SAM, Won(SAMS), 1, 2),
        read(SAMS, 4, 3, 4),
    ),
    "a claim wins before the release was asked for": (
        claim(SAM, Won(SAMS), 0, 1),
        claim(ALEX, Won(ALEXS), 2, 3),
        release(SAM, Released(), 4, 5),
    ),
    "somebody puts back what another holds": (claim(SAM, Won(SAMS), 0, 1), release(ALEX, Released(), 2, 3)),
    "the former holder is still named after the release": (
        claim(SAM, Won(SAMS), 0, 1),
        release(SAM, Released(), 2, 3),
        claim(ALEX, LostClaim(SAMS), 4, 5),
    ),
    "an answer that nothing explains": (claim(SAM, Broken("500 internal_error"), 0, 1),),
}


@pytest.mark.parametrize("operations", SOUND.values(), ids=SOUND.keys())
def test_linearizable_history_passes(operations: tuple[Operation, ...]) -> None:
    assert found_in(*operations) is None


@pytest.mark.parametrize("operations", UNSOUND.values(), ids=UNSOUND.keys())
def test_history_without_an_explaining_order_is_rejected(operations: tuple[Operation, ...]) -> None:
    assert found_in(*operations) is not None


def test_unexplained_operation_is_named() -> None:
    too_late = claim(ALEX, Won(ALEXS), 2, 3)

    assert found_in(claim(SAM, Won(SAMS), 0, 1), too_late, claim(OLGA, LostClaim(SAMS), 4, 5)) == too_late


def test_hundred_racers_with_a_second_winner_are_rejected_at_once() -> None:
    losers = [claim(f"senior-{number}", LostClaim(SAMS), number / 1000, 50 + number) for number in range(100)]

    assert found_in(*losers, claim(SAM, Won(SAMS), 0, 9), claim(ALEX, Won(ALEXS), 0, 9)) is not None


def test_rivals_are_the_claims_under_way_at_the_first_answer() -> None:
    history = History(
        [claim(SAM, Won(SAMS), 0, 2), claim(ALEX, LostClaim(SAMS), 1, 3), claim(OLGA, LostClaim(SAMS), 4, 5)]
    )

    assert history.rivals == 2


@pytest.mark.parametrize(
    ("answer", "is_over"), [(Won(SAMS), True), (LostClaim(SAMS), True), (Unknown(), False)], ids=repr
)
def test_operation_without_an_answer_is_not_over(answer: Answer, is_over: bool) -> None:  # noqa: FBT001
    assert (Operation.ended(SAM, Act.CLAIM, answer, 0).completed < math.inf) == is_over
