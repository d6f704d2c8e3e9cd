"""Redaction's work grows with the length of the text, whatever the text is.

Calls are counted, which is the same on every machine. What hides within one call, as a search through the whole text,
is held by how processor time grows, with a margin that only quadratic work exceeds. `make redaction` and `make prove`
hold redaction to 20 times the plainest pass; `test_expressions.py` holds the expressions.
"""

import sys
from collections.abc import Callable
from time import process_time

import pytest

from chalicelib.domain.redaction import redact
from tests.evaluation.redaction.speed import LIMIT, SIZES, of_kind, ratio, texts

TIMES = 10
CALLS_GROW_AT_MOST = 15
TIME_GROWS_AT_MOST = 40
"""Linear work grows 10 times, quadratic work 100 times."""
TRIES = 5
SHORT = texts(SIZES[0])
LABEL = "password: x1y2z3 "


def calls(measured: Callable[[str], object], text: str) -> int:
    """Return how many functions are called, those written in C included."""
    count = 0

    def counted(_frame: object, event: str, _function: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        measured(text)
    finally:
        sys.setprofile(before)
    return count


def calls_growth(measured: Callable[[str], object], text: str) -> float:
    """Return how many times the calls for `text` its repetition takes."""
    measured(text)
    return calls(measured, text * TIMES) / calls(measured, text)


def time_growth(measured: Callable[[str], object], text: str) -> float:
    """Return how many times the processor time for `text` its repetition takes, the least of some tries each."""
    short = long = float("inf")
    for _ in range(TRIES):
        short, long = min(short, seconds(measured, text)), min(long, seconds(measured, text * TIMES))
        if long <= TIME_GROWS_AT_MOST * short:
            break
    return long / short


def seconds(measured: Callable[[str], object], text: str) -> float:
    started = process_time()
    measured(text)
    return process_time() - started


@pytest.mark.parametrize("kind", SHORT)
def test_redaction_makes_calls_in_proportion_to_the_text(kind: str) -> None:
    assert calls_growth(redact, SHORT[kind]) <= CALLS_GROW_AT_MOST


@pytest.mark.parametrize("kind", SHORT)
def test_redaction_of_40_kb_takes_no_quadratic_time(kind: str) -> None:
    assert time_growth(redact, SHORT[kind]) <= TIME_GROWS_AT_MOST


@pytest.mark.parametrize(
    "kind", ["prose", "one word", "quotes", "labels", "keys", "mysql", "flags", "rows", "table", "the corpus' secrets"]
)
def test_redaction_of_400_kb_takes_no_quadratic_time(kind: str) -> None:
    assert time_growth(redact, SHORT[kind] * TIMES) <= TIME_GROWS_AT_MOST


@pytest.mark.prove
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", SHORT)
def test_redaction_takes_at_most_20_times_the_plainest_pass(kind: str, size: int) -> None:
    text = texts(size)[kind]

    found = min(ratio(text, rounds=3) for _ in range(2))

    assert found <= LIMIT


def test_looking_at_all_labels_again_for_each_is_noticed() -> None:
    def find(text: str) -> None:
        words = text.split()
        for _ in words:
            for word in words:
                word.startswith("x")

    assert calls_growth(find, of_kind(LABEL, 400)) > CALLS_GROW_AT_MOST


def test_searching_the_whole_text_for_each_label_is_noticed() -> None:
    def find(text: str) -> None:
        for _ in text.split():
            text.count("\n")

    assert time_growth(find, of_kind(LABEL, 4_000)) > TIME_GROWS_AT_MOST
