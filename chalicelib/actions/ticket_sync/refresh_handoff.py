"""Bring what an open handoff says of its ticket to what a reading of the ticket says."""

from datetime import datetime, timedelta

from chalicelib.actions.clock.read_clocked import read_clocked
from chalicelib.domain.clock.handoff_plan import cover_for, planned
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.psa import CustomerReply
from chalicelib.domain.session import Session
from chalicelib.domain.shown_in_lists import ShownInLists
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import handoffs, policies
from chalicelib.store.handoff_updates import Refreshed

OWN_CHANGES_FOR = timedelta(minutes=5)
"""How long a change of the ticket is taken for the holder's own after they said what they wait for: many set the
ticket's status beside it."""


def refreshed_handoff(
    session: Session,
    facts: TicketFacts | None,
    at: datetime,
    *,
    is_news: bool = False,
    reply: CustomerReply | None = None,
) -> Refreshed | None:
    """Return the session's open handoff with what `facts` say, None where they change nothing of it; one read.

    With another SLA time, or for another client, whose rules may be others, it gets a new plan; so it does when they
    are news (`is_news`) to a holder who waits, the customer's new `reply` among them: the waiting ends, and the clock
    asks at once.
    """
    if session.open_handoff_id is None or facts is None:
        return None
    seen = handoffs.find(session.account_id, session.open_handoff_id)
    if seen is None or not seen.is_open:
        return None
    after = seen.model_copy(update=ShownInLists.of(session.problem_summary, facts)._asdict())
    after = _with_waiting_ended(after, facts, reply, at) if is_news else after
    return None if after == seen else Refreshed(seen, _planned(seen, after, at))


def _with_waiting_ended(handoff: Handoff, facts: TicketFacts, reply: CustomerReply | None, at: datetime) -> Handoff:
    """End the waiting, unless the news are from before it, or may be the holder's own: no answer of a customer is.

    Ticket systems may tell times by the second, so an answer in the second in which the waiting began counts.
    """
    waiting, since = handoff.waiting, handoff.kept_at
    if waiting is None or since is None or waiting.until <= at:
        return handoff
    changed_at = facts.changed_at or at
    if reply:
        is_older = (reply.at or changed_at) < since.replace(microsecond=0)
    else:
        is_older = changed_at <= since + OWN_CHANGES_FOR
    if is_older:
        return handoff
    return handoff.model_copy(update={"waiting": waiting.model_copy(update={"until": at})})


def _planned(seen: Handoff, after: Handoff, at: datetime) -> Handoff:
    if (after.sla_due_at, after.client_key, after.waiting) == (seen.sla_due_at, seen.client_key, seen.waiting):
        return after
    return planned(after, read_clocked(after), cover_for(policies.find(after.account_id), after), at)
