"""The regular look through the tickets of all accounts."""

import pytest

from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets
from chalicelib.adapters.aws import deliveries_queue
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.turn import Message
from chalicelib.store import integrations, sessions, turns
from infra.local.psa_sandbox import PsaSandbox
from tests.support.builders import ACME, START, minute
from tests.support.dynamodb.faults import cancel
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID, an_integration


def test_those_there_was_no_time_for_are_not_always_the_same(
    sandbox: PsaSandbox, caplog: pytest.LogCaptureFixture
) -> None:
    names = {f"psa-{number}" for number in range(3)}
    for name in names:
        integrations.save(an_integration(sandbox, "connectwise", id=name, secret_version=None), None)

    for _ in range(60):
        time_for_one = iter([True, False, False])
        reconcile_tickets(clock=lambda: minute(30), is_time_left=time_for_one.__next__)

    looked_at = {getattr(record, "integration_id", "") for record in caplog.records}
    assert looked_at - {""} == names


def test_ticket_of_the_far_future_does_not_stop_the_look_until_then(
    case: PsaCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case.ticket, "updated_at", "2099-01-01T00:00:00Z")

    followed = reconcile_tickets(clock=lambda: minute(30), is_time_left=lambda: True)

    assert (followed, integrations.load(ACME, INTEGRATION_ID).reconciled_until) == (1, minute(30))


def test_look_takes_nothing_for_gone_that_a_list_of_tickets_does_not_tell(case: PsaCase) -> None:
    known = sessions.load(ACME, case.session_id).ticket
    case.server.sandbox.change(case.system, case.ticket.id, status="In Progress", is_told=False)

    reconcile_tickets(clock=lambda: minute(30), is_time_left=lambda: True)

    found = sessions.load(ACME, case.session_id)
    assert known is not None
    assert found.ticket is not None
    assert found.ticket.say_the_same_as(known.model_copy(update={"status": found.ticket.status}))
    turn = turns.find(ACME, case.session_id, found.turn_count)
    assert isinstance(turn, Message)
    assert turn.text.endswith(": status is now In Progress, was New.")


@pytest.fixture
def busy(case: PsaCase, recorder: Recorder) -> PsaCase:
    """A case whose ticket has changed, and whose session somebody else changes each time it is written."""
    case.server.sandbox.change(case.system, case.ticket.id, status="In Progress", is_told=False)
    recorder.tamper("TransactWriteItems", *[cancel("ConditionalCheckFailed", "None", "None")] * ATTEMPTS)
    return case


def test_ticket_that_cannot_be_followed_now_is_queued(busy: PsaCase, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[DeliveryMessage] = []
    monkeypatch.setattr(deliveries_queue, "put", queued.extend)

    reconcile_tickets(clock=lambda: minute(30), is_time_left=lambda: True)

    assert [message.delivery.ticket_id for message in queued] == [str(busy.ticket.id)]
    assert integrations.load(ACME, INTEGRATION_ID).reconciled_until == minute(30)


@pytest.mark.usefixtures("busy")
def test_ticket_that_can_be_neither_followed_nor_queued_is_found_by_the_next_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def takes_nothing(_: object) -> None:
        raise Unavailable("The queue takes nothing right now.", retry_after_s=5)

    monkeypatch.setattr(deliveries_queue, "put", takes_nothing)

    reconcile_tickets(clock=lambda: minute(30), is_time_left=lambda: True)

    assert integrations.load(ACME, INTEGRATION_ID).reconciled_until == START
