"""The record of a session as it was handed off: what tickets and the documentation page show."""

from collections.abc import Iterator

from chalicelib.domain.assessment_lines import assessment_lines
from chalicelib.domain.correction_lines import correction_lines
from chalicelib.domain.display_text import as_written, one_line, readable
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.renderings import DocumentLine, LineStyle, to_markdown
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.titles import ticket_mark
from chalicelib.domain.turn import Evidence, Note, NoteAbout, Step, StepResult, with_finding


class Attempt(FrozenModel):
    """Something that was tried, or that is still to be tried. Of what its author struck out the finding is why."""

    action: str
    result: StepResult
    finding: str | None = None
    evidence: Evidence
    is_withdrawn: bool = False

    @property
    def description(self) -> str:
        """What was done and what was seen."""
        return with_finding(self.action, self.finding)

    @property
    def tail(self) -> str:
        """What came of it, and how that is known; or that it does not count."""
        return " (withdrawn)" if self.is_withdrawn else f" ({self.result.words}, {self.evidence.value})"


class NoteEntry(FrozenModel):
    """What somebody wrote for the others: who, when, and at which change of hands, None for a note by itself."""

    by: str
    at: Instant
    about: NoteAbout | None
    text: str

    @property
    def lead(self) -> str:
        """Who wrote it, what they did with it, and when."""
        is_by_person = self.about not in (None, NoteAbout.TICKET_REOPENED)
        done = f" {self.about.value.replace('_', ' ')}" if self.about and is_by_person else ""
        return one_line(f"{self.by}{done}, {format_instant(self.at)}:")


class Record(FrozenModel):
    """What was known when a session was handed off, and the notes since, oldest first.

    `omitted` counts older entries that are left out here.
    """

    title: str
    psa_ticket_id: str | None
    client: str | None = None
    contact: str | None = None
    problem_domain: str | None
    priority: Priority
    reason: Reason | None = None
    affected: Affected | None = None
    intent: Intent
    handed_off_at: Instant
    handed_off_by: str
    tried: tuple[Attempt, ...]
    omitted: int
    suspicion: str | None = None
    notes: tuple[NoteEntry, ...]
    open: tuple[Attempt, ...]

    def masked(self) -> "Record":
        """Return the record as it may leave for the PSA: readable, secrets masked, each with one number throughout.

        To be done before a rendering escapes the text, which would hide the shapes of secrets.
        """
        facts = [self.title, self.problem_domain or "", self.suspicion or "", self.client or "", self.contact or ""]
        of_case = [*facts, *(note.text for note in self.notes)]
        attempts = [text for attempt in (*self.tried, *self.open) for text in (attempt.action, attempt.finding or "")]
        title, domain, suspicion, client, contact, *texts = redact_together(
            [readable(text) for text in (*of_case, *attempts)]
        )
        notes, words = texts[: len(self.notes)], texts[len(self.notes) :]
        pairs = list(zip(words[::2], words[1::2], strict=True))
        return self.model_copy(
            update={
                "title": one_line(title),
                "problem_domain": one_line(domain) if self.problem_domain else None,
                "suspicion": one_line(suspicion) or None,
                "client": one_line(client) or None,
                "contact": one_line(contact) or None,
                "notes": tuple(
                    note.model_copy(update={"text": text}) for note, text in zip(self.notes, notes, strict=True)
                ),
                "tried": _in_words(self.tried, pairs[: len(self.tried)]),
                "open": _in_words(self.open, pairs[len(self.tried) :]),
            }
        )

    def lines(self) -> Iterator[DocumentLine]:
        """Return the lines of the record, for any rendering: problem, what was tried, notes, what is open."""
        yield DocumentLine(style=LineStyle.TITLE, text=self.title)
        yield from _facts(self)
        yield DocumentLine(style=LineStyle.HEADING, text="What was tried")
        yield from _tried(self)
        yield DocumentLine(style=LineStyle.HEADING, text="Notes")
        if self.suspicion:
            yield DocumentLine(style=LineStyle.PARAGRAPH, lead="Suspects: ", text=one_line(self.suspicion))
        yield from _notes(self)
        yield DocumentLine(style=LineStyle.HEADING, text="Open")
        yield from _open(self)


