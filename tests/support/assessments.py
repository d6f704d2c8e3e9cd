"""What the AI makes of the story that `builders` tells: its assessment, and the package for scripts of a PSA."""

from chalicelib.domain.assessment import Assessment, Confidence, RuledOut, SuggestedStep, Usage
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Priority
from tests.support.builders import HANDOFF_ID, SUMMARY, minute


def a_package(**changes: object) -> EscalationPackage:
    """The package as a program can write it, before the AI improves it."""
    given = {
        "handoff_id": HANDOFF_ID,
        "reason": "I am out of ideas.",
        "priority": Priority.HIGH.value,
        "summary": SUMMARY,
        "steps_tried": ("Restarted Outlook", "Cleared the stored credentials"),
        "created_at": minute(10),
    }
    return EscalationPackage.model_validate(given | changes)


def a_suggestion(text: str = "Check the Autodiscover record", **changes: object) -> SuggestedStep:
    """Something to try next."""
    given = {"text": text, "why": "The move changed the network.", "evidence": (3, 4), "already_tried": False}
    return SuggestedStep.model_validate(given | changes)


def an_assessment(**changes: object) -> Assessment:
    """The AI's reading of the story's snapshot."""
    given = {
        "likely_cause": "Autodiscover answers with the old server",
        "inconclusive": False,
        "ruled_out": (RuledOut(cause="A hung client", evidence=(3,)),),
        "suggested_steps": (a_suggestion(),),
        "confidence": Confidence.MEDIUM,
        "confidence_score": 0.6,
        "model": "claude-sonnet-5-5",
        "prompt_version": "1",
        "input_sha256": "0" * 64,
        "usage": Usage(input_tokens=1200, output_tokens=300),
    }
    return Assessment.model_validate(given | changes)
