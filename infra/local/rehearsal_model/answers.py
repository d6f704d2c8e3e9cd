"""What the rehearsal model answers: the same for the same case, drawn from the case itself and the playbooks."""

from typing import Any

from infra.local.rehearsal_model.case import Case, Told
from infra.local.rehearsal_model.playbooks import Check, playbook_for

LABEL = "[rehearsal]"
MAX_SUGGESTIONS = 4
_CLEAR = ("fixed", "narrowed", "no_effect", "worse")


def assess(case: Case) -> dict[str, Any]:
    """Return an assessment in the shape the product asks for.

    A check that narrowed the problem down rules its cause out; steps without effect, or still open, are the evidence
    for what remains.
    """
    book = playbook_for(case.subject)
    against = [step.seq for step in case.steps("no_effect", "worse", "unclear")]
    known = case.steps(*_CLEAR)
    return {
        "ruled_out": _ruled_out(case, book.check),
        "likely_cause": book.cause if known else None,
        "confidence_score": round(min(0.9, 0.4 + 0.12 * len(known)), 2) if known and book.cause else 0.2,
        "suggested_steps": (_left_open(case) + _unmade(case, book.check, against))[:MAX_SUGGESTIONS],
        "package_summary": _summary(case),
    }


def chat(case: Case) -> str:
    """Return the next sensible question of a session."""
    said = " ".join(turn.words for turn in case.turns)
    tried = [turn for turn in case.turns if turn.kind == "step"]
    noted = f"Noted: {_quoted(tried[-1])}. " if tried else ""
    check = next((check for check in playbook_for(case.subject).check if _is_new(check, said)), None)
    if check is None:
        return f"{LABEL} {noted}The usual checks are done. Handing the case over is an option."
    return f"{LABEL} {noted}Next: {check.text}. {check.why} What do you see?"


def _ruled_out(case: Case, checks: tuple[Check, ...]) -> list[dict[str, Any]]:
    telling = case.steps("narrowed")
    found = [(check, [step.seq for step in telling if check.is_told_in(step.action)]) for check in checks]
    return [{"cause": check.excludes, "evidence": seqs} for check, seqs in found if seqs]


def _left_open(case: Case) -> list[dict[str, Any]]:
    repeat = [("Repeat until the result is clear", step) for step in case.steps("unclear")]
    planned = [("Do what was planned", step) for step in case.steps("not_done")]
    return [
        {"text": f"{what}: {step.action}", "why": "Its result is still unknown.", "evidence": [step.seq]}
        for what, step in (repeat + planned)[:2]
    ]


def _unmade(case: Case, checks: tuple[Check, ...], evidence: list[int]) -> list[dict[str, Any]]:
    made = " ".join(step.action for step in case.steps(*_CLEAR, "unclear", "not_done"))
    return [
        {"text": check.text, "why": check.why, "evidence": evidence} for check in checks if not check.is_told_in(made)
    ]


def _is_new(check: Check, said: str) -> bool:
    return check.text not in said and not check.is_told_in(said)


def _summary(case: Case) -> str:
    tried = case.steps(*_CLEAR, "unclear")
    told = "; ".join(_quoted(step) for step in tried) or "nothing yet"
    return f"{case.problem.rstrip('.')}. Tried so far: {told}. Written by the rehearsal model."


def _quoted(step: Told) -> str:
    return f"{step.words.rstrip('.')} ({step.result.replace('_', ' ')})"
