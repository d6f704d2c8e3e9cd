"""Show handoffs to anybody of the account."""

from chalicelib.actions.handoffs.describe_cover import CoverSentences
from chalicelib.domain.clock.handoff_plan import step_reached
from chalicelib.domain.clock.ladder import StepReached
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import handoffs, policies, sessions


def read_handoff(session_id: str, handoff_id: str, *, by: Caller) -> HandoffDetail:
    """Return the handoff; no claim is needed. Raises NotFound."""
    return handoffs.load_detail(by.account_id, session_id, handoff_id)


def find_step(handoff: Handoff) -> StepReached | None:
    """Return the step that the handoff has reached, by a policy read at most a minute ago; None if none."""
    is_reached = handoff.is_queued and handoff.level is not None
    return step_reached(policies.find(handoff.account_id), handoff) if is_reached else None


def find_cover(handoff: Handoff) -> str | None:
    """Return what is special about the cover of an open handoff's client, None if nothing is."""
    sentences = CoverSentences(handoff.account_id)
    return sentences.of(handoff.client, handoff.client_key) if handoff.is_open else None


def list_handoffs(session_id: str, page: PageRequest, *, by: Caller) -> ListPage[HandoffDetail]:
    """Return the session's handoffs, newest first.

    Raises NotFound for a session that was never handed off, to everybody but those who may read it.
    """
    found = handoffs.list_of_session(by.account_id, session_id, page)
    if not found.items and not page.cursor:
        sessions.load(by.account_id, session_id).require_readable(by.person)
    return found


def read_package(session: Session) -> EscalationPackage | None:
    """Return the escalation package of the session, made of its newest handoff; None when it was never handed off."""
    if session.newest_handoff_id is None:
        return None
    found = handoffs.read_as_handed_off(session.account_id, session.newest_handoff_id)
    return found.detail.package if found else None
