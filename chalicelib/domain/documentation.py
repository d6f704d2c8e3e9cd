"""The record of a session as it was handed off: what tickets and the documentation page show."""

from collections.abc import Iterator

from chalicelib.domain.display_text import as_written, one_line, readable
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.renderings import DocumentLine, LineStyle, to_markdown
from chalicelib.domain.titles import ticket_mark
from chalicelib.domain.turn import Evidence, Step, StepOutcome


class Attempt(FrozenModel):
    """Something that was tried, or that is still to be tried."""

    action: str
    outcome: StepOutcome
    evidence: Evidence


class Record(FrozenModel):
    """What was known when a session was handed off. `omitted` counts older entries that are left out here."""

    title: str
    psa_ticket_id: str | None
    problem_domain: str | None
    priority: Priority
    intent: Intent
    handed_off_at: Instant
    handed_off_by: str
    tried: tuple[Attempt, ...]
    omitted: int
    notes: str
    open: tuple[Attempt, ...]

    def masked(self) -> "Record":
        """Return the record as it may leave for the PSA: readable, secrets masked, each with one number throughout.

        To be done before a rendering escapes the text, which would hide the shapes of secrets.
        """
        told = [self.title, self.problem_domain or "", self.notes]
        attempts = [attempt.action for attempt in (*self.tried, *self.open)]
        title, domain, notes, *actions = redact_together([readable(text) for text in (*told, *attempts)])
        return self.model_copy(
            update={
                "title": one_line(title),
                "problem_domain": one_line(domain) if self.problem_domain else None,
                "notes": notes,
                "tried": _with_actions(self.tried, actions[: len(self.tried)]),
                "open": _with_actions(self.open, actions[len(self.tried) :]),
            }
        )

    def lines(self) -> Iterator[DocumentLine]:
        """Return the lines of the record, for any rendering: problem, what was tried, notes, what is open."""
        notes = readable(self.notes)
        yield DocumentLine(style=LineStyle.TITLE, text=self.title)
        yield from _facts(self)
        yield DocumentLine(style=LineStyle.HEADING, text="What was tried")
        yield from _tried(self)
        yield DocumentLine(style=LineStyle.HEADING, text="Notes")
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=notes if notes.strip() else "No notes.")
        yield DocumentLine(style=LineStyle.HEADING, text="Open")
        yield from _open(self)


def record_of(handoff: HandoffDetail) -> Record:
    """Return the record of `handoff`."""
    snapshot = handoff.snapshot
    return Record(
        title=snapshot.problem_summary,
        psa_ticket_id=snapshot.psa_ticket_id,
        problem_domain=snapshot.problem_domain,
        priority=handoff.priority,
        intent=handoff.intent,
        handed_off_at=handoff.created_at,
        handed_off_by=handoff.sender.name,
        tried=tuple(_attempt(step) for step in snapshot.steps if step.outcome is not StepOutcome.NOT_RUN),
        omitted=snapshot.omitted,
        notes=handoff.engineer_notes,
        open=tuple(
            _attempt(step) for step in snapshot.steps if step.outcome in (StepOutcome.INCONCLUSIVE, StepOutcome.NOT_RUN)
        ),
    )


def document(handoff: HandoffDetail) -> str:
    """Return the record of `handoff` in Markdown. Text that people wrote is escaped, so nothing in it is markup."""
    return to_markdown(list(record_of(handoff).lines()))


def _attempt(step: Step) -> Attempt:
    return Attempt(action=step.action, outcome=step.outcome, evidence=step.evidence)


def _with_actions(attempts: tuple[Attempt, ...], actions: list[str]) -> tuple[Attempt, ...]:
    pairs = zip(attempts, actions, strict=True)
    return tuple(attempt.model_copy(update={"action": as_written(action)}) for attempt, action in pairs)


def _facts(record: Record) -> Iterator[DocumentLine]:
    verb = "Escalated" if record.intent is Intent.ESCALATE else "Parked"
    facts = [
        ("Ticket", ticket_mark(record.psa_ticket_id)),
        ("Domain", one_line(record.problem_domain or "")),
        ("Priority", record.priority.value),
        (verb, f"{format_instant(record.handed_off_at)} by {record.handed_off_by}"),
    ]
    return (DocumentLine(style=LineStyle.FACT, lead=f"{label}: ", text=text) for label, text in facts if text)


def _tried(record: Record) -> Iterator[DocumentLine]:
    for number, attempt in enumerate(record.tried, 1):
        tail = f" ({_in_words(attempt.outcome)}, {attempt.evidence.value})"
        yield DocumentLine(style=LineStyle.STEP, number=number, text=attempt.action, tail=tail)
    if not record.tried:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text="Nothing yet.")
    if record.omitted:
        yield DocumentLine(
            style=LineStyle.PARAGRAPH, text=f"{record.omitted} older entries of the session are left out here."
        )


def _open(record: Record) -> Iterator[DocumentLine]:
    for attempt in record.open:
        yield DocumentLine(style=LineStyle.ITEM, text=attempt.action, tail=f" ({_in_words(attempt.outcome)})")
    if not record.open:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text="Nothing noted.")


def _in_words(outcome: StepOutcome) -> str:
    return outcome.value.replace("_", " ")
