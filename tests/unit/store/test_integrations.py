import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.store import integrations, webhook_deliveries
from chalicelib.store.keys import delivery_mark
from tests.support.builders import ACME, START
from tests.support.dynamodb.faults import conflict, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import PSA


def test_mark_of_a_delivery_is_no_integration(tables: None) -> None:
    webhook_deliveries.mark(ACME, "psa", "id:1", START)

    with pytest.raises(NotFound):
        integrations.load(ACME, delivery_mark("psa", "id:1"))


def test_integration_that_is_there_is_not_taken_off_the_list(tables: None) -> None:
    integrations.save(PSA, None)

    integrations.unlist(ACME, PSA.id)

    assert integrations.list_everywhere() == [(ACME, PSA.id)]


def test_integration_saved_while_the_list_is_tidied_is_listed(recorder: Recorder) -> None:
    tidied = meanwhile(lambda: integrations.unlist(ACME, PSA.id))
    recorder.tamper("TransactWriteItems", tidied)

    assert integrations.save(PSA, None)

    assert integrations.list_everywhere() == [(ACME, PSA.id)]


def test_deleted_integration_is_not_listed(tables: None) -> None:
    integrations.save(PSA, None)

    integrations.delete(ACME, PSA.id)

    assert (integrations.find(ACME, PSA.id), integrations.list_everywhere()) == (None, [])


def test_deletion_that_runs_into_a_transaction_is_made_again(recorder: Recorder) -> None:
    integrations.save(PSA, None)
    recorder.tamper("TransactWriteItems", conflict("TransactWriteItems"))

    integrations.delete(ACME, PSA.id)

    assert integrations.find(ACME, PSA.id) is None
