"""The costs in the documentation are what the counted calls and the stated prices come to."""

from contextlib import redirect_stdout
from io import StringIO

from tests.benchmarks.reach_calls import count_calls
from tests.benchmarks.reach_cost import BEGIN, END, PAGE, section


def test_documented_costs_are_those_of_counted_calls() -> None:
    _, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    documented, _, _ = rest.partition(END)

    with redirect_stdout(StringIO()):
        counted = section(count_calls())

    assert documented == counted, "run: .venv/bin/python -m tests.benchmarks.reach_cost --write"
