"""The assessment as lines of a document, labeled as advice."""

from collections.abc import Iterator

from chalicelib.domain.assessed_case import Newer
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.renderings import DocumentLine, LineStyle

LABEL = "AI-generated from this handoff only. Verify before acting."


def assessment_lines(assessment: Assessment, newer: Newer | None = None) -> Iterator[DocumentLine]:
    """Return cause, confidence, suggested steps with why, and what is ruled out; and how much is newer."""
    cause = assessment.likely_cause
    yield DocumentLine(style=LineStyle.HEADING, text="AI assessment")
    yield DocumentLine(style=LineStyle.PARAGRAPH, text=LABEL)
    if newer:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=f"Made before {newer.words}.")
    yield DocumentLine(style=LineStyle.FACT, lead="Likely cause: ", text=cause or "inconclusive")
    confidence = f"{assessment.confidence.value} ({assessment.confidence_score:.0%})"
    yield DocumentLine(style=LineStyle.FACT, lead="Confidence: ", text=confidence)
    for number, step in enumerate(assessment.suggested_steps, 1):
        tail = " (already tried)" if step.already_tried else ""
        yield DocumentLine(style=LineStyle.STEP, number=number, text=f"{step.text}\n{step.why}", tail=tail)
    for ruled_out in assessment.ruled_out:
        yield DocumentLine(style=LineStyle.ITEM, lead="Ruled out: ", text=ruled_out.cause)
