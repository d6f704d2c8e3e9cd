"""The story's session and handoff in the tables, as far as it has come; each step is one of the store's own verbs."""

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import assessments, handoff_creation, handoff_transitions, handoffs, sessions
from chalicelib.store.rows import HandoffRow, SessionRow
from chalicelib.store.transactions import Image
from tests.support.builders import (
    ACME,
    HANDOFF_ID,
    SAM,
    SESSION_ID,
    a_handoff,
    a_package,
    a_session,
    an_assessment,
    minute,
)


def in_work(**changes: object) -> Session:
    """Jane works on her session."""
    return sessions.create(a_session(**changes), None)


def handed_off(**given: object) -> Handoff:
    """Jane has handed it off."""
    session, handoff = in_work(), a_handoff(**given)
    return handoff_creation.open_handoff(session, handoff, a_package(handoff_id=handoff.id), None)


def parked(**given: object) -> Handoff:
    """Jane has parked it."""
    return handed_off(intent=Intent.PARK, **given)


def claimed(by: Caller = SAM) -> Handoff:
    """Jane has handed it off, and `by` has picked it up."""
    handed_off()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, by, minute(20))
    return handoff_now()


def assessed(assessment: Assessment | None = None) -> Handoff:
    """The assessment of the handoff has come."""
    leased = assessments.take_lease(ACME, HANDOFF_ID, "lease", minute(11), minute(16))
    assert leased is not None
    advice = assessment or an_assessment()
    assert assessments.store_ready(leased, "lease", advice, leased.package, minute(12))
    return handoff_now()


def session_now() -> Session:
    """The session as it stands."""
    return sessions.load(ACME, SESSION_ID)


def handoff_now(handoff_id: str = HANDOFF_ID) -> Handoff:
    """The handoff as it stands."""
    handoff = handoffs.find(ACME, handoff_id)
    assert handoff is not None
    return handoff


def everything() -> tuple[list[Image], list[Image]]:
    """Every row of sessions and handoffs of the account, to see that nothing has changed or come into being."""
    return [row.serialize() for row in SessionRow.query(ACME)], [row.serialize() for row in HandoffRow.query(ACME)]


def write_session(**attributes: object) -> None:
    """Change the session's row behind everybody's back."""
    actions = [getattr(SessionRow, name).set(content) for name, content in attributes.items()]
    SessionRow(ACME, SESSION_ID).update(actions)


def is_held_by(session: Session, caller: Caller) -> bool:
    """Whether the caller holds the session, found in the index of those taken over as well."""
    found = [row.session_id for row in SessionRow.by_holder.query(f"{ACME}#{caller.id}")]
    return session.holder == caller.person and found == [session.id]
