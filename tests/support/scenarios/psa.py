"""A case with a ticket in the PSA sandbox, worked by the actions; events reach the ticket as through the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.undo_claim import undo_claim
from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.push_to_ticket import push_to_ticket
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket, follow_merge
from chalicelib.adapters.aws import integration_secrets, versioned_secrets
from chalicelib.adapters.psa import clients
from chalicelib.adapters.psa.clients import psa_of
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest, ReopenRequest, ResolveRequest
from chalicelib.domain.events import Event, events_between
from chalicelib.domain.handoff import Intent
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session_events import event_of_note
from chalicelib.domain.session_ticket_notes import event_of_change
from chalicelib.domain.turn import Note as NoteTurn
from chalicelib.store import engineers, handoffs, integrations, session_ticket_notes, sessions, turns
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import Note, Ticket
from tests.support.builders import ACME, JANE, SAM, SUMMARY, minute
from tests.support.servers.psa_sandbox import INTEGRATION_ID, SECRETS, an_integration, shown_id, ticket_of
from tests.support.table_contents import contents

SECRET_VERSION = "00000000-0000-4000-8000-000000000001"
LEASE_S = 60.0


class PsaCase:
    """Jane's session about the sandbox's ticket, and the events of what happens to it."""

    def __init__(self, server: PsaSandbox, system: str, ticket_id: str = "", *, is_named: bool = True) -> None:
        self.server, self.system = server, system
        self.now = minute(30)
        link(server, system)
        for person in (JANE, SAM):
            engineers.enter(person)
        named = (ticket_id or self.shown_id) if is_named else None
        asked = OpenSessionRequest(problem_summary=SUMMARY, psa_ticket_id=named)
        self.session_id = open_session(asked, by=JANE, at=minute(0)).id
        self.handoff_id = ""

    @property
    def ticket(self) -> Ticket:
        """The ticket as the sandbox has it."""
        return ticket_of(self.server, self.system)

    @property
    def notes(self) -> list[Note]:
        """The notes on the ticket."""
        return self.ticket.notes

    @property
    def shown_id(self) -> str:
        """What an engineer types."""
        return self.name_of(self.ticket)

    def name_of(self, ticket: Ticket) -> str:
        """What an engineer types for a ticket of the system."""
        return shown_id(ticket, self.system)

    @property
    def handoff(self) -> HandoffDetail:
        """The handoff as it stands."""
        return handoffs.load_detail(ACME, self.session_id, self.handoff_id)

    @property
    def epoch(self) -> int:
        """The epoch of the session."""
        return sessions.load(ACME, self.session_id).epoch

    def hand_off(self, notes: str = "I am out of ideas.") -> Event:
        """Jane hands the session off."""
        asked = HandOffRequest(intent=Intent.ESCALATE, engineer_notes=notes)
        handoff = hand_off_session(self.session_id, asked, by=JANE, at=minute(10))
        self.handoff_id = handoff.id
        return only(events_between(None, handoff))

    def claim(self, by: Caller = SAM, *, at: int = 20) -> Event:
        """Sam picks it up."""
        before = self.handoff
        claim_handoff(self.session_id, self.handoff_id, by=by, at=minute(at))
        return only(events_between(before, self.handoff))

    def release(self, note: str = "") -> Event:
        """Sam puts it back."""
        before = self.handoff
        release_handoff(self.session_id, self.handoff_id, note, by=SAM, at=minute(22))
        return only(events_between(before, self.handoff))

    def pass_on(self) -> Event:
        """Sam hands the session off again."""
        before = self.handoff
        asked = HandOffRequest(intent=Intent.ESCALATE, engineer_notes="For the network team.")
        hand_off_session(self.session_id, asked, by=SAM, at=minute(23))
        return only(events_between(before, self.handoff))

    def correct(self, by: Caller = SAM, *, at: int = 22, **changes: object) -> Event:
        """Somebody corrects what the session says."""
        before = self.handoff
        body = SessionCorrectionRequest.model_validate({"epoch": self.epoch, **changes})
        correct_session(self.session_id, body, by=by, at=minute(at))
        return only(events_between(before, self.handoff))

    def assign(self, owner_id: int | None, *, at: int = 1) -> None:
        """A dispatcher gives the ticket to somebody, or to nobody, which the session learns at minute `at`."""
        self.ticket.owner_id = owner_id
        integration, session = integrations.load(ACME, INTEGRATION_ID), sessions.load(ACME, self.session_id)
        found = psa_of(integration).read_ticket(session.psa_ticket_id or "")
        apply_ticket(integration, session, found, at=minute(at))

    def merge_into(self, ticket: Ticket, *, at: int) -> None:
        """A dispatcher merges the ticket into another one, which the session learns at minute `at`."""
        self.ticket.merged_into = ticket.id
        integration, session = integrations.load(ACME, INTEGRATION_ID), sessions.load(ACME, self.session_id)
        follow_merge(integration, session, psa_of(integration).read_ticket(self.shown_id), at=minute(at))

    def undo(self, by: Caller = SAM) -> None:
        """Sam puts back at once what he picked up."""
        soon = minute(20) + timedelta(seconds=5)
        undo_claim(self.session_id, self.handoff_id, by=by, clock=lambda: soon)

    def resolve(self, resolution: str = "The clock was wrong.", *, by: Caller = SAM, at: int = 25) -> Event:
        """Sam resolves it."""
        before, asked = self.handoff, ResolveRequest(resolution=resolution, epoch=self.epoch)
        resolve_session(self.session_id, asked, by=by, at=minute(at))
        return only(events_between(before, self.handoff))

    def reopen(self, reason: str = "It is back.", *, by: Caller = SAM, at: int = 26) -> Event:
        """Somebody reopens it."""
        before, asked = self.handoff, ReopenRequest(reason=reason, epoch=self.epoch)
        reopen_session(self.session_id, asked, by=by, at=minute(at))
        return only(events_between(before, self.handoff))

    def resolve_alone(self, *, by: Caller = JANE, at: int = 25, resolution: str = "A new cable.") -> None:
        """Who holds the session resolves it, without a handoff."""
        asked = ResolveRequest(resolution=resolution, epoch=self.epoch)
        resolve_session(self.session_id, asked, by=by, at=minute(at))

    def reopen_alone(self, reason: str = "It is back.", *, by: Caller = JANE, at: int = 26) -> Event:
        """Somebody reopens the session, which was never handed off."""
        asked = ReopenRequest(reason=reason, epoch=self.epoch)
        session = reopen_session(self.session_id, asked, by=by, at=minute(at))
        turn = turns.find(ACME, self.session_id, session.turn_count)
        assert isinstance(turn, NoteTurn)
        event = event_of_note(turn, session)
        assert event is not None
        return event

    def told_by_own_notes(self) -> Event:
        """What the stream tells of the last change of the session's own ticket notes."""
        [image] = [row for row in contents()["turns"] if row["kind"]["S"] == session_ticket_notes.KIND]
        _, _, change = session_ticket_notes.change_in(image)
        event = event_of_change(change, sessions.load(ACME, self.session_id))
        assert event is not None
        return event

    def push(self, event: Event, *, is_last: bool = False, after_s: float = 0) -> PushResult:
        """Do as the queue's function does with the event, some seconds later."""
        self.now += timedelta(seconds=after_s)
        return push_to_ticket(event, is_last=is_last, lease_s=LEASE_S, clock=self.clock)

    def fail_notes(self, kind: str, **more: object) -> None:
        """Have the sandbox fail requests that read or write notes."""
        self.server.sandbox.faults.switch_on(PsaFault.model_validate({"kind": kind, "only_notes": True, **more}))

    def stop_failing(self) -> None:
        """Have the sandbox answer again."""
        self.server.sandbox.faults.switch_off()

    def clock(self) -> datetime:
        """What time it is."""
        return self.now


