"""The story's session and handoff in the tables, as far as it has come; each step is one of the store's own verbs."""

from typing import Any

from chalicelib.domain.assessment import Assessment, AssessmentError, AssessmentStatus
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import assessments, handoff_creation, handoff_transitions, handoffs, sessions
from chalicelib.store.keys import DETAIL, handoff_key, session_detail
from chalicelib.store.rows.handoff_parts import PartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.row import Image
from chalicelib.store.rows.sessions import SessionRow
from tests.support.assessments import an_assessment
from tests.support.builders import ACME, HANDOFF_ID, SAM, SESSION_ID, a_handoff, a_session, a_snapshot, minute


def in_work(**changes: object) -> Session:
    """Jane works on her session."""
    return sessions.create(a_session(**changes), None)


ENDED: dict[str, object] = {
    "assessment_status": AssessmentStatus.UNAVAILABLE,
    "assessment_error": AssessmentError.CLOSED,
    "pending_since": None,
    "due_at": None,
}
"""What closing a handoff leaves of an assessment that was pending."""

BETTER = PackageImprovement(summary="In short.", likely_cause="The record", recommended_next_steps=("Check it",))


def handed_off(**given: object) -> HandoffDetail:
    """Jane has handed it off."""
    session, handoff = in_work(), a_handoff(**given)
    return handoff_creation.open_handoff(session, handoff, None)


def parked(**given: object) -> HandoffDetail:
    """Jane has parked it."""
    return handed_off(intent=Intent.PARK, **given)


def claimed(by: Caller = SAM) -> HandoffDetail:
    """Jane has handed it off, and `by` has picked it up."""
    handed_off()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, by, minute(20))
    return handoff_now()


def passed_on(handoff_id: str, by: Caller = SAM) -> HandoffDetail:
    """`by`, who has claimed the handoff, hands the session on, with a note behind all turns that are there."""
    session = session_now()
    snapshot = a_snapshot(last_seq=session.turn_count)
    handed_on = a_handoff(id=handoff_id, sender=by.person, claim_epoch=session.epoch + 1, snapshot=snapshot)
    return handoff_creation.open_handoff(session, handed_on, None)


def assessed(assessment: Assessment | None = None) -> HandoffDetail:
    """The assessment of the handoff has come."""
    leased = assessments.take_lease(ACME, HANDOFF_ID, "lease", minute(11), minute(16))
    assert leased is not None
    advice = assessment or an_assessment()
    assert assessments.store_ready(leased.handoff, "lease", advice, BETTER, minute(12))
    return handoff_now()


def session_now() -> Session:
    """The session as it stands."""
    return sessions.load(ACME, SESSION_ID)


def handoff_now(handoff_id: str = HANDOFF_ID) -> HandoffDetail:
    """The handoff as it stands, with its parts."""
    handoff = handoffs.find_detail(ACME, handoff_id)
    assert handoff is not None
    return handoff


def row_now(handoff_id: str = HANDOFF_ID) -> Handoff:
    """The handoff as its row alone tells it."""
    handoff = handoffs.find(ACME, handoff_id)
    assert handoff is not None
    return handoff


def everything() -> tuple[list[Image], list[Image]]:
    """Every item of sessions and handoffs of the account, to see that nothing has changed or come into being."""
    handed = _items(HandoffRow.query(ACME))
    parts = [item for image in handed for item in _items(PartRow.query(handoff_key(ACME, image["handoff_id"]["S"])))]
    return _items(SessionRow.query(ACME)), [*handed, *parts]


def _items(rows: Any) -> list[Image]:
    return [item for page in rows.page_iter for item in page["Items"]]


def session_ids() -> list[str]:
    """The sessions of the account, each of which is two items."""
    found = [row.session_id for row in SessionRow.query(ACME)]
    assert [id_ for id_ in found if DETAIL in id_] == [session_detail(id_) for id_ in found if DETAIL not in id_]
    return [id_ for id_ in found if DETAIL not in id_]


def write_session(**attributes: object) -> None:
    """Change the session's row behind everybody's back."""
    actions = [getattr(SessionRow, name).set(content) for name, content in attributes.items()]
    SessionRow(ACME, SESSION_ID).update(actions)


def write_handoff(**attributes: object) -> None:
    """Change the handoff's row behind everybody's back."""
    actions = [getattr(HandoffRow, name).set(content) for name, content in attributes.items()]
    HandoffRow(ACME, HANDOFF_ID).update(actions)


def is_held_by(session: Session, caller: Caller) -> bool:
    """Whether the caller holds the session, found in the index of those taken over as well."""
    found = [row.session_id for row in SessionRow.by_holder.query(f"{ACME}#{caller.id}")]
    return session.holder == caller.person and found == [session.id]
