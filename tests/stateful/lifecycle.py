"""The whole life of sessions and handoffs: the rules of all subjects in one state machine."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from chalicelib.domain.people import Caller
from tests.stateful.assessment_rules import AssessmentRules
from tests.stateful.choices import staff
from tests.stateful.clock_rules import ClockRules
from tests.stateful.handoff_rules import HandoffRules
from tests.stateful.hands_rules import HandsRules
from tests.stateful.session_rules import SessionRules
from tests.stateful.text_rules import TextRules
from tests.support.builders import ALEX, OLGA, SAM
from tests.support.dynamodb.write_faults import DELIVERED


class Lifecycle(SessionRules, HandoffRules, HandsRules, TextRules, AssessmentRules, ClockRules):
    """One account, its people, and everything they may do."""

    @initialize(
        by=staff,
        intent=st.sampled_from(["escalate", "escalate", "park"]),
        priority=st.sampled_from(["low", "normal", "high", "urgent"]),
        is_advised=st.booleans(),
        claimer=st.sampled_from([SAM, ALEX, OLGA, None]),
        is_undone=st.booleans(),
        is_released=st.booleans(),
        runs=st.integers(0, 3),
    )
    def begin_with_a_handoff(
        self,
        by: Caller,
        intent: str,
        priority: str,
        claimer: Caller | None,
        *,
        is_advised: bool,
        is_undone: bool,
        is_released: bool,
        runs: int,
    ) -> None:
        """So far that there is something to do for everybody; left to chance alone, few lives would come so far."""
        self.open(by, None, "No mail", DELIVERED)
        self.add_step(0, None, 0, None, "Ping", DELIVERED)
        self.hand_off(0, None, 0, None, intent, priority, DELIVERED)
        if is_advised:
            self.begin_advice(0, DELIVERED)
            self.end_advice(0, "ready", DELIVERED)
        if claimer:
            self.claim(0, claimer, DELIVERED)
        if claimer and is_undone:
            self.undo(0, None, None, is_late=False, fault=DELIVERED)
            self.claim(0, claimer, DELIVERED)
        for _ in range(runs):
            self.run_when_something_is_due(DELIVERED)
        if claimer and is_released:
            self.release(0, None, DELIVERED)
