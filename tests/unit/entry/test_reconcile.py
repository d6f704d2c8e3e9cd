"""Tickets whose webhooks were lost or refused are found by the regular look at each PSA."""

import pytest

from chalicelib.entry.schedules import reconcile
from chalicelib.store import integrations
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.api.linked_psa import LambdaContext, LinkedPsa, handle_messages, on_each_system, queued
from tests.support.builders import ACME, OLGA, SAM


def look() -> int:
    names = ("version", "account", "region", "detail", "detail-type", "source", "time", "id", "resources")
    return int(reconcile(dict.fromkeys(names, ""), LambdaContext())["followed"])


@on_each_system
@pytest.mark.parametrize("refusal", ["403", "404"])
def test_ticket_that_is_not_shown_waits_in_no_queue_and_is_found_once_it_is(psa: LinkedPsa, refusal: str) -> None:
    look()  # it lets us in, and then shows no ticket
    psa.server.sandbox.faults.switch_on(PsaFault(kind=refusal))
    psa.change(owner_id=14)

    failed = handle_messages(queued(psa))
    seen, looked = psa.session_of(SAM), look()
    psa.server.sandbox.faults.switch_off()
    look()

    assert (failed, seen, looked) == ([], None, 0)
    assert psa.session_of(SAM) is not None


@on_each_system
def test_ticket_of_a_psa_that_let_nobody_in_is_found_after_a_connection_test(psa: LinkedPsa) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind="401"))
    psa.change(owner_id=14)
    failed = handle_messages(queued(psa))
    psa.server.sandbox.faults.switch_off()
    looked = look()

    answer = psa.bench.api.call("POST", f"/integrations/{psa.system}/test", by=OLGA)

    assert (failed, looked, answer.json["works"]) == ([], 0, True)
    look()
    assert psa.session_of(SAM) is not None


@on_each_system
def test_lost_webhook_is_found_by_reconciliation(psa: LinkedPsa) -> None:
    psa.server.sandbox.change(psa.system, psa.ticket.id, owner_id=14)

    look()

    assert psa.session_of(SAM) is not None


@on_each_system
def test_second_look_finds_nothing_new_and_tells_nothing_twice(psa: LinkedPsa) -> None:
    psa.server.sandbox.change(psa.system, psa.ticket.id, owner_id=14)
    look()
    before = psa.session_of(SAM)

    look()

    assert psa.session_of(SAM) == before


@on_each_system
def test_psa_that_is_down_is_looked_at_again_from_the_same_time(psa: LinkedPsa) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind="503"))
    before = integrations.load(ACME, psa.system).reconciled_until

    look()

    assert integrations.load(ACME, psa.system).reconciled_until == before


@pytest.mark.parametrize("psa", ["halopsa"], indirect=True)
def test_listed_integration_that_is_gone_is_taken_off_the_list(psa: LinkedPsa) -> None:
    psa.bench.api.call("DELETE", "/integrations/halopsa", by=OLGA)

    assert (look(), integrations.list_everywhere()) == (0, [])
