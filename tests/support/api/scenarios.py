"""Cases as they stand when a route is called: each makes one for a caller, by the actions themselves."""

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.audiences import Audience, AudienceKind, notified_audiences
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.session import Session
from chalicelib.store import assessments, engineers, feed, integrations, ticket_notes
from tests.support.builders import SUMMARY, a_caller, an_event, minute

Ids = dict[str, str]


def nothing(by: Caller) -> Ids:
    """Nothing has to be there."""
    return {}


def open_case(by: Caller, summary: str = SUMMARY) -> Session:
    """A session that `by` owns and holds."""
    return open_session(OpenSessionRequest(problem_summary=summary), by=by, at=minute(0))


def hand_off(session: Session, by: Caller, intent: Intent = Intent.ESCALATE, notes: str = "Out of ideas.") -> Handoff:
    """Hand over what `by` holds."""
    return hand_off_session(session.id, HandOffRequest(intent=intent, engineer_notes=notes), by=by, at=minute(10))


def own_session(by: Caller) -> Ids:
    return {"session_id": open_case(by).id}


def own_handoff(by: Caller, intent: Intent = Intent.ESCALATE) -> Ids:
    handoff = hand_off(open_case(by), by, intent)
    return {"session_id": handoff.session_id, "handoff_id": handoff.id}


def escalation_of_a_colleague(by: Caller) -> Ids:
    return own_handoff(a_colleague(by))


def parked_by_a_colleague(by: Caller) -> Ids:
    return own_handoff(a_colleague(by), Intent.PARK)


def taken_over(by: Caller) -> Ids:
    """What a colleague parked and `by` resumed, when they still had a role that may."""
    ids = parked_by_a_colleague(by)
    resumed_by = by if by.role.is_at_least(Role.ENGINEER) else by.model_copy(update={"role": Role.ENGINEER})
    claim_handoff(ids["session_id"], ids["handoff_id"], by=resumed_by, at=minute(20))
    return ids


def without_assessment(by: Caller) -> Ids:
    """A colleague's escalation that the AI could say nothing about."""
    ids = escalation_of_a_colleague(by)
    assessments.take_lease(by.account_id, ids["handoff_id"], "lease-1", minute(11), minute(12))
    assessments.store_unavailable(by.account_id, ids["handoff_id"], "lease-1", AssessmentError.TIMEOUT, minute(12))
    return ids


def with_failed_note(by: Caller) -> Ids:
    """A colleague's escalation whose ticket could not be told of it."""
    ids = escalation_of_a_colleague(by)
    fail_note(by.account_id, ids["handoff_id"])
    return ids


def fail_note(account_id: str, handoff_id: str) -> None:
    """Do as a push does that the PSA refuses for good."""
    event, push = an_event(), ticket_notes.find(account_id, handoff_id)
    assert push
    taken = ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), minute(11), minute(12))
    assert taken
    assert ticket_notes.end_turn(taken, taken.ledger.failed(event.id, "ConnectWise refuses this (400)"), minute(12))


def in_the_directory(by: Caller) -> Ids:
    return {"engineer_id": engineers.enter(a_colleague(by)).id}


def an_integration(by: Caller) -> Ids:
    """A sender of Standard Webhooks, with no secret yet."""
    integration = Integration(
        account_id=by.account_id,
        id="psa",
        name="Our PSA",
        base_url=None,
        settings=StandardSettings(kind=PsaKind.STANDARD),
        ticket_mapping=TicketMapping(),
        secret_version=None,
        secrets_set_at={},
        version=1,
        reconciled_until=minute(0),
        created_at=minute(0),
        updated_at=minute(0),
    )
    integrations.save(integration, None)
    return {"integration_id": integration.id}


def a_colleague(of: Caller) -> Caller:
    """Somebody else of the same account."""
    return a_caller("Colleague", Role.ENGINEER, of.account_id)


def ring_everywhere(account_of: Caller) -> None:
    """Put an event by a colleague into every feed that `account_of` reads."""
    account = Audience(account_id=account_of.account_id, kind=AudienceKind.ACCOUNT)
    event = an_event(account_id=account_of.account_id, actor=a_colleague(account_of).person)
    for audience in [account, *notified_audiences(account_of)]:
        feed.put(audience, event)
