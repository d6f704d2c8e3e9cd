"""Close a session, and the handoff it is held by."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.requests import ResolveRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import handoffs, session_endings, sessions


def resolve_session(session_id: str, body: ResolveRequest, *, by: Caller, at: Instant) -> Session:
    """Resolve the session the caller holds and its claimed handoff, in one transaction, with a verdict on the advice.

    Resolving again with the same words is a success. Raises NotFound, StaleEpoch, InvalidState, Forbidden, and
    InvalidRequest for a verdict on an assessment that is not there.
    """

    def resolve() -> Session:
        session = sessions.load(by.account_id, session_id)
        if session.was_resolved_by(by.person, body.resolution, body.epoch):
            return session
        session.require_writable(by.person, body.epoch)
        handoff = handoffs.find(by.account_id, session.open_handoff_id) if session.open_handoff_id else None
        verdict = handoff.judged(body.assessment_verdict) if handoff else None
        resolved = session.resolved(body.resolution, body.root_cause, at=at)
        session_endings.mark_resolved(session, handoff, verdict, resolved, by)
        prompt = handoff.prompt_version if handoff and handoff.prompt_version else "none"
        log.count("SessionsResolved", Verdict=verdict.value if verdict else "none", Prompt=prompt)
        return resolved

    return retry_stale(resolve, what="The session")
