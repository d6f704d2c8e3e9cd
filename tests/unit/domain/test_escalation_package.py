from chalicelib.domain.escalation_package import PackageImprovement
from tests.support.assessments import a_package

IMPROVEMENT = PackageImprovement(
    summary="Sign-in loops since the move.",
    likely_cause="Autodiscover answers with the old server",
    recommended_next_steps=("Check the Autodiscover record",),
)
WORDED_BY_AI = {"summary", "likely_cause", "recommended_next_steps"}


def test_enriched_package_has_the_wording_of_the_improvement() -> None:
    package = a_package().enriched(IMPROVEMENT)

    assert package.model_dump(include=WORDED_BY_AI) == IMPROVEMENT.model_dump()


def test_enriched_package_says_so() -> None:
    assert a_package().enriched(IMPROVEMENT).is_enriched


def test_enriching_keeps_all_that_identifies_the_package() -> None:
    kept = {"handoff_id", "reason", "priority", "steps_tried", "created_at"}

    assert a_package().enriched(IMPROVEMENT).model_dump(include=kept) == a_package().model_dump(include=kept)


def test_package_is_raw_until_enriched() -> None:
    assert not a_package().is_enriched
