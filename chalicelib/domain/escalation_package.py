"""The escalation package: the older summary payload on a session that PSA scripts still read."""

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class EscalationPackage(FrozenModel):
    """What PSA scripts read of an escalation. It always names the handoff it belongs to."""

    handoff_id: str
    reason: str
    priority: str
    summary: str
    steps_tried: tuple[str, ...]
    likely_cause: str | None = None
    recommended_next_steps: tuple[str, ...] = ()
    is_enriched: bool = False
    created_at: Instant

    def enriched(self, improvement: "PackageImprovement") -> "EscalationPackage":
        """Return the package with the AI's wording in place of the raw one; what identifies it stays."""
        return self.model_copy(update={**dict(improvement), "is_enriched": True})


class PackageImprovement(FrozenModel):
    """The parts of a package that the AI writes better than a program can."""

    summary: str
    likely_cause: str | None
    recommended_next_steps: tuple[str, ...]
