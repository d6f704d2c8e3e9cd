"""Turns: the messages, steps and notes of a session, in order."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person


class StepResult(StrEnum):
    """What came of a diagnostic step for the problem; what was seen is its finding."""

    FIXED = "fixed"
    NARROWED = "narrowed"
    NO_EFFECT = "no_effect"
    WORSE = "worse"
    UNCLEAR = "unclear"
    NOT_DONE = "not_done"

    @property
    def words(self) -> str:
        """The result as a record says it, in lower case."""
        return _WORDS[self]


_WORDS = {
    StepResult.FIXED: "fixed it",
    StepResult.NARROWED: "narrowed it down",
    StepResult.NO_EFFECT: "no effect",
    StepResult.WORSE: "made it worse",
    StepResult.UNCLEAR: "unclear",
    StepResult.NOT_DONE: "not done",
}


class Evidence(StrEnum):
    """How the result is known: the engineer saw it, or somebody told them."""

    OBSERVED = "observed"
    REPORTED = "reported"


class AuthorKind(StrEnum):
    """What kind of author wrote a turn."""

    ENGINEER = "engineer"
    ASSISTANT = "assistant"
    PSA = "psa"


class Author(FrozenModel):
    """Who wrote a turn."""

    kind: AuthorKind
    id: str
    name: str

    @classmethod
    def engineer(cls, person: Person) -> "Author":
        """The author of what `person` writes."""
        return cls(kind=AuthorKind.ENGINEER, id=person.id, name=person.name)


ASSISTANT = Author(kind=AuthorKind.ASSISTANT, id="assistant", name="Assistant")


class Struck(FrozenModel):
    """That a turn was withdrawn by its author, and why; its text stays to be seen."""

    by: Person
    reason: str
    at: Instant


class Message(FrozenModel):
    """A message of an engineer, the assistant or the PSA."""

    kind: Literal["message"] = "message"
    seq: int
    author: Author
    text: str
    created_at: Instant
    epoch: int
    reply_to: int | None = None
    """The `seq` of the message that the assistant answers."""
    edited_at: Instant | None = None
    struck: Struck | None = None


class Step(FrozenModel):
    """A diagnostic step, what came of it, and what was seen (`finding`)."""

    kind: Literal["step"] = "step"
    seq: int
    author: Author
    action: str
    result: StepResult
    finding: str | None = None
    evidence: Evidence
    created_at: Instant
    epoch: int
    edited_at: Instant | None = None
    struck: Struck | None = None

    @property
    def description(self) -> str:
        """What was done and what was seen: `Opened webmail: new mail is there`."""
        return with_finding(self.action, self.finding)


def with_finding(action: str, finding: str | None) -> str:
    """Return what was done and what was seen in one text; output of several lines keeps its own."""
    if not finding:
        return action
    return f"{action}\n{finding}" if "\n" in action or "\n" in finding else f"{action.rstrip('.:')}: {finding}"


class NoteAbout(StrEnum):
    """The change that a note was written for: of hands, of the ticket, or of what the case says."""

    HANDED_OFF = "handed_off"
    PASSED_ON = "passed_on"
    RELEASED = "released"
    TAKEN_BACK = "taken_back"
    DECLINED = "declined"
    PASSED_BY_ADMIN = "passed_by_admin"
    REOPENED = "reopened"
    TICKET_REOPENED = "ticket_reopened"
    CORRECTED = "corrected"


class Note(FrozenModel):
    """What one person writes for another, by itself or when the case changes hands; the assistant does not answer it.

    `about` is the change of hands or of the case, None for a note by itself. `epoch` is the session's before it.
    """

    kind: Literal["note"] = "note"
    seq: int
    author: Author
    text: str
    about: NoteAbout | None
    to: Person | None
    created_at: Instant
    epoch: int
    edited_at: Instant | None = None
    struck: Struck | None = None


Turn = Annotated[Message | Step | Note, Field(discriminator="kind")]
