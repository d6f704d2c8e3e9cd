"""The AI: assessments of handoffs and replies in sessions."""

import time
from collections.abc import Sequence
from functools import cache
from importlib import resources

from pydantic import ValidationError

from chalicelib.adapters.ai.assessment_answer import AssessmentAnswer
from chalicelib.adapters.ai.case_file import NO_REPORT, case_file, conversation
from chalicelib.adapters.ai.faults import AiUnavailable, invalid_answer
from chalicelib.adapters.ai.model_message import ModelMessage, Question
from chalicelib.domain.assessment import Assessment
from chalicelib.domain.display_text import tidy
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.sender_report import SenderReport
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import Note, Turn

__all__ = ["Advice", "AiUnavailable", "assess", "reply"]

ASSESS_PROMPT = "assess-3"
CHAT_PROMPT = "chat-3"

ASSESS_TOKENS = 8_000
CHAT_TOKENS = 4_000
"""The longest answer, in tokens. The model's thinking counts too."""

CHAT_CHARS = 4_000
"""The longest reply that is kept, in characters."""


class Advice(FrozenModel):
    """The result of one call: the assessment, and better wording for the escalation package."""

    assessment: Assessment
    improvement: PackageImprovement


def assess(snapshot: Snapshot, notes: Sequence[Note], report: SenderReport = NO_REPORT, *, deadline_s: float) -> Advice:
    """Assess the case in one call to the model, within `deadline_s` seconds of wall-clock time.

    The assessment is held to the snapshot: its evidence points at steps that exist, and what was tried is marked.
    Secrets are masked before anything leaves. Raises AiUnavailable, which says why there is no advice.
    """
    question = Question(
        system=_prompt(ASSESS_PROMPT),
        content=case_file(snapshot, notes, report),
        max_tokens=ASSESS_TOKENS,
        answer_schema=AssessmentAnswer.model_json_schema(),
    )
    message = _ask(question, deadline_s)
    try:
        answer = AssessmentAnswer.model_validate_json(message.text)
    except ValidationError as error:
        raise invalid_answer() from error
    assessment = answer.to_assessment(
        model=message.model,
        prompt_version=ASSESS_PROMPT,
        input_sha256=question.sha256,
        usage=message.usage.to_usage(),
    ).grounded_in(snapshot)
    return Advice(assessment=assessment, improvement=_improvement(answer.package_summary, assessment))


def reply(problem_summary: str, turns: Sequence[Turn], *, deadline_s: float) -> str:
    """Return the assistant's reply in a session: at most 4,000 characters, within `deadline_s` seconds.

    `turns` come in order; of a long session the newest are shown. Secrets are masked before anything leaves.
    Raises AiUnavailable.
    """
    content = conversation(problem_summary, turns)
    message = _ask(Question(system=_prompt(CHAT_PROMPT), content=content, max_tokens=CHAT_TOKENS), deadline_s)
    try:
        return tidy(message.text, CHAT_CHARS)
    except ValueError as error:
        raise invalid_answer() from error


def _ask(question: Question, deadline_s: float) -> ModelMessage:
    until = time.monotonic() + deadline_s
    from chalicelib.adapters.ai.messages_api import ask  # it imports the SDK, which takes over a second

    return ask(question, until=until)


def _improvement(summary: str, assessment: Assessment) -> PackageImprovement:
    untried = tuple(step.text for step in assessment.suggested_steps if not step.already_tried)
    return PackageImprovement(summary=summary, likely_cause=assessment.likely_cause, recommended_next_steps=untried)


@cache
def _prompt(version: str) -> str:
    return resources.files("chalicelib").joinpath("prompts", f"{version}.md").read_text(encoding="utf-8")
