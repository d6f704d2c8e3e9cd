"""Rules of assessments: leases, answers that are stored, and new requests."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.people import Caller
from chalicelib.store import assessments, handoffs
from tests.stateful.choices import faults, picks, staff
from tests.stateful.compared_machine import ComparedMachine, is_due
from tests.stateful.reference_model import LEASE_MINUTES
from tests.support.assessments import an_assessment
from tests.support.builders import ACME, minute
from tests.support.dynamodb.write_faults import DELIVERED, WriteFault

IMPROVED = PackageImprovement(summary="A better summary.", likely_cause=None, recommended_next_steps=())


class AssessmentRules(ComparedMachine):
    """What the runs of the assessment do, in time or too late."""

    @precondition(is_due())
    @rule(pick=picks, fault=faults)
    def begin_advice(self, pick: int, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "pending"), self.tick()
        lease, until = f"lease-{at}", minute(at + LEASE_MINUTES)
        self.leases.append((handoff, lease))
        expected = self.reference.begin_advice(handoff, lease, at)
        leased = self.compare(
            "begin advice",
            lambda: assessments.take_lease(ACME, handoff.id, lease, minute(at), until),
            expected,
            fault,
        )
        assert leased is None or expected.change or handoff.is_answered

    @precondition(lambda self: self.leases and is_due("leased")(self))
    @rule(pick=picks, advice=st.sampled_from(["ready", "ready", "unavailable"]), fault=faults)
    def end_advice(self, pick: int, advice: str, fault: WriteFault) -> None:
        """An answer comes, sooner or later: perhaps after the lease was another's, or the handoff was closed."""
        (handoff, lease), at = self.leases[-1 - pick % len(self.leases)], self.tick()
        found = handoffs.load_detail(ACME, handoff.session.id, handoff.id)

        def act() -> bool:
            if advice == "ready":
                return assessments.store_ready(found, lease, an_assessment(), IMPROVED, minute(at))
            return assessments.store_unavailable(ACME, handoff.id, lease, AssessmentError.TIMEOUT, minute(at))

        self.compare(f"end advice {advice}", act, self.reference.end_advice(handoff, lease, advice), fault)

    @precondition(is_due("pending"))
    @rule(pick=picks, advice=st.sampled_from(["ready", "unavailable"]), fault=faults)
    def advise(self, pick: int, advice: str, fault: WriteFault) -> None:
        """An answer that comes at once."""
        self.begin_advice(pick, DELIVERED)
        self.end_advice(0, advice, fault)

    @precondition(is_due("unavailable"))
    @rule(pick=picks, by=staff, fault=faults)
    def ask_advice_again(self, pick: int, by: Caller, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "unavailable"), self.tick()
        self.compare(
            "ask advice again",
            lambda: request_assessment(handoff.session.id, handoff.id, by=by, at=minute(at)),
            self.reference.ask_advice_again(handoff, at),
            fault,
        )
