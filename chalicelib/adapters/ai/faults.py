"""Failures of the AI: each has a typed reason and a sentence for the screen."""

from chalicelib.domain.assessment import AssessmentError


class AiUnavailable(Exception):
    """There is no usable answer. `detail` may be shown and logged: nothing of case, key or prompt is in it."""

    def __init__(self, reason: AssessmentError, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class KeyRefused(AiUnavailable):
    """The service refused the key, as after a rotation."""


_BY_STATUS = {
    402: (AssessmentError.PROVIDER_ERROR, "wants its bill settled first"),
    403: (AssessmentError.NOT_CONFIGURED, "does not let this installation use the configured model"),
    404: (AssessmentError.NOT_CONFIGURED, "does not know the configured model"),
    408: (AssessmentError.TIMEOUT, "took too long"),
    413: (AssessmentError.PROVIDER_ERROR, "finds the case too long"),
    429: (AssessmentError.RATE_LIMITED, "gets more requests from this installation than it allows"),
    503: (AssessmentError.OVERLOADED, "is overloaded"),
    504: (AssessmentError.TIMEOUT, "took too long"),
    529: (AssessmentError.OVERLOADED, "is overloaded"),
}
"""Meaning of the codes: https://platform.claude.com/docs/en/api/errors. Any other is a provider error."""


def of_status(status: int) -> AiUnavailable:
    """Map an HTTP status that is not a success."""
    if status == 401:
        return KeyRefused(AssessmentError.NOT_CONFIGURED, "The AI service refused this installation's key (401).")
    reason, what = _BY_STATUS.get(status, (AssessmentError.PROVIDER_ERROR, "answered with an error"))
    return AiUnavailable(reason, f"The AI service {what} ({status}).")


def of_stop_reason(stop_reason: str) -> AiUnavailable | None:
    """Return why an answer that ended for `stop_reason` is unusable; None when it is complete."""
    match stop_reason:
        case "end_turn" | "stop_sequence":
            return None
        case "refusal":
            return AiUnavailable(AssessmentError.REFUSED, "The AI declined to answer.")
        case "max_tokens" | "model_context_window_exceeded":
            return AiUnavailable(AssessmentError.CUT_OFF, "The AI's answer was cut off.")
        case _:
            return invalid_answer()


def unreachable() -> AiUnavailable:
    """The connection failed, or broke before the answer was complete."""
    return AiUnavailable(AssessmentError.UNREACHABLE, "The AI service could not be reached.")


def too_slow() -> AiUnavailable:
    """The deadline has passed."""
    return AiUnavailable(AssessmentError.TIMEOUT, "The AI did not answer in time.")


def invalid_answer() -> AiUnavailable:
    """The answer has the wrong shape, or says nothing."""
    return AiUnavailable(AssessmentError.INVALID_ANSWER, "The AI's answer could not be understood.")


def not_configured(detail: str) -> AiUnavailable:
    """Something is missing that only an administrator can set."""
    return AiUnavailable(AssessmentError.NOT_CONFIGURED, detail)


def switched_off() -> AiUnavailable:
    """The account's policy does not let the AI see the case; nothing was sent."""
    return AiUnavailable(AssessmentError.OFF, "The AI is off for this client.")


def over_budget() -> AiUnavailable:
    """The account has used up its AI calls of the day."""
    return AiUnavailable(AssessmentError.BUDGET, "The account has used up its AI calls of today.")
