import re

import pytest

from chalicelib.domain.assessment import Confidence, SuggestedStep
from tests.evaluation.advice.__main__ import advised, scores_of
from tests.evaluation.advice.baselines import the_key, the_parrot, the_silent
from tests.evaluation.advice.cases import Case, all_cases
from tests.evaluation.advice.scoring import Score, score, table_of, wilson

CASES = all_cases()
WITH_CAUSE = [case for case in CASES if case.has_cause]
every_case = pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])


@every_case
def test_case_accepts_its_own_answer(case: Case) -> None:
    found = score(case, the_key(case))

    misses = [name for name, value in vars(found).items() if value is False]
    assert misses == []
    assert (found.surprise is not None) is case.has_cause
    assert (found.surprise or 0) < 0.05


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in WITH_CAUSE])
def test_case_rejects_the_cause_of_another_case(case: Case) -> None:
    others = [other for other in WITH_CAUSE if other is not case]

    taken = [other.name for other in others if all(re.search(rule, other.right or "") for rule in case.cause)]

    assert taken == []


@every_case
def test_step_of_a_case_is_forbidden_or_has_no_clear_outcome(case: Case) -> None:
    assert not re.search(case.again, case.check)
    assert max((*case.decides, 0)) <= len(case.steps)


def test_case_names_are_unique_and_some_cases_support_no_cause() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 24
    assert len(CASES) - len(WITH_CAUSE) == 6


def test_silent_baseline_is_honest_and_useless() -> None:
    found = scores_of(the_silent, CASES)

    assert all(one.honest in (None, True) for one in found)
    assert not any(one.right_cause or one.telling_check or one.grounded for one in found)


def test_repeating_baseline_is_scored_as_repeating() -> None:
    found = scores_of(the_parrot, CASES)

    assert sum(bool(one.right_cause) for one in found) <= 1
    assert not any(one.honest for one in found)
    assert sum(one.nothing_again is False for one in found) >= len(WITH_CAUSE)
    assert sum(one.surprise or 0 for one in found) / len(found) > 0.7


def test_low_confidence_without_a_knowable_cause_is_honest() -> None:
    case = next(case for case in CASES if not case.has_cause)
    hunch = the_key(case).model_copy(update={"likely_cause": "The disk", "confidence": Confidence.LOW})

    assert score(case, hunch).honest is True
    assert score(case, hunch.model_copy(update={"confidence": Confidence.HIGH})).honest is False


def test_telling_check_counts_only_among_the_first_two() -> None:
    case = WITH_CAUSE[0]
    vague = SuggestedStep(text="Look around", why="Who knows.", evidence=(), already_tried=False)
    advice = the_key(case)

    late = advice.model_copy(update={"suggested_steps": (vague, vague, *advice.suggested_steps)})

    assert score(case, late).telling_check is False


def test_missing_advice_counts_as_a_miss() -> None:
    found = score(WITH_CAUSE[0], None)

    assert found == Score(came=False, right_cause=False, telling_check=False, grounded=False)


def test_rehearsal_model_is_asked_through_the_products_call(ai: object) -> None:
    advice = advised(CASES[0])

    assert advice
    assert advice.prompt_version == "assess-3"


def test_interval_is_wilsons() -> None:
    low, high = wilson(15, 18)  # the worked figures of R's prop.test(15, 18, correct = FALSE)

    assert (round(low, 3), round(high, 3)) == (0.608, 0.942)


def test_table_states_the_sample_size() -> None:
    table = table_of({"key": scores_of(the_key, CASES), "silent": scores_of(the_silent, CASES)})

    assert "the right cause is named" in table
    assert "18 of 18 (82% to 100%)" in table
    assert "0 of 18 (0% to 18%)" in table
