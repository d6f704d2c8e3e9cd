import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assessment import Assessment, Confidence, RuledOut, SuggestedStep
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import StepResult
from tests.support.assessments import a_suggestion, an_assessment
from tests.support.builders import a_snapshot, a_step

seqs = st.integers(-3, 12)
evidence = st.lists(seqs, max_size=6).map(tuple)
actions = st.sampled_from(["Restarted Outlook", "restarted  OUTLOOK.", "Ran sfc /scannow", "Checked DNS", ""])
steps = st.builds(a_step, seqs, actions, result=st.sampled_from(StepResult))
snapshots = st.builds(a_snapshot, steps=st.lists(steps, max_size=5).map(tuple))
suggestions = st.builds(a_suggestion, actions, evidence=evidence, already_tried=st.booleans())
causes = st.builds(RuledOut, cause=st.text(), evidence=evidence)
assessments = st.builds(
    an_assessment,
    suggested_steps=st.lists(suggestions, max_size=4).map(tuple),
    ruled_out=st.lists(causes, max_size=3).map(tuple),
)


def all_evidence(assessment: Assessment) -> list[tuple[int, ...]]:
    parts: list[SuggestedStep | RuledOut] = [*assessment.suggested_steps, *assessment.ruled_out]
    return [part.evidence for part in parts]


def is_tried(suggestion: str, action: str, result: StepResult = StepResult.NO_EFFECT) -> bool:
    assessment = an_assessment(suggested_steps=(a_suggestion(suggestion),))

    grounded = assessment.grounded_in(a_snapshot(steps=(a_step(3, action, result=result),)))
    return grounded.suggested_steps[0].already_tried


@given(assessments, snapshots)
def test_grounded_evidence_is_what_the_model_said_less_what_the_snapshot_lacks(
    assessment: Assessment, snapshot: Snapshot
) -> None:
    kept = [tuple(dict.fromkeys(seq for seq in said if seq in snapshot.step_seqs)) for said in all_evidence(assessment)]

    assert all_evidence(assessment.grounded_in(snapshot)) == kept


@given(assessments, snapshots)
def test_grounding_twice_changes_nothing_more(assessment: Assessment, snapshot: Snapshot) -> None:
    grounded = assessment.grounded_in(snapshot)

    assert grounded.grounded_in(snapshot) == grounded


@given(assessments, snapshots)
def test_grounding_touches_nothing_but_evidence_and_the_mark(assessment: Assessment, snapshot: Snapshot) -> None:
    hidden = {
        "suggested_steps": {"__all__": {"evidence", "already_tried"}},
        "ruled_out": {"__all__": {"evidence"}},
    }

    assert assessment.grounded_in(snapshot).model_dump(exclude=hidden) == assessment.model_dump(exclude=hidden)


def test_evidence_that_points_at_a_message_is_dropped() -> None:
    assessment = an_assessment(suggested_steps=(a_suggestion(evidence=(1, 3, 2, 3)),))

    assert assessment.grounded_in(a_snapshot()).suggested_steps[0].evidence == (3,)


@pytest.mark.parametrize(
    "suggestion", ["Restarted Outlook", "restarted outlook", " Restarted\tOutlook. ", "»Restarted – Outlook!«"]
)
def test_suggestion_that_repeats_a_step_is_marked_whatever_its_case_and_punctuation(suggestion: str) -> None:
    assert is_tried(suggestion, "Restarted Outlook")


@pytest.mark.parametrize("suggestion", ["Restart Outlook", "Restarted Outlook in safe mode", "RestartedOutlook", ""])
def test_suggestion_of_other_words_is_not_marked(suggestion: str) -> None:
    assert not is_tried(suggestion, "Restarted Outlook")


def test_words_are_compared_beyond_ascii() -> None:
    assert is_tried("STRASSE prüfen", "Straße PRÜFEN")


@pytest.mark.parametrize("result", [result for result in StepResult if result is not StepResult.NOT_DONE])
def test_step_that_was_done_counts_as_tried_whatever_came_of_it(result: StepResult) -> None:
    assert is_tried("Restarted Outlook", "Restarted Outlook", result)


def test_step_that_was_not_run_does_not_count_as_tried() -> None:
    assert not is_tried("Restarted Outlook", "Restarted Outlook", StepResult.NOT_DONE)


def test_mark_is_ours_and_not_the_models() -> None:
    assessment = an_assessment(suggested_steps=(a_suggestion("Ask the vendor", already_tried=True),))

    assert not assessment.grounded_in(a_snapshot()).suggested_steps[0].already_tried


@pytest.mark.parametrize(
    ("score", "word"),
    [(0, "low"), (0.399, "low"), (0.4, "medium"), (0.749, "medium"), (0.75, "high"), (1, "high")],
)
def test_score_has_its_word(score: float, word: str) -> None:
    assert Confidence.of_score(score).value == word


@given(st.floats(0, 1), st.floats(0, 1))
def test_higher_score_never_has_a_lower_word(one: float, other: float) -> None:
    order = list(Confidence)
    lower, higher = sorted([one, other])

    assert order.index(Confidence.of_score(lower)) <= order.index(Confidence.of_score(higher))


def test_prose_tells_cause_confidence_and_steps() -> None:
    assessment = an_assessment(suggested_steps=(a_suggestion("Check Autodiscover"), a_suggestion("Ask the vendor")))

    assert assessment.prose == (
        "Likely cause: Autodiscover answers with the old server\n"
        "Confidence: medium.\n"
        "Next steps:\n"
        "1. Check Autodiscover\n"
        "2. Ask the vendor"
    )


def test_prose_without_a_cause_says_that_the_evidence_is_inconclusive() -> None:
    assessment = an_assessment(likely_cause=None, inconclusive=True, suggested_steps=(), confidence=Confidence.LOW)

    assert assessment.prose == "The evidence is inconclusive.\nConfidence: low."
