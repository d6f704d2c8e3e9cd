"""What a case of the demo consists of."""

from dataclasses import dataclass

from infra.local.psa_sandbox.ticket_store import FABRIKAM


@dataclass(frozen=True)
class Say:
    """A message to the assistant."""

    text: str


@dataclass(frozen=True)
class Step:
    """A diagnostic step, what came of it and what was seen."""

    action: str
    result: str
    finding: str | None = None
    evidence: str = "observed"


@dataclass(frozen=True)
class HandOff:
    """How the case was handed over, to whom it is directed, who has claimed it since, and what they wait for."""

    intent: str
    priority: str
    engineer_notes: str
    claimed_by: str | None = None
    to: str | None = None
    waits_for: str | None = None


@dataclass(frozen=True)
class Case:
    """One session; `key` makes its idempotency keys, so it never changes once it is out."""

    key: str
    by: str
    summary: str
    domain: str
    ticket: str
    turns: tuple[Say | Step, ...] = ()
    handoff: HandOff | None = None
    client: str = FABRIKAM
