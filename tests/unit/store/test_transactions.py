import itertools
import random
import time
from typing import Any

import pytest
from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import Unavailable
from chalicelib.store.connection import ATTEMPTS
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import (
    CONFLICT_ATTEMPTS,
    CONFLICT_PAUSE_S,
    ConditionFailed,
    Transaction,
    put_alone,
    update_alone,
)
from chalicelib.store.transient_errors import error_code, is_outage
from tests.support.builders import ACME
from tests.support.dynamodb.faults import cancel, lose_answer, refuse, time_out
from tests.support.dynamodb.recorder import Recorder

CONFLICT = refuse("TransactionConflictException", "Transaction is ongoing for the item")
ABSENT, PRESENT = EngineerRow.engineer_id.does_not_exist(), EngineerRow.engineer_id.exists()
RENAME = [EngineerRow.name.set("Renamed")]


def a_row(engineer_id: str, name: str = "Jane") -> EngineerRow:
    return EngineerRow(ACME, engineer_id, name=name)


def names() -> dict[str, str]:
    return {row.engineer_id: row.name for row in EngineerRow.query(ACME)}


def a_transaction(
    updated: Condition = PRESENT, put: Condition = ABSENT
) -> tuple[Transaction, EngineerRow, EngineerRow]:
    """A transaction that names its update first, though DynamoDB is asked for the put first."""
    transaction, changed, new = Transaction(), a_row("known"), a_row("new")
    transaction.update(changed, RENAME, updated)
    transaction.put(new, put)
    return transaction, changed, new


@pytest.fixture(autouse=True)
def known(tables: None) -> None:
    a_row("known").save()


def test_transaction_is_written_in_one_request(recorder: Recorder) -> None:
    transaction, *_ = a_transaction()

    transaction.commit()

    assert names() == {"known": "Renamed", "new": "Jane"}
    assert recorder.operations[:-1] == ["TransactWriteItems"]


@pytest.mark.parametrize("conditions", [{"updated": ABSENT}, {"put": PRESENT}])
def test_transaction_writes_nothing_when_one_condition_fails(conditions: dict[str, Condition]) -> None:
    transaction, *_ = a_transaction(**conditions)

    with pytest.raises(ConditionFailed):
        transaction.commit()

    assert names() == {"known": "Jane"}


def test_row_whose_update_failed_is_named_with_what_stands_there() -> None:
    transaction, changed, new = a_transaction(updated=ABSENT)

    with pytest.raises(ConditionFailed) as failure:
        transaction.commit()

    image = failure.value.image(changed)
    assert image is not None
    assert image["engineer_id"] == {"S": "known"}
    assert not failure.value.failed(new)


def test_row_whose_put_failed_is_named_though_it_was_asked_for_last() -> None:
    transaction, changed, new = a_transaction(put=PRESENT)

    with pytest.raises(ConditionFailed) as failure:
        transaction.commit()

    assert failure.value.failed(new)
    assert failure.value.image(new) is None
    assert not failure.value.failed(changed)