def record_of(handoff: HandoffDetail) -> Record:
    """Return the record of `handoff`."""
    snapshot = handoff.snapshot
    steps = [step for step in snapshot.steps if step.struck is None]
    return Record(
        title=snapshot.problem_summary,
        psa_ticket_id=snapshot.psa_ticket_id,
        client=snapshot.client_name,
        contact=snapshot.contact_name,
        problem_domain=snapshot.problem_domain,
        priority=handoff.priority,
        reason=handoff.reason,
        affected=handoff.affected,
        intent=handoff.intent,
        handed_off_at=handoff.created_at,
        handed_off_by=handoff.sender.name,
        tried=tuple(_attempt(step) for step in snapshot.steps if step.result is not StepResult.NOT_DONE),
        omitted=snapshot.omitted,
        suspicion=handoff.suspicion,
        notes=tuple(
            NoteEntry(by=note.author.name, at=note.created_at, about=note.about, text=_text_of(note))
            for note in handoff.notes
        ),
        open=tuple(_attempt(step) for step in steps if step.result in (StepResult.UNCLEAR, StepResult.NOT_DONE)),
    )


def document(handoff: HandoffDetail) -> str:
    """Return the record of `handoff`, what was tried since and the assessment, in Markdown.

    Text that people and models wrote is escaped, so nothing in it is markup.
    """
    lines = [*correction_lines(handoff.since.corrections), *record_of(handoff).lines(), *_tried_since(handoff)]
    if handoff.assessment:
        lines += assessment_lines(handoff.assessment, handoff.newer_than_assessment)
    return to_markdown(lines)


def _tried_since(handoff: HandoffDetail) -> Iterator[DocumentLine]:
    if handoff.since.steps:
        yield DocumentLine(style=LineStyle.HEADING, text="Since the hand off")
    for number, step in enumerate(handoff.since.steps, 1):
        yield DocumentLine(style=LineStyle.STEP, number=number, text=step.description, tail=_attempt(step).tail)


def _attempt(step: Step) -> Attempt:
    finding = step.struck.reason if step.struck else step.finding
    return Attempt(
        action=step.action,
        result=step.result,
        finding=finding,
        evidence=step.evidence,
        is_withdrawn=step.struck is not None,
    )


def _text_of(note: Note) -> str:
    """Return what a note says; of one that was struck out, why it was."""
    return f"Withdrawn: {note.struck.reason}" if note.struck else note.text


def _in_words(attempts: tuple[Attempt, ...], words: list[tuple[str, str]]) -> tuple[Attempt, ...]:
    return tuple(
        attempt.model_copy(update={"action": as_written(action), "finding": as_written(finding) or None})
        for attempt, (action, finding) in zip(attempts, words, strict=True)
    )


def _facts(record: Record) -> Iterator[DocumentLine]:
    verb = "Escalated" if record.intent is Intent.ESCALATE else "Parked"
    facts = [
        ("Client", one_line(record.client or "")),
        ("Contact", one_line(record.contact or "")),
        ("Ticket", ticket_mark(record.psa_ticket_id)),
        ("Domain", one_line(record.problem_domain or "")),
        ("Priority", record.priority.value),
        ("Affected", record.affected.words if record.affected else ""),
        ("Reason", record.reason.words if record.reason else ""),
        (verb, f"{format_instant(record.handed_off_at)} by {record.handed_off_by}"),
    ]
    return (DocumentLine(style=LineStyle.FACT, lead=f"{label}: ", text=text) for label, text in facts if text)


def _tried(record: Record) -> Iterator[DocumentLine]:
    for number, attempt in enumerate(record.tried, 1):
        yield DocumentLine(style=LineStyle.STEP, number=number, text=attempt.description, tail=attempt.tail)
    if not record.tried:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text="Nothing yet.")
    if record.omitted:
        yield DocumentLine(
            style=LineStyle.PARAGRAPH, text=f"{record.omitted} older entries of the session are left out here."
        )


def _notes(record: Record) -> Iterator[DocumentLine]:
    shown = [note for note in record.notes if readable(note.text).strip()]
    for note in shown:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=note.lead)
        yield DocumentLine(style=LineStyle.PARAGRAPH, text=note.text)
    if not shown:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text="No notes.")


def _open(record: Record) -> Iterator[DocumentLine]:
    for attempt in record.open:
        yield DocumentLine(style=LineStyle.ITEM, text=attempt.description, tail=f" ({attempt.result.words})")
    if not record.open:
        yield DocumentLine(style=LineStyle.PARAGRAPH, text="Nothing noted.")
