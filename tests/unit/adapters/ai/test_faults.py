import pytest

from chalicelib.adapters.ai.faults import KeyRefused, of_status, of_stop_reason
from chalicelib.domain.assessment import AssessmentError


@pytest.mark.parametrize("status", range(300, 600))
def test_every_status_has_a_reason_and_a_sentence(status: int) -> None:
    fault = of_status(status)

    assert fault.reason in AssessmentError
    assert fault.detail.endswith(f"({status}).")


def test_refused_key_can_be_told_from_a_missing_one() -> None:
    assert isinstance(of_status(401), KeyRefused)
    assert not isinstance(of_status(403), KeyRefused)


@pytest.mark.parametrize(
    ("stop_reason", "reason"),
    [
        ("end_turn", None),
        ("stop_sequence", None),
        ("refusal", AssessmentError.REFUSED),
        ("max_tokens", AssessmentError.CUT_OFF),
        ("model_context_window_exceeded", AssessmentError.CUT_OFF),
        ("tool_use", AssessmentError.INVALID_ANSWER),
        ("something new", AssessmentError.INVALID_ANSWER),
    ],
)
def test_only_an_answer_that_came_to_its_end_is_whole(stop_reason: str, reason: AssessmentError | None) -> None:
    fault = of_stop_reason(stop_reason)

    assert (fault.reason if fault else None) is reason
