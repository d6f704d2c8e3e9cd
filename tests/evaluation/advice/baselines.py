"""Advisers that need no model, beside which a model's score can be read: what it costs to know nothing."""

from collections.abc import Callable

from chalicelib.domain.assessment import Assessment, Confidence
from tests.evaluation.advice.cases import Case
from tests.support.assessments import a_suggestion, an_assessment

Adviser = Callable[[Case], Assessment | None]


def the_key(case: Case) -> Assessment:
    """The answer that the case itself has."""
    return _advice(case, case.right, case.check, 0.9 if case.right else 0.2, case.decides)


def the_silent(case: Case) -> Assessment:
    """Never names a cause, and always asks for the same."""
    return _advice(case, None, "Collect more information from the user", 0.3)


def the_parrot(case: Case) -> Assessment:
    """Is sure of what the notes say, and suggests what was done last."""
    done = case.steps[-1][0] if case.steps else "Restart the computer"
    return _advice(case, case.notes or case.problem, done, 0.9)


def _advice(
    case: Case, cause: str | None, step: str, sure: float, evidence: frozenset[int] = frozenset()
) -> Assessment:
    return an_assessment(
        likely_cause=cause,
        inconclusive=cause is None,
        ruled_out=(),
        suggested_steps=(a_suggestion(step, evidence=tuple(sorted(evidence))),),
        confidence=Confidence.of_score(sure),
        confidence_score=sure,
    ).grounded_in(case.snapshot())