def link(server: PsaSandbox, system: str, **changes: object) -> None:
    """Link acme to one of the sandbox's systems."""
    integration = an_integration(server, system, secret_version=SECRET_VERSION, **changes)
    integration_secrets.write(ACME, integration.id, SECRETS[system], SECRET_VERSION)
    assert integrations.save(integration, None)


def map_to(**changes: object) -> None:
    """Change how the integration maps status or owners."""
    found = integrations.load(ACME, INTEGRATION_ID)
    mapping = found.ticket_mapping.model_copy(update=changes)
    assert integrations.save(found.model_copy(update={"ticket_mapping": mapping, "version": 2}), found)


@contextmanager
def another_ticket(server: PsaSandbox, system: str, title: str) -> Iterator[Ticket]:
    """Open another ticket, and delete it in the end: the sandbox is shared with other tests."""
    store = server.sandbox.store
    ticket = store.open_ticket(system, title)
    try:
        yield ticket
    finally:
        del store.tickets[system][ticket.id]


def owned(ticket: Ticket) -> tuple[str, int | None]:
    """The status and the owner of a ticket."""
    return ticket.status, ticket.owner_id


def forget_process() -> None:
    """Have nothing kept that a fresh process would not have."""
    clients._kept.clear()
    versioned_secrets.forget()


def only(events: list[Event]) -> Event:
    """The one event."""
    assert len(events) == 1
    return events[0]
