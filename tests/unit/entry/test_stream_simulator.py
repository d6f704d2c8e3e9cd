"""The simulator keeps the rules that it is there to impose on others."""

from typing import Any

import pytest

from tests.support.builders import a_handoff
from tests.support.dynamodb.stream_records import StreamRecord, record_of, sequence_number
from tests.support.dynamodb.stream_simulator import (
    POLL_S,
    RETRY_PAUSE_S,
    Consumer,
    Context,
    Crashed,
    Discarded,
    Mapping,
    Record,
    Run,
    Simulation,
    sequence_numbers,
)
from tests.support.event_pattern import matches

HOUR_S = 3600.0
CAREFUL = Mapping(batch_size=10, halves_on_error=True, reads_failures=True, most_retries=3, oldest_s=HOUR_S)


class Function:
    """Takes a second, and fails where it is told to: by naming the record, or by crashing."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fails_at: set[str] = set()
        self.crashes_at: set[str] = set()
        self.answers: object = None

    def __call__(self, event: dict[str, Any], _: Context) -> Run:
        numbers = [record["dynamodb"]["SequenceNumber"] for record in event["Records"]]
        self.seen += numbers
        if self.crashes_at & set(numbers):
            raise Crashed(1.0)
        failed = [{"itemIdentifier": number} for number in numbers if number in self.fails_at]
        return Run(self.answers or {"batchItemFailures": failed}, 1.0)


def a_record(sequence: int, item: str = "a") -> StreamRecord:
    return record_of(None, a_handoff(id=item), sequence)


def numbers(*sequences: int) -> list[str]:
    return [sequence_number(sequence) for sequence in sequences]


def feed(mapping: Mapping, function: Function, *records: StreamRecord) -> Consumer:
    simulation = Simulation()
    consumer = Consumer(simulation, mapping, function)
    for record in records:
        consumer.receive(Record(record, simulation.now))
    simulation.run(24 * HOUR_S)
    return consumer


def sizes(consumer: Consumer) -> list[int]:
    return [len(called_with) for _, called_with in consumer.calls]


def test_records_come_in_batches_in_order() -> None:
    function = Function()

    consumer = feed(Mapping(batch_size=10), function, *map(a_record, range(25)))

    assert function.seen == numbers(*range(25))
    assert sizes(consumer) == [10, 10, 5]


def test_batch_waits_for_the_one_before() -> None:
    consumer = feed(Mapping(batch_size=1), Function(), a_record(1), a_record(2))

    assert [at for at, _ in consumer.calls] == [POLL_S, POLL_S + 1.0]


def test_lanes_run_side_by_side_and_keep_the_order_of_each_item() -> None:
    records = [a_record(sequence, item=f"item-{sequence % 50}") for sequence in range(500)]

    consumer = feed(Mapping(batch_size=10, lanes=10), Function(), *records)

    assert [at for at, _ in consumer.calls].count(POLL_S) == 10
    for item in range(50):
        of_item = set(numbers(*range(item, 500, 50)))
        seen = [number for _, called_with in consumer.calls for number in called_with if number in of_item]
        assert seen == sorted(of_item)


def test_bad_record_blocks_its_shard_without_retry_limits() -> None:
    function = Function()
    function.crashes_at = set(numbers(1))

    consumer = feed(Mapping(batch_size=1), function, a_record(1), a_record(2))

    assert numbers(2)[0] not in function.seen
    assert not consumer.is_idle


def test_halving_finds_the_bad_record_and_costs_no_retry() -> None:
    function = Function()
    function.crashes_at = set(numbers(6))

    consumer = feed(CAREFUL, function, *map(a_record, range(10)))

    assert list(sequence_numbers(consumer.discarded)) == numbers(6)
    assert function.seen.count(numbers(6)[0]) == len([10, 5, 2, 1]) + CAREFUL.most_retries
    assert set(function.seen) == set(numbers(*range(10)))


def test_lowest_failure_is_the_checkpoint_and_what_follows_comes_again() -> None:
    function = Function()
    function.fails_at = set(numbers(7, 3))

    consumer = feed(CAREFUL, function, *map(a_record, range(10)))

    assert consumer.calls[1][1] == tuple(numbers(*range(3, 10)))
    assert [function.seen.count(number) for number in numbers(2, 3, 9)] == [1, 4, 4]


def test_record_that_recovers_is_not_discarded() -> None:
    function = Function()
    function.fails_at = set(numbers(3))
    simulation = Simulation()
    consumer = Consumer(simulation, CAREFUL, function)
    for sequence in range(5):
        consumer.receive(Record(a_record(sequence), 0))
    simulation.run(POLL_S + 1.0 + RETRY_PAUSE_S)
    function.fails_at = set()

    simulation.run(HOUR_S)

    assert consumer.discarded == []
    assert consumer.is_idle


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}, "done"])
def test_answer_that_names_nothing_is_a_success(answer: object) -> None:
    function = Function()
    function.answers = answer

    assert sizes(feed(CAREFUL, function, a_record(1), a_record(2))) == [2]


@pytest.mark.parametrize("name", ["", None, "unheard-of", 7])
def test_answer_that_names_nothing_known_is_a_failure_of_all(name: object) -> None:
    function = Function()
    function.answers = {"batchItemFailures": [{"itemIdentifier": name}]}

    consumer = feed(CAREFUL, function, a_record(1), a_record(2))

    assert sorted(sequence_numbers(consumer.discarded)) == numbers(1, 2)


def test_failure_under_another_name_is_one_of_all() -> None:
    function = Function()
    function.answers = {"batchItemFailures": [{"ItemIdentifier": sequence_number(1)}]}

    assert feed(CAREFUL, function, a_record(1)).discarded


def test_failures_are_not_read_unless_the_mapping_says_so() -> None:
    function = Function()
    function.fails_at = set(numbers(1))

    assert sizes(feed(Mapping(), function, a_record(1))) == [1]


def test_record_older_than_the_limit_is_discarded() -> None:
    function = Function()
    function.crashes_at = set(numbers(1))
    mapping = Mapping(batch_size=1, oldest_s=60)

    consumer = feed(mapping, function, a_record(1), a_record(2))

    assert [discarded.reason for discarded in consumer.discarded] == ["RecordAgeExceeded"] * 2
    assert numbers(2)[0] not in function.seen


def test_destination_learns_the_place_and_not_the_content() -> None:
    assert set(Discarded._fields) == {"sequence_numbers", "reason", "at"}


def test_filtered_record_is_not_delivered() -> None:
    consumer = feed(Mapping(patterns=({"eventName": ["MODIFY"]},)), Function(), a_record(1))

    assert consumer.calls == []


@pytest.mark.parametrize(
    ("pattern", "content", "fits"),
    [
        ({"a": ["x", "y"]}, {"a": "y", "b": 1}, True),
        ({"a": ["x"]}, {"a": "z"}, False),
        ({"a": ["x"]}, {}, False),
        ({"a": {"S": ["x"]}}, {"a": {"S": "x"}}, True),
        ({"a": {"S": ["x"]}}, {"a": "x"}, False),
        ({"a": {"S": [{"exists": False}]}}, {}, True),
        ({"a": {"S": [{"exists": False}]}}, {"a": {"S": "x"}}, False),
        ({"a": {"S": [{"exists": True}]}}, {"a": {"S": "x"}}, True),
        ({"a": [{"exists": True}]}, {"a": {"S": "x"}}, False),
        ({"a": ["x"], "b": ["y"]}, {"a": "x"}, False),
    ],
)
def test_pattern_asks_for_what_it_names(pattern: dict[str, Any], content: dict[str, Any], *, fits: bool) -> None:
    assert matches(pattern, content) is fits


def test_rule_that_is_not_known_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="prefix"):
        matches({"a": [{"prefix": "x"}]}, {"a": "x"})
