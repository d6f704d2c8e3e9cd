"""What people, and the clock, do to an open handoff besides claiming it, driven by the actions."""

from chalicelib.actions.clock.account_rules import AccountRules
from chalicelib.actions.clock.deal_with_due import deal_with_due
from chalicelib.actions.handoffs.change_priority import change_priority
from chalicelib.actions.handoffs.decline_handoff import decline_handoff
from chalicelib.actions.handoffs.keep_handoff import keep_handoff, wait_with_handoff
from chalicelib.actions.handoffs.reassign_handoff import reassign_handoff
from chalicelib.domain.clock.moments import Waiting, What
from chalicelib.domain.handoff import Handoff, Priority, Receipt
from chalicelib.domain.people import Caller
from tests.support.builders import ALEX, JANE, OLGA, SAM, minute


def deal_with(handoff: Handoff, at_minute: int, rules: AccountRules | None = None) -> list[What]:
    """What a run of the clock does for one handoff that it found to be due; `rules` are those it has read before."""
    return deal_with_due(handoff.account_id, handoff.id, rules or AccountRules(minute(at_minute)))


def keep(handoff: Handoff, at_minute: int, by: Caller = SAM) -> Receipt:
    return keep_handoff(handoff.session_id, handoff.id, by=by, at=minute(at_minute))


def wait(handoff: Handoff, at_minute: int, until: int, by: Caller = SAM) -> Receipt:
    waiting = Waiting(until=minute(until), reason="Customer calls back")
    return wait_with_handoff(handoff.session_id, handoff.id, waiting, by=by, at=minute(at_minute))


def decline(handoff: Handoff, at_minute: int, by: Caller = SAM, reason: str = "") -> Receipt:
    return decline_handoff(handoff.session_id, handoff.id, reason, by=by, at=minute(at_minute))


def reassign(handoff: Handoff, at_minute: int, to: Caller = ALEX, by: Caller = OLGA) -> Receipt:
    return reassign_handoff(handoff.session_id, handoff.id, to.id, "Not mine.", by=by, at=minute(at_minute))


def prioritize(handoff: Handoff, priority: Priority, at_minute: int, by: Caller = JANE) -> Receipt:
    return change_priority(handoff.session_id, handoff.id, priority, by=by, at=minute(at_minute))