def test_conflict_is_tried_again_until_it_is_over(recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"), cancel("None", "TransactionConflict"))
    transaction, *_ = a_transaction()

    transaction.commit()

    assert recorder.operations == ["TransactWriteItems"] * 3
    assert names() == {"known": "Renamed", "new": "Jane"}


def test_conflicts_that_do_not_end_make_it_unavailable_and_write_nothing(recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", *[cancel("TransactionConflict", "TransactionConflict")] * CONFLICT_ATTEMPTS)
    transaction, *_ = a_transaction()

    with pytest.raises(Unavailable) as refusal:
        transaction.commit()

    assert refusal.value.retry_after_s == 1
    assert recorder.operations == ["TransactWriteItems"] * CONFLICT_ATTEMPTS
    assert names() == {"known": "Jane"}


def test_condition_that_failed_beside_a_conflict_is_asked_for_again(recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", cancel("ConditionalCheckFailed", "TransactionConflict"))
    transaction, changed, _ = a_transaction(updated=ABSENT)

    with pytest.raises(ConditionFailed) as failure:
        transaction.commit()

    assert failure.value.image(changed) is not None


def test_pauses_between_tries_are_random_and_grow(recorder: Recorder) -> None:
    sent: list[float] = []
    recorder.tamper("TransactWriteItems", *[_timed(cancel("TransactionConflict", "None"), sent)] * CONFLICT_ATTEMPTS)
    transaction, *_ = a_transaction()
    random.seed(4711)

    with pytest.raises(Unavailable):
        transaction.commit()

    dice = random.Random(4711)  # noqa: S311  jitter, not a secret
    drawn = [dice.uniform(0, CONFLICT_PAUSE_S * 2**attempt) for attempt in range(CONFLICT_ATTEMPTS - 1)]
    pauses = [after - before for before, after in itertools.pairwise(sent)]
    assert all(pause >= wanted for pause, wanted in zip(pauses, drawn, strict=True))


def _timed(tampering: Any, sent: list[float]) -> Any:
    def timed(deliver: Any) -> Any:
        sent.append(time.monotonic())
        return tampering(deliver)

    return timed


@pytest.mark.parametrize(
    "codes",
    [
        ("ThrottlingError", "None"),
        ("ProvisionedThroughputExceeded", "TransactionConflict"),
        ("ValidationError", "None"),
        ("ItemCollectionSizeLimitExceeded", "None"),
    ],
    ids=str,
)
def test_any_other_reason_comes_through_as_it_is(recorder: Recorder, codes: tuple[str, str]) -> None:
    recorder.tamper("TransactWriteItems", cancel(*codes))
    transaction, *_ = a_transaction()

    with pytest.raises(TransactWriteError) as failure:
        transaction.commit()

    assert [reason.code if reason else "None" for reason in failure.value.cancellation_reasons] == list(codes)
    assert recorder.operations == ["TransactWriteItems"]


def test_refusal_of_the_request_comes_through_as_it_is(recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", refuse("AccessDeniedException", "not authorized"))
    transaction, *_ = a_transaction()

    with pytest.raises(TransactWriteError) as failure:
        transaction.commit()

    assert failure.value.cause_response_code == "AccessDeniedException"


def test_attempts_of_one_transaction_carry_one_token_so_that_dynamodb_knows_them_again(
    recorder: Recorder,
) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)
    transaction, *_ = a_transaction()

    with pytest.raises(ConditionFailed):  # moto knows no tokens
        transaction.commit()

    tokens = [exchange.asked["ClientRequestToken"] for exchange in recorder.exchanges]
    assert len(tokens) == 2
    assert len(set(tokens)) == 1


def test_update_alone_changes_the_item_and_loads_it(tables: None) -> None:
    row = EngineerRow(ACME, "known")

    assert update_alone(row, RENAME, PRESENT)
    assert (row.name, names()) == ("Renamed", {"known": "Renamed"})


def test_update_alone_whose_condition_fails_changes_nothing(tables: None) -> None:
    assert not update_alone(a_row("unknown"), RENAME, PRESENT)

    assert names() == {"known": "Jane"}


def test_update_alone_waits_for_a_transaction_to_end(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", CONFLICT, CONFLICT)

    assert update_alone(a_row("known"), RENAME, PRESENT)
    assert recorder.operations == ["UpdateItem"] * 3


def test_update_alone_does_not_wait_for_ever(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", *[CONFLICT] * CONFLICT_ATTEMPTS)

    with pytest.raises(Unavailable):
        update_alone(a_row("known"), RENAME, PRESENT)

    assert names() == {"known": "Jane"}


def test_any_other_failure_of_an_update_alone_comes_through_as_it_is(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", refuse("AccessDeniedException"))

    with pytest.raises(UpdateError) as failure:
        update_alone(a_row("known"), RENAME, PRESENT)

    assert failure.value.cause_response_code == "AccessDeniedException"


def test_update_without_an_answer_is_an_outage(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", *[time_out] * ATTEMPTS)

    with pytest.raises(UpdateError) as failure:
        update_alone(a_row("known"), RENAME, PRESENT)

    assert (error_code(failure.value), is_outage(failure.value)) == (None, True)


def test_new_item_is_put_once(tables: None) -> None:
    assert put_alone(a_row("new"), ABSENT)
    assert not put_alone(a_row("new", "Impostor"), ABSENT)

    assert names() == {"known": "Jane", "new": "Jane"}


def test_put_waits_for_a_transaction_to_end(recorder: Recorder) -> None:
    recorder.tamper("PutItem", CONFLICT, CONFLICT)

    assert put_alone(a_row("new"), ABSENT)
    assert recorder.operations == ["PutItem"] * 3


def test_any_other_failure_of_a_put_comes_through_as_it_is(recorder: Recorder) -> None:
    recorder.tamper("PutItem", refuse("AccessDeniedException"))

    with pytest.raises(PutError) as failure:
        put_alone(a_row("new"), ABSENT)

    assert failure.value.cause_response_code == "AccessDeniedException"
