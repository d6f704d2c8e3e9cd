"""The measuring itself: what is counted, what is left out, and what a row says of its budget."""

import pytest

from tests.benchmarks.paired import side_by_side
from tests.benchmarks.request_counter import Seen
from tests.benchmarks.table import Row, report, table_of
from tests.support.dynamodb.write_units import item_bytes


def test_pair_alternates_which_side_runs_first() -> None:
    calls: list[str] = []

    side_by_side(lambda _: calls.append("ours"), lambda _: calls.append("against"), 2, warm_up=0)

    assert calls == ["against", "ours", "ours", "against"]


def test_warm_up_calls_are_not_counted() -> None:
    ticks = iter([0, 9, 9, 18, 20, 21, 21, 23])

    pair = side_by_side(lambda _: None, lambda _: None, 1, clock=lambda: float(next(ticks)), warm_up=1)

    assert (pair.ours, pair.against) == ([1.0], [2.0])


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({"id": {"S": "é"}}, 4),
        ({"n": {"N": "1234"}}, 4),
        ({"m": {"M": {"a": {"S": "b"}}}}, 1 + 3 + 3),
        ({"l": {"L": [{"S": "ab"}, {"BOOL": True}]}}, 1 + 3 + 3 + 2),
    ],
)
def test_item_size_matches_dynamodbs_rule(item: dict[str, dict[str, object]], size: int) -> None:
    assert item_bytes(item) == size


@pytest.mark.parametrize(("length", "units"), [(4000, 0.5), (5000, 1.0)])
def test_read_costs_half_a_unit_per_four_kilobytes(length: int, units: float) -> None:
    assert Seen(answered=[{"text": {"S": "x" * length}}]).read_units == units


@pytest.mark.parametrize(("ratio", "verdict"), [(1.25, "within 1.25"), (1.26, "OVER 1.25")])
def test_row_over_its_budget_says_so(ratio: float, verdict: str) -> None:
    assert table_of([Row("import", "2", "1", ratio, 10, 1.25)]).endswith(verdict)


def test_row_over_its_budget_fails_the_bench_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    within, unlimited = Row("claim", "1", "1", 1.0, 50, 1.25), Row("hand off", "9", "1", 9.0, 50)

    sound, failed = report([within, unlimited]), report([within, Row("    import", "2", "1", 2.0, 10, 1.25)])

    assert (sound, failed) == (0, 1)
    assert capsys.readouterr().err == "over its budget: import\n"
