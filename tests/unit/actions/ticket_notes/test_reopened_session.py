"""The ticket of a session that is reopened gets a note, and the status and owner of a claim."""

import boto3
import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.adapters.aws import deliveries_queue
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import JANE, SAM
from tests.support.environment import configured
from tests.support.scenarios.actions import hand_off
from tests.support.scenarios.psa import PsaCase, map_to

REFUSED = "No such status"


@pytest.fixture
def resolved(case: PsaCase) -> PsaCase:
    """A case that Sam claimed and resolved; the ticket was told, closed, and given to somebody else."""
    for event in (case.hand_off(), case.claim(), case.resolve()):
        case.push(event)
    case.ticket.owner_id = 12
    return case


def test_reopening_writes_a_note_and_sets_status_and_owner(resolved: PsaCase) -> None:
    outcome = resolved.push(resolved.reopen("Mail stops again; the password is Winter-2024!"))

    assert outcome is PushResult.SENT
    assert (resolved.ticket.status, resolved.ticket.owner_id) == ("In Progress", 14)
    note = resolved.notes[-1]
    assert "Reopened by Sam" in note.text
    assert "Mail stops again" in note.text
    assert "Winter-2024!" not in note.text
    assert note.is_internal


def test_reopening_by_somebody_without_an_owner_there_sets_the_status_alone(resolved: PsaCase) -> None:
    resolved.push(resolved.reopen(by=JANE))

    assert (resolved.ticket.status, resolved.ticket.owner_id) == ("In Progress", 12)


def test_reopening_told_again_writes_nothing(resolved: PsaCase) -> None:
    event = resolved.reopen()

    outcomes = [resolved.push(event), resolved.push(event)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert len(resolved.notes) == 4


def test_session_resolved_again_closes_its_ticket_again(resolved: PsaCase) -> None:
    resolved.push(resolved.reopen(by=JANE))

    resolved.push(resolved.resolve("A new certificate.", by=JANE, at=28))

    assert resolved.ticket.status == CLOSED
    assert "A new certificate." in resolved.notes[-1].text


def test_each_reopening_is_told_with_its_own_reason(resolved: PsaCase) -> None:
    resolved.push(resolved.reopen("It is back."))
    resolved.push(resolved.resolve(at=28))

    resolved.push(resolved.reopen("And once more.", at=29))

    assert ["Reopened" in note.text for note in resolved.notes] == [False, False, False, True, False, True]
    assert "And once more." in resolved.notes[-1].text
    assert resolved.ticket.status == "In Progress"


def test_session_resolved_again_before_the_ticket_was_told_stays_closed_there(resolved: PsaCase) -> None:
    reopened, ended = resolved.reopen(), resolved.resolve(at=28)

    resolved.push(ended)
    resolved.push(reopened)

    assert (resolved.ticket.status, resolved.ticket.owner_id) == (CLOSED, 12)


def test_late_resolution_does_not_close_the_ticket_of_a_reopened_session(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.push(case.claim())
    resolution, reopening = case.resolve(), case.reopen()

    case.push(reopening)
    case.push(resolution)

    assert case.ticket.status == "In Progress"
    assert [word in note.text for word, note in zip(("Resolved", "Reopened"), case.notes[2:], strict=False)]


def test_session_handed_off_again_leaves_status_and_owner(resolved: PsaCase) -> None:
    event = resolved.reopen()
    hand_off(resolved.session_id, by=SAM, epoch=resolved.epoch, at_minute=27)

    resolved.push(event)

    assert (resolved.ticket.status, resolved.ticket.owner_id) == (CLOSED, 12)


def test_refused_status_is_shown_and_the_owner_set_all_the_same(resolved: PsaCase) -> None:
    map_to(status_on_claim=REFUSED)

    outcome = resolved.push(resolved.reopen())

    error = resolved.handoff.ticket_notes.error or ""
    assert outcome is PushResult.FAILED
    assert resolved.ticket.owner_id == 14
    assert "not the ticket's status" in error
    assert "not the ticket's owner" not in error


def test_refused_owner_is_shown_and_the_status_set_all_the_same(resolved: PsaCase) -> None:
    map_to(owner_ids={SAM.email: "4711"})

    outcome = resolved.push(resolved.reopen())

    error = resolved.handoff.ticket_notes.error or ""
    assert outcome is PushResult.FAILED
    assert (resolved.ticket.status, resolved.ticket.owner_id) == ("In Progress", 12)
    assert "not the ticket's owner" in error


def test_rate_limit_delays_the_note_and_its_status(resolved: PsaCase) -> None:
    event = resolved.reopen()
    resolved.server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=30, count=1))
    with pytest.raises(PsaUnavailable) as refusal:
        resolved.push(event)
    told_before = len(resolved.notes)

    outcome = resolved.push(event, after_s=31)

    assert (refusal.value.retry_after_s, told_before, outcome) == (30, 3, PushResult.SENT)
    assert (resolved.ticket.status, len(resolved.notes)) == ("In Progress", 4)
    assert resolved.handoff.ticket_notes.status is TicketNotesStatus.SENT


def test_ticket_is_read_again_when_it_was_closed_or_opened_here(case: PsaCase) -> None:
    queue_url = boto3.client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
    deliveries_queue._client.cache_clear()
    read = []

    with configured(PSA_DELIVERIES_QUEUE_URL=queue_url):
        for event in (case.hand_off(), case.claim(), case.resolve(), case.reopen()):
            case.push(event)
            read.append(tickets_in(queue_url))

    assert read == [[], [], [case.shown_id], [case.shown_id]]


def tickets_in(queue_url: str) -> list[str]:
    """Take the names of the tickets to be read out of the queue."""
    sqs = boto3.client("sqs")
    found = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", [])
    for message in found:
        sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
    return [DeliveryMessage.model_validate_json(message["Body"]).delivery.ticket_id for message in found]


def test_answer_that_was_lost_makes_no_second_note(resolved: PsaCase) -> None:
    event = resolved.reopen()
    resolved.fail_notes("drop_after_accept")
    with pytest.raises(PsaUnavailable):
        resolved.push(event)
    resolved.stop_failing()

    resolved.push(event)

    assert (len(resolved.notes), resolved.ticket.status) == (4, "In Progress")
