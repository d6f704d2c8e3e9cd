"""The ticket of a session that was resolved without a handoff is told of its reopening as that of any other is."""

import boto3
import pytest

from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.adapters.aws import deliveries_queue
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations, waiting_notes
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import ACME, SAM
from tests.support.environment import configured
from tests.support.scenarios.actions import hand_off
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID


@pytest.fixture
def resolved(case: PsaCase) -> PsaCase:
    """A case that Jane resolved by herself; its ticket was closed there."""
    case.resolve_alone()
    case.ticket.status, case.ticket.owner_id = CLOSED, 12
    return case


def test_reopening_writes_a_note_with_the_reason_and_sets_status_and_owner(resolved: PsaCase) -> None:
    outcome = resolved.push(resolved.reopen_alone("Mail stops again; the password is Winter-2024!", by=SAM))

    assert outcome is PushResult.SENT
    assert (resolved.ticket.status, resolved.ticket.owner_id) == ("In Progress", 14)
    [note] = resolved.notes
    assert "Reopened by Sam" in note.text
    assert "Mail stops again" in note.text
    assert "Winter-2024!" not in note.text
    assert note.is_internal


def test_each_reopening_is_told_with_its_own_reason_and_once(resolved: PsaCase) -> None:
    first = resolved.reopen_alone("It is back.")
    resolved.push(first)
    resolved.resolve_alone(at=27)
    again = resolved.reopen_alone("And once more.", at=28)

    for event in (again, again, first):
        resolved.push(event)

    assert ["once more" in note.text for note in resolved.notes] == [False, True]


def test_session_resolved_again_before_the_ticket_was_told_stays_as_it_is_there(resolved: PsaCase) -> None:
    event = resolved.reopen_alone(by=SAM)
    resolved.resolve_alone(by=SAM, at=27)

    resolved.push(event)

    assert (resolved.ticket.status, resolved.ticket.owner_id) == (CLOSED, 12)


def test_session_handed_off_since_is_told_of_by_its_handoff(resolved: PsaCase) -> None:
    event = resolved.reopen_alone(by=SAM)
    hand_off(resolved.session_id, by=SAM, epoch=resolved.epoch, at_minute=27)

    assert resolved.push(event) is PushResult.NOT_NEEDED
    assert (resolved.notes, resolved.ticket.status) == ([], CLOSED)


def test_answer_that_was_lost_makes_no_second_note(resolved: PsaCase) -> None:
    event = resolved.reopen_alone()
    resolved.fail_notes("drop_after_accept")
    with pytest.raises(PsaUnavailable):
        resolved.push(event)
    resolved.stop_failing()

    resolved.push(event)

    assert (len(resolved.notes), resolved.ticket.status) == (1, "In Progress")


def test_refused_note_sets_nothing_and_is_not_tried_again(resolved: PsaCase) -> None:
    event = resolved.reopen_alone()
    resolved.fail_notes("400")

    assert resolved.push(event) is PushResult.FAILED
    assert (resolved.notes, resolved.ticket.status) == ([], CLOSED)


def test_note_waits_for_an_integration_that_refuses_every_call(resolved: PsaCase) -> None:
    event = resolved.reopen_alone()
    resolved.server.sandbox.faults.switch_on(PsaFault(kind="401"))

    outcome = resolved.push(event)

    assert outcome is PushResult.WAITING
    assert waiting_notes.list_events(ACME, INTEGRATION_ID) == [event]
    waiting_notes.remove(INTEGRATION_ID, event)
    assert waiting_notes.count(ACME, INTEGRATION_ID) == 0


def test_note_whose_tries_are_over_is_counted_as_given_up(
    resolved: PsaCase, capsys: pytest.CaptureFixture[str]
) -> None:
    event = resolved.reopen_alone()

    mark_notes_failed(event, at=resolved.clock())

    assert '"Outcome":"given_up"' in capsys.readouterr().out


def test_session_whose_ticket_system_is_gone_tells_nobody(resolved: PsaCase) -> None:
    event = resolved.reopen_alone()
    integrations.delete(ACME, INTEGRATION_ID)

    assert resolved.push(event) is PushResult.NOT_NEEDED


def test_ticket_is_read_again_after_it_was_opened_here(resolved: PsaCase) -> None:
    queue_url = boto3.client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
    deliveries_queue._client.cache_clear()
    with configured(PSA_DELIVERIES_QUEUE_URL=queue_url):
        resolved.push(resolved.reopen_alone())

    [message] = boto3.client("sqs").receive_message(QueueUrl=queue_url)["Messages"]
    assert DeliveryMessage.model_validate_json(message["Body"]).delivery.ticket_id == resolved.shown_id
