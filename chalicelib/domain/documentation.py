"""The Markdown record of a session as it was handed off, for the ticket and for whoever reads it later."""

import re

from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.instants import format_instant
from chalicelib.domain.turn import Outcome, Step

_OUTCOMES = {
    Outcome.WORKED: "worked",
    Outcome.FAILED: "failed",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.NOT_RUN: "not run",
}


def document(handoff: Handoff) -> str:
    """Return the record of `handoff` in Markdown: problem, what was tried, notes, what is open.

    All text that people wrote is escaped, so that nothing in it becomes markup.
    """
    snapshot = handoff.snapshot
    verb = "Escalated" if handoff.intent is Intent.ESCALATE else "Parked"
    facts = [
        ("Ticket", f"#{snapshot.psa_ticket_id}" if snapshot.psa_ticket_id else None),
        ("Domain", snapshot.problem_domain),
        ("Priority", handoff.priority.value),
        (verb, f"{format_instant(handoff.created_at)} by {handoff.sender.name}"),
    ]
    sections = [
        "# " + _one_line(snapshot.problem_summary),
        "\n".join(f"- {label}: {_one_line(text)}" for label, text in facts if text),
        "## What was tried\n\n" + _tried(snapshot.steps, snapshot.omitted),
        "## Notes\n\n" + (escape(handoff.engineer_notes) or "None."),
        "## Open\n\n" + _open(snapshot.steps),
    ]
    return "\n\n".join(sections) + "\n"


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it was written, line by line, and makes nothing of it.

    What means something in CommonMark, in HTML or in GitHub's dialect (tables, bare addresses) is escaped by a
    backslash. Indentation, which would make code, becomes no-break spaces; white space at the ends of lines goes.
    """
    return "\n".join(_escape_line(line.rstrip()) for line in text.splitlines()).strip("\n")


def _escape_line(line: str) -> str:
    words = line.lstrip()
    inline = re.sub(r"([\\`*_{}\[\]<>#|!~&@]|/(?=/)|(?<=www)\.)", r"\\\1", words, flags=re.IGNORECASE)
    block = re.sub(r"^(?:(\d+)(?=[.)](?:\s|$))|(?=[-+=:]))", r"\1\\", inline)
    return "\u00a0" * (len(line) - len(words)) + block


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()))


def _tried(steps: tuple[Step, ...], omitted: int) -> str:
    run = [step for step in steps if step.outcome is not Outcome.NOT_RUN]
    lines = [
        f"{number}. {_one_line(step.action)} ({_OUTCOMES[step.outcome]}, {step.evidence.value})"
        for number, step in enumerate(run, 1)
    ] or ["Nothing yet."]
    if omitted:
        lines.append(f"\n{omitted} older entries of the session are left out here.")
    return "\n".join(lines)


def _open(steps: tuple[Step, ...]) -> str:
    open_steps = [step for step in steps if step.outcome in (Outcome.INCONCLUSIVE, Outcome.NOT_RUN)]
    lines = [f"- {_one_line(step.action)} ({_OUTCOMES[step.outcome]})" for step in open_steps] or ["Nothing noted."]
    return "\n".join(lines)
