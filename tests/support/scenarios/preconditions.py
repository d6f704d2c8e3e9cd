"""What has to exist before a caller's request to a route can succeed; each function arranges it and returns its ids."""

from datetime import UTC, datetime, timedelta

import boto3

from chalicelib.actions.deliveries.save_channel import save_chat_channel, save_webhook
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.people.save_device import add_device
from chalicelib.actions.sessions.add_step import add_step
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.devices import DeviceRequest
from chalicelib.contracts.requests import HandOffRequest, ResolveRequest, StepRequest
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.audiences import Audience, AudienceKind, notified_audiences
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.readiness.notices import page_event
from chalicelib.domain.ticket_facts import TicketClient, TicketFacts
from chalicelib.domain.turn import StepResult
from chalicelib.store import assessments, deliveries, engineers, feed, integrations, rotas, sessions, ticket_notes
from tests.support.builders import a_caller, a_session, an_event, minute
from tests.support.channels import chat_at, webhook_to
from tests.support.phones import confirm_number, send_code
from tests.support.push import SUBSCRIPTION
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.tables import NOTIFICATIONS_QUEUE

Ids = dict[str, str]


def nothing(by: Caller) -> Ids:
    """Nothing has to be there."""
    return {}


def own_session(by: Caller) -> Ids:
    return {"session_id": open_case(by).id}


def own_turn(by: Caller) -> Ids:
    """A step that `by` recorded this very moment, so that they may still change it."""
    session = open_case(by)
    body = StepRequest(kind="step", action="Restarted Outlook", result=StepResult.NO_EFFECT, epoch=1)
    step = add_step(session.id, body, by=by, at=datetime.now(UTC))
    return {"session_id": session.id, "seq": str(step.seq)}


def own_handoff(by: Caller, intent: Intent = Intent.ESCALATE) -> Ids:
    handoff = hand_off(open_case(by).id, by, intent=intent)
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


def just_claimed(by: Caller) -> Ids:
    """What `by` has taken over this very moment, so that they may still undo it."""
    ids = parked_by_a_colleague(by)
    claimer = by if by.role.is_at_least(Role.ENGINEER) else by.model_copy(update={"role": Role.ENGINEER})
    claim_handoff(ids["session_id"], ids["handoff_id"], by=claimer, at=datetime.now(UTC))
    return ids


def directed_to(by: Caller) -> Ids:
    """A colleague's escalation that is directed to `by`, when they still had a role that may claim it, this moment."""
    senior = by if by.is_senior else by.model_copy(update={"role": Role.SENIOR})
    engineers.enter(senior)
    session = open_case(a_colleague(by))
    asked = HandOffRequest(intent=Intent.ESCALATE, priority=Priority.URGENT, to=by.id)
    handoff = hand_off_session(session.id, asked, by=a_colleague(by), at=datetime.now(UTC))
    return {"session_id": session.id, "handoff_id": handoff.id}


def claimed_by_a_colleague(by: Caller) -> Ids:
    """An escalation that a senior holds by claim, who may not be `by`, and another senior, who may be named."""
    ids = escalation_of_a_colleague(by)
    holder = a_colleague(by).model_copy(update={"id": "sub-holder", "name": "Holder", "role": Role.SENIOR})
    claim_handoff(ids["session_id"], ids["handoff_id"], by=holder, at=minute(20))
    engineers.enter(a_caller("Relief", Role.SENIOR, by.account_id))
    return ids


def resolved_just_now(by: Caller) -> Ids:
    """A session of `by`, resolved this moment, when they still had a role that may."""
    worker = by if by.role.is_at_least(Role.ENGINEER) else by.model_copy(update={"role": Role.ENGINEER})
    session = open_case(worker)
    resolve_session(session.id, ResolveRequest(resolution="Restarted it.", epoch=1), by=worker, at=datetime.now(UTC))
    return {"session_id": session.id}


def without_assessment(by: Caller) -> Ids:
    """A colleague's escalation that the AI could say nothing about."""
    ids = escalation_of_a_colleague(by)
    assessments.take_lease(by.account_id, ids["handoff_id"], "lease-1", minute(11), minute(12))
    assessments.store_unavailable(by.account_id, ids["handoff_id"], "lease-1", AssessmentError.TIMEOUT, minute(12))
    return ids


def with_failed_note(by: Caller) -> Ids:
    """A colleague's escalation whose ticket note has failed."""
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


NIGHTS: dict[str, object] = {
    "time_zone": "Europe/Brussels",
    "people": ["sub-colleague"],
    "handover": {"weekday": "mon", "time": "09:00"},
    "starts_on": "2026-11-23",
}
"""A rota of one person, as it is sent."""

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
SHIFT_BEGINS = f"{YESTERDAY}T00:00:00.000Z"
"""When the shift begins that runs while a test does."""


