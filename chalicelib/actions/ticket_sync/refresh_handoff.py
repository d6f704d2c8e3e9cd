"""Bring what an open handoff says of its ticket to what a reading of the ticket says."""

from datetime import datetime

from chalicelib.actions.clock.read_clocked import read_clocked
from chalicelib.domain.clock.handoff_plan import cover_for, planned
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.session import Session
from chalicelib.domain.shown_in_lists import ShownInLists
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import handoffs, policies
from chalicelib.store.handoff_updates import Refreshed


def refreshed_handoff(session: Session, facts: TicketFacts | None, at: datetime) -> Refreshed | None:
    """Return the session's open handoff with what `facts` say, None where they change nothing of it; one read.

    With another SLA time, or for another client, whose rules may be others, it gets a new plan.
    """
    if session.open_handoff_id is None or facts is None:
        return None
    seen = handoffs.find(session.account_id, session.open_handoff_id)
    if seen is None or not seen.is_open:
        return None
    after = seen.model_copy(update=ShownInLists.of(session.problem_summary, facts)._asdict())
    return None if after == seen else Refreshed(seen, _planned(seen, after, at))


def _planned(seen: Handoff, after: Handoff, at: datetime) -> Handoff:
    if (after.sla_due_at, after.client_key) == (seen.sla_due_at, seen.client_key):
        return after
    return planned(after, read_clocked(after), cover_for(policies.find(after.account_id), after), at)
