"""The AI's reading of a snapshot: advice, checked against what the snapshot really holds."""

from enum import StrEnum

from chalicelib.domain.assessed_case import Seen
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import StepResult


class AssessmentStatus(StrEnum):
    """Whether the advice is there."""

    PENDING = "pending"
    READY = "ready"
    UNAVAILABLE = "unavailable"


class AssessmentError(StrEnum):
    """Why there is no advice. Each is a stored outcome with a retry, never an exception that holds up the stream."""

    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    PROVIDER_ERROR = "provider_error"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    CUT_OFF = "cut_off"
    INVALID_ANSWER = "invalid_answer"
    NOT_CONFIGURED = "not_configured"
    BUDGET = "budget"
    """The account has used up its AI calls of the day."""
    OFF = "off"
    """The account's policy has the AI off for the client of the case, or for all."""

    GAVE_UP = "gave_up"
    """Several runs died before they could say what went wrong."""

    CLOSED = "closed"
    """The handoff was closed before the assessment was there."""


class Confidence(StrEnum):
    """How sure the AI says it is, in a word."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @classmethod
    def of_score(cls, score: float) -> "Confidence":
        """Put a score from 0 to 1 into a word: low below 0.4, high from 0.75. So word and number never disagree."""
        return cls.LOW if score < 0.4 else cls.HIGH if score >= 0.75 else cls.MEDIUM


class Verdict(StrEnum):
    """What the engineer who resolved the session thought of the advice."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class SuggestedStep(FrozenModel):
    """Something to try next. `evidence` holds `seq` numbers of snapshot steps."""

    text: str
    why: str
    evidence: tuple[int, ...]
    already_tried: bool


class RuledOut(FrozenModel):
    """A cause that the steps already taken speak against."""

    cause: str
    evidence: tuple[int, ...]


class Usage(FrozenModel):
    """Tokens paid for."""

    input_tokens: int
    output_tokens: int
    cache_read_input_tokens: int = 0
    cache_creation_input_tokens: int = 0


class Assessment(FrozenModel):
    """A finished assessment. `input_sha256` names exactly what the model was shown, `seen` how far the case was."""

    likely_cause: str | None
    inconclusive: bool
    ruled_out: tuple[RuledOut, ...]
    suggested_steps: tuple[SuggestedStep, ...]
    confidence: Confidence
    confidence_score: float
    model: str
    prompt_version: str
    input_sha256: str
    usage: Usage
    seen: Seen | None = None

    @property
    def prose(self) -> str:
        """The assessment in sentences, for readers who want no structure."""
        cause = f"Likely cause: {self.likely_cause}" if self.likely_cause else "The evidence is inconclusive."
        steps = "".join(f"\n{number}. {step.text}" for number, step in enumerate(self.suggested_steps, 1))
        return f"{cause}\nConfidence: {self.confidence}." + (f"\nNext steps:{steps}" if steps else "")

    def grounded_in(self, snapshot: Snapshot) -> "Assessment":
        """Return the assessment held to the snapshot.

        Evidence that points at no step of the snapshot is dropped, and a suggestion that repeats a step already run is
        marked as tried.
        """
        known = snapshot.step_seqs
        tried = {_gist(step.action) for step in snapshot.steps if step.result is not StepResult.NOT_DONE}
        steps = tuple(
            step.model_copy(
                update={"evidence": _only(step.evidence, known), "already_tried": _gist(step.text) in tried}
            )
            for step in self.suggested_steps
        )
        ruled_out = tuple(
            cause.model_copy(update={"evidence": _only(cause.evidence, known)}) for cause in self.ruled_out
        )
        return self.model_copy(update={"suggested_steps": steps, "ruled_out": ruled_out})


def _only(evidence: tuple[int, ...], known: frozenset[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(seq for seq in evidence if seq in known))


def _gist(text: str) -> str:
    """What makes two steps the same: their words, whatever their case and punctuation."""
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