def a_rota(by: Caller) -> Ids:
    """A rota of a colleague's."""
    engineers.enter(a_colleague(by))
    return _save_rota(by, Rota.model_validate(NIGHTS))


def a_shift_that_runs(by: Caller) -> Ids:
    """A rota whose first shift, a colleague's, began yesterday and lasts for most of a year."""
    engineers.enter(a_colleague(by))
    handover = {"weekday": f"{YESTERDAY:%a}".lower(), "time": "00:00"}
    changes = {"time_zone": "UTC", "handover": handover, "length": 52, "starts_on": str(YESTERDAY)}
    return _save_rota(by, Rota.model_validate({**NIGHTS, **changes}))


def _save_rota(by: Caller, rota: Rota) -> Ids:
    saved = SavedRota(account_id=by.account_id, id="nights", name="Nights", rota=rota, updated_at=minute(0), version=1)
    rotas.save(saved, None)
    return {"rota_id": saved.id}


def a_webhook(by: Caller) -> Ids:
    """An outgoing webhook whose receiver is away."""
    save_webhook("ops", webhook_to("http://localhost:19/hook"), by=by, at=minute(0))
    return {"target_id": "ops"}


def a_chat_channel(by: Caller) -> Ids:
    """A Slack channel that is away."""
    save_chat_channel("ops", chat_at("http://localhost:19/slack/ops"), by=by, at=minute(0))
    return {"channel_id": "ops"}


def a_delivery(by: Caller, title: str = "Escalation from Jane") -> Ids:
    """The webhook, an event that could not be delivered to it, and the queue of notifications."""
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    event = an_event(account_id=by.account_id, title=title)
    recipient = Recipient(kind=DeliveryKind.WEBHOOK, id="ops", name="Operations")
    entry = LedgerEntry.planned(event, recipient, minute(10)).model_copy(update={"state": DeliveryState.FAILED})
    deliveries.add(entry)
    return {**a_webhook(by), "delivery_id": entry.delivery_id}


def a_device(by: Caller) -> Ids:
    """A browser that gets their push messages."""
    body = DeviceRequest.model_validate({"name": "Phone", **SUBSCRIPTION})
    return {"device_id": add_device(body, by=by, at=minute(0)).id}


def a_phone_code(by: Caller) -> Ids:
    """A number of theirs that waits to be confirmed."""
    send_code(by)
    return {}


def a_phone(by: Caller) -> Ids:
    """A number that they have confirmed."""
    confirm_number(by)
    return {}


def a_way_to_be_reached(by: Caller) -> Ids:
    """Their address, and the queue of notifications; the stack of the tests sends e-mail."""
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    return nothing(by)


PAGE_ID = "5e3c7a52-0000-5000-8000-000000000001"


def a_test_message(by: Caller) -> Ids:
    """A test message that they were sent by e-mail."""
    engineers.enter(by)
    event = page_event(by, minute(0)).model_copy(update={"id": PAGE_ID})
    entry = LedgerEntry.planned(event, Recipient(kind=DeliveryKind.EMAIL, id=by.id, name=by.name), minute(0))
    deliveries.add(entry.model_copy(update={"state": DeliveryState.ACCEPTED}))
    return {"page_id": PAGE_ID}


def a_linked_ticket(by: Caller) -> Ids:
    """A ticket that a sender of Standard Webhooks has told of, and a session about it."""
    ids = an_integration(by)
    facts = TicketFacts(
        number="8812",
        title="Outlook is failing to sync",
        client=TicketClient(id=None, name="Northwind"),
        contact=None,
        status="Open",
        priority=None,
        type=None,
        owner=None,
        due_at=None,
        contract=None,
        url=None,
        is_closed=False,
        changed_at=None,
        read_at=minute(0),
    )
    session = a_session(
        account_id=by.account_id, psa_ticket_id="8812", integration_id=ids["integration_id"], ticket=facts
    )
    sessions.create(session, None)
    return {**ids, "ticket_id": "8812"}


def a_colleague(of: Caller) -> Caller:
    """Somebody else of the same account."""
    return a_caller("Colleague", Role.ENGINEER, of.account_id)


def ring_everywhere(account_of: Caller) -> None:
    """Put an event by a colleague into every feed that `account_of` reads."""
    account = Audience(account_id=account_of.account_id, kind=AudienceKind.ACCOUNT)
    event = an_event(account_id=account_of.account_id, actor=a_colleague(account_of).person)
    for audience in [account, *notified_audiences(account_of)]:
        feed.put(audience, event)
