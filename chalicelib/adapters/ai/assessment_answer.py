"""The shape in which the model is asked for an assessment, and the checks its answer has to pass.

The JSON schema made from these classes is what the API holds the model to. That schema may not carry bounds, so they
are checked here. What is too long is cut and what is too many is left off, the first ones being the best; anything else
that breaks the shape fails the whole answer.
"""

from functools import partial
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from chalicelib.domain.assessment import Assessment, Confidence, RuledOut, SuggestedStep, Usage
from chalicelib.domain.display_text import tidy, tidy_line

MAX_RULED_OUT = 8
MAX_STEPS = 6


def _score(number: float) -> float:
    if not 0 <= number <= 1:
        raise ValueError("the score is not between 0 and 1")
    return round(number, 3)  # DynamoDB keeps no number as small as a model may write: 1e-130 is its least


def _first(items: list[object], limit: int) -> list[object]:
    return items[:limit]


Sentence = Annotated[str, AfterValidator(partial(tidy_line, limit=300))]
Paragraph = Annotated[str, AfterValidator(partial(tidy, limit=1200))]


class _Answer(BaseModel):
    """Every object is closed, as the API demands of a schema. Errors never quote what the model wrote."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, defer_build=True)


class RuledOutAnswer(_Answer):
    """A cause that the steps already taken speak against."""

    cause: Sentence
    evidence: list[int] = Field(description="seq of the steps that speak against it")

    def to_domain(self) -> RuledOut:
        """Return the domain's value; nothing is held to the snapshot yet."""
        return RuledOut(cause=self.cause, evidence=tuple(self.evidence))


class SuggestedStepAnswer(_Answer):
    """Something to try next."""

    text: Sentence = Field(description="one action, in the imperative")
    why: Sentence = Field(description="what it would show")
    evidence: list[int] = Field(description="seq of the steps that led to it")

    def to_domain(self) -> SuggestedStep:
        """Return the domain's value; nothing is held to the snapshot yet."""
        return SuggestedStep(text=self.text, why=self.why, evidence=tuple(self.evidence), already_tried=False)


class AssessmentAnswer(_Answer):
    """The model's reading of a case."""

    ruled_out: Annotated[list[RuledOutAnswer], AfterValidator(partial(_first, limit=MAX_RULED_OUT))]
    likely_cause: Sentence | None = Field(description="null when the evidence supports none")
    confidence_score: Annotated[float, AfterValidator(_score)] = Field(description="from 0 to 1")
    suggested_steps: Annotated[list[SuggestedStepAnswer], AfterValidator(partial(_first, limit=MAX_STEPS))]
    package_summary: Paragraph = Field(description="the case in three to six sentences")

    def to_assessment(self, *, model: str, prompt_version: str, input_sha256: str, usage: Usage) -> Assessment:
        """Return the assessment, not yet held to the snapshot.

        `inconclusive` and the confidence word follow from the cause and the score, so that no two fields disagree.
        """
        return Assessment(
            likely_cause=self.likely_cause,
            inconclusive=self.likely_cause is None,
            ruled_out=tuple(cause.to_domain() for cause in self.ruled_out),
            suggested_steps=tuple(step.to_domain() for step in self.suggested_steps),
            confidence=Confidence.of_score(self.confidence_score),
            confidence_score=self.confidence_score,
            model=model,
            prompt_version=prompt_version,
            input_sha256=input_sha256,
            usage=usage,
        )
