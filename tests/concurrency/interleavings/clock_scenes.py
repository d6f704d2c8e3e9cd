"""Cases whose time has come, and what people do to them beside the clock."""

from collections.abc import Callable

from chalicelib.actions.clock.account_rules import AccountRules
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Caller
from chalicelib.store import assessments, engineers, policies
from chalicelib.store.keys import shard_of
from chalicelib.store.rows.handoffs import HandoffRow
from tests.concurrency.interleavings.scenes import Act, ExploredCase
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios import open_handoffs, session_texts
from tests.support.scenarios.actions import claim, hand_off, release, resolve, try_step, withdraw

STEP_AT, IDLE_AT, RETURN_AT = 17, 63, 93
"""The minutes at which it is time, by the default policy, for what was handed off with high priority at minute 2 and
claimed at minute 3. All that is done beside the clock is done then."""

DIRECTED_UNTIL = 12


class ClockedCase(ExploredCase):
    """A case that something is due of at `due_at`; people know the epoch that the case has then."""

    def __init__(self, due_at: int, prepare: Callable[["ClockedCase"], None], to: Caller | None = None) -> None:
        self.due_at = due_at
        for person in (JANE, SAM, ALEX, OLGA):
            engineers.enter(person)
        super().__init__(prepare=lambda _: prepare(self), priority=Priority.HIGH, to=to and to.id)

    def begin_process(self) -> None:
        """Start with the policy known: reading it is not part of these orders."""
        super().begin_process()
        policies.find(ACME)

    def clock(self) -> Act:
        """A run of the clock that has read the account's people, which are not either."""
        rules = AccountRules(minute(self.due_at))
        rules.staff_of(ACME)
        return lambda: open_handoffs.deal_with(self.handed_off, self.due_at, rules)

    def settle_assessment(self) -> None:
        """The AI could not answer, so that it is due no more."""
        lease, at = "settled", minute(2)
        assert assessments.take_lease(ACME, self.handoff_id, lease, at, minute(3))
        assert assessments.store_unavailable(ACME, self.handoff_id, lease, AssessmentError.TIMEOUT, at)

    def ask_for_assessment_again(self) -> None:
        """The AI was asked again five minutes ago, so that this too is due in that very second."""
        row, due_at = HandoffRow(ACME, self.handoff_id), int(minute(self.due_at).timestamp())
        asked_at = format_instant(minute(self.due_at - 5))
        agenda = [HandoffRow.due_at.set(due_at), HandoffRow.shard.set(shard_of(self.handoff_id))]
        row.update([HandoffRow.pending_since.set(asked_at), *agenda])

    def claim_and_wait_for(self, *minutes: int) -> None:
        """Sam claims, and does nothing, while the clock comes by."""
        claim(self.handed_off, at_minute=3)
        self.epoch += 1
        for at_minute in minutes:
            open_handoffs.deal_with(self.handed_off, at_minute)


def step_due() -> ClockedCase:
    """A case that waits, and whose seniors are to be told."""

    def prepare(case: ClockedCase) -> None:
        case.settle_assessment()
        open_handoffs.deal_with(case.handed_off, 2)

    return ClockedCase(STEP_AT, prepare)


def direction_due() -> ClockedCase:
    """A case that is directed to Sam, and opens to all."""
    return ClockedCase(DIRECTED_UNTIL, ClockedCase.settle_assessment, to=SAM)


def question_due() -> ClockedCase:
    """A case that Sam holds, and is to be asked about."""

    def prepare(case: ClockedCase) -> None:
        case.settle_assessment()
        case.claim_and_wait_for(8)

    return ClockedCase(IDLE_AT, prepare)


def return_due() -> ClockedCase:
    """A case that Sam was asked about and did not answer; its assessment is due in the same second."""

    def prepare(case: ClockedCase) -> None:
        case.claim_and_wait_for(8, IDLE_AT)
        case.ask_for_assessment_again()

    return ClockedCase(RETURN_AT, prepare)


def pool_when_waiting(case: ClockedCase) -> dict[str, Act]:
    """What people may do to a case that waits when its time comes."""
    handoff, at = case.handed_off, case.due_at
    return {
        "the clock runs": case.clock(),
        "the clock runs again": case.clock(),
        "Sam claims": lambda: claim(handoff, SAM, at),
        "Alex claims": lambda: claim(handoff, ALEX, at),
        "Jane claims her own": lambda: claim(handoff, JANE, at),
        "Sam declines": lambda: open_handoffs.decline(handoff, at - 1),
        "Jane withdraws": lambda: withdraw(handoff),
        "Jane changes the priority": lambda: open_handoffs.prioritize(handoff, Priority.URGENT, at),
        "Jane leaves a note": lambda: session_texts.leave_note(case.session_id, at),
        "Jane corrects a step": lambda: session_texts.change_turn(case.session_id, 9),
    }


def pool_when_held(case: ClockedCase) -> dict[str, Act]:
    """What people may do to a case of Sam's when its time comes."""
    handoff, at = case.handed_off, case.due_at
    return {
        "the clock runs": case.clock(),
        "the clock runs again": case.clock(),
        "Sam keeps": lambda: open_handoffs.keep(handoff, at),
        "Sam waits": lambda: open_handoffs.wait(handoff, at, until=at + 600),
        "Sam notes a step": lambda: try_step(case.session_id, by=SAM, epoch=case.epoch, at_minute=at),
        "Sam corrects": lambda: session_texts.correct_summary(case.session_id, at, SAM, case.epoch),
        "Sam releases": lambda: release(handoff, at_minute=at),
        "Olga reassigns": lambda: open_handoffs.reassign(handoff, at),
        "Sam hands off": lambda: hand_off(case.session_id, SAM, epoch=case.epoch, at_minute=at),
        "Sam resolves": lambda: resolve(case.session_id, epoch=case.epoch),
        "Alex claims": lambda: claim(handoff, ALEX, at),
        "Jane leaves a note": lambda: session_texts.leave_note(case.session_id, at),
    }
