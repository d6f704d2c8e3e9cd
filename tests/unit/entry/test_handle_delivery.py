"""From the webhook through the queue to the session, with the sandbox's three PSAs asked for real."""

from typing import Any

import boto3
import pytest

from chalicelib.adapters.aws import psa_queues
from chalicelib.domain.session import SessionStatus
from chalicelib.entry.psa_deliveries import handle_delivery
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.api.linked_psa import (
    DELIVERY_RECORD,
    LambdaContext,
    LinkedPsa,
    handle_messages,
    on_each_system,
    queued,
)
from tests.support.builders import OLGA, SAM


@on_each_system
def test_assigned_ticket_becomes_a_session_of_its_engineer(psa: LinkedPsa) -> None:
    answer = psa.change(owner_id=14)

    assert (answer.status, handle_messages(queued(psa))) == (202, [])
    session = psa.session_of(SAM)
    assert session is not None
    assert (session.psa_ticket_id, session.integration_id) == (psa.ticket.number, psa.system)


@pytest.mark.parametrize("psa", ["connectwise"], indirect=True)
def test_owner_who_is_named_by_identifier_gets_their_session(psa: LinkedPsa) -> None:
    psa.save(ticket_mapping={"owner_ids": {SAM.email: "srivera"}})

    psa.change(owner_id=14)
    handle_messages(queued(psa))

    assert psa.session_of(SAM) is not None


@on_each_system
def test_closed_ticket_ends_its_session(psa: LinkedPsa) -> None:
    psa.change(owner_id=14)
    handle_messages(queued(psa))

    psa.change(status="Closed")
    handle_messages(queued(psa))

    session = psa.session_of(SAM)
    assert session is not None
    assert session.status is SessionStatus.RESOLVED


@on_each_system
def test_deleted_ticket_is_told_to_its_session(psa: LinkedPsa) -> None:
    psa.change(owner_id=14)
    handle_messages(queued(psa))

    psa.delete()
    handle_messages(queued(psa))

    session = psa.session_of(SAM)
    assert session is not None
    assert session.ticket is not None
    assert session.ticket.status == "deleted"


@on_each_system
def test_same_delivery_a_hundred_times_has_one_effect(psa: LinkedPsa) -> None:
    psa.change(owner_id=14)
    [message] = queued(psa)

    handle_messages([message] * 100)

    session = psa.session_of(SAM)
    assert session is not None
    assert session.turn_count == 0


@on_each_system
def test_webhook_is_accepted_and_queued_while_the_psa_is_down(psa: LinkedPsa) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind="503"))
    answer = psa.change(owner_id=14)

    failed = handle_messages(queued(psa))

    assert (answer.status, failed) == (202, ["0"])
    assert psa.session_of(SAM) is None


@on_each_system
def test_ticket_that_cannot_be_read_now_is_read_after_the_pause_that_the_psa_asks_for(psa: LinkedPsa) -> None:
    psa_queues._client.cache_clear()
    psa_queues._url_of.cache_clear()
    psa.server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=40))
    psa.change(owner_id=14)
    [message] = boto3.client("sqs").receive_message(QueueUrl=psa.bench.queue_url)["Messages"]
    pauses_s: list[int] = []
    events: Any = psa_queues._client().meta.events
    events.register(
        "provide-client-params.sqs.ChangeMessageVisibility",
        lambda params, **_: pauses_s.append(params["VisibilityTimeout"]),
    )
    record = {"messageId": "1", "receiptHandle": message["ReceiptHandle"], "body": message["Body"]}

    handle_delivery({"Records": [{**record, **DELIVERY_RECORD}]}, LambdaContext())

    assert pauses_s == [40]


@pytest.mark.parametrize("psa", ["halopsa"], indirect=True)
def test_delivery_is_not_begun_without_enough_time(psa: LinkedPsa) -> None:
    psa.change(owner_id=14)

    failed = handle_messages(queued(psa), remaining_ms=20_000)

    assert (failed, psa.session_of(SAM)) == (["0"], None)


@pytest.mark.parametrize("psa", ["autotask"], indirect=True)
def test_connection_is_tried_and_trouble_put_in_words(psa: LinkedPsa) -> None:
    fine = psa.bench.api.call("POST", "/integrations/autotask/test", by=OLGA).json
    psa.server.sandbox.faults.switch_on(PsaFault(kind="401"))

    wrong = psa.bench.api.call("POST", "/integrations/autotask/test", by=OLGA).json

    assert (fine["works"], wrong["works"]) == (True, False)
    assert "credentials" in wrong["detail"]
