"""Turns: the messages and steps of a session, in order."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person


class StepOutcome(StrEnum):
    """How a diagnostic step ended."""

    WORKED = "worked"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    NOT_RUN = "not_run"


class Evidence(StrEnum):
    """How the outcome is known: the engineer saw it, or somebody told them."""

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


class Step(FrozenModel):
    """A diagnostic step and its outcome."""

    kind: Literal["step"] = "step"
    seq: int
    author: Author
    action: str
    outcome: StepOutcome
    evidence: Evidence
    created_at: Instant
    epoch: int


Turn = Annotated[Message | Step, Field(discriminator="kind")]
