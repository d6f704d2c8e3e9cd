"""How advice is scored, by rules that anybody can follow: no model judges a model.

A pattern knows words, not meaning: it can miss a right cause in unusual words, and pass a wrong one in the right words.
So a score compares prompts and models over the same cases; it is no promise about the next case.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt

from chalicelib.domain.assessment import Assessment, Confidence
from tests.evaluation.advice.cases import Case

Z = 1.96
"""Of a 95 % interval."""

FIRST = 2
"""How many suggestions a busy senior is taken to read."""


@dataclass(frozen=True)
class Score:
    """What was found of one piece of advice. None where the case does not ask."""

    came: bool
    right_cause: bool | None = None
    honest: bool | None = None
    telling_check: bool | None = None
    nothing_again: bool | None = None
    grounded: bool | None = None
    surprise: float | None = None
    """Where a cause is named: the square of what the confidence was off by, 0 at best, 1 at worst (Brier 1950)."""


def score(case: Case, advice: Assessment | None) -> Score:
    """Score the advice on a case, or its absence, which is a miss of all that the case asks."""
    if advice is None:
        return Score(
            came=False,
            right_cause=False if case.has_cause else None,
            honest=None if case.has_cause else False,
            telling_check=False,
            nothing_again=None,
            grounded=False if case.has_cause else None,
        )
    texts = [step.text for step in advice.suggested_steps]
    new = [not step.already_tried and not re.search(case.again, step.text) for step in advice.suggested_steps]
    named = advice.likely_cause or ""
    is_right = case.has_cause and all(re.search(pattern, named) for pattern in case.cause)
    return Score(
        came=True,
        right_cause=is_right if case.has_cause else None,
        honest=None if case.has_cause else advice.likely_cause is None or advice.confidence is Confidence.LOW,
        telling_check=any(
            is_new and re.search(case.next, text) for is_new, text in zip(new[:FIRST], texts, strict=False)
        ),
        nothing_again=all(new),
        grounded=bool(case.decides & _cited(advice)) if case.has_cause else None,
        surprise=(advice.confidence_score - is_right) ** 2 if advice.likely_cause else None,
    )


def _cited(advice: Assessment) -> frozenset[int]:
    of_causes = [cause.evidence for cause in advice.ruled_out]
    return frozenset(chain(*of_causes, *(step.evidence for step in advice.suggested_steps)))


ROWS = (
    ("advice came", "came"),
    ("the right cause is named", "right_cause"),
    ("no cause, or a hunch, where none can be known", "honest"),
    (f"a telling check among the first {FIRST}", "telling_check"),
    ("nothing is suggested that was done", "nothing_again"),
    ("rests on a step that decides", "grounded"),
)


def table_of(scores: Mapping[str, Sequence[Score]]) -> str:
    """One column for each adviser: how often, of how many, and between which bounds with 95 % (Wilson)."""
    lines = [("", *scores)]
    lines += [
        (what, *(_rate([getattr(one, field) for one in column]) for column in scores.values())) for what, field in ROWS
    ]
    lines.append(("what the confidence in a cause is off by, squared", *(_mean(column) for column in scores.values())))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _rate(found: Sequence[bool | None]) -> str:
    asked = [one for one in found if one is not None]
    if not asked:
        return "-"
    low, high = wilson(sum(asked), len(asked))
    return f"{sum(asked)} of {len(asked)} ({low:.0%} to {high:.0%})"


def _mean(column: Sequence[Score]) -> str:
    surprises = [one.surprise for one in column if one.surprise is not None]
    return f"{sum(surprises) / len(surprises):.2f} (n={len(surprises)})" if surprises else "-"


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927), which stays honest for few cases and for rates near 0 and 1."""
    rate = hits / n
    middle = (rate + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * sqrt(rate * (1 - rate) / n + Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)
