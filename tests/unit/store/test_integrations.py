import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.integration import Integration, IntegrationFailure, IntegrationPart
from chalicelib.store import integration_failures, integrations, webhook_deliveries
from chalicelib.store.keys import delivery_mark
from tests.support.builders import ACME, START, an_event, minute
from tests.support.dynamodb.faults import conflict, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import PSA, WITH_API


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


def renamed(loaded: Integration, **changes: object) -> Integration:
    return loaded.model_copy(update={"name": "Renamed", "version": loaded.version + 1, **changes})


@pytest.mark.parametrize("part", list(IntegrationPart))
def test_failure_that_begins_while_it_is_saved_stays(tables: None, part: IntegrationPart) -> None:
    integrations.save(WITH_API, None)
    loaded = integrations.load(ACME, PSA.id)
    failure = IntegrationFailure(since=minute(1), reason="The keys are wrong.")
    integration_failures.begin(loaded, part, failure, an_event())

    assert integrations.save(renamed(loaded), loaded)

    saved = integrations.load(ACME, PSA.id)
    kept = {IntegrationPart.ACCESS: saved.access_failure, IntegrationPart.WEBHOOK: saved.webhook_failure}
    assert (saved.name, kept[part]) == ("Renamed", failure)


def test_failure_that_ends_while_it_is_saved_does_not_come_back(tables: None) -> None:
    failure = IntegrationFailure(since=minute(1), reason="The keys are wrong.")
    integrations.save(WITH_API.model_copy(update={"access_failure": failure}), None)
    loaded = integrations.load(ACME, PSA.id)
    integration_failures.end(loaded, IntegrationPart.ACCESS, failure, an_event())

    assert integrations.save(renamed(loaded), loaded)

    assert integrations.load(ACME, PSA.id).access_failure is None


def test_rate_limit_and_reconciliation_of_the_meantime_stay(tables: None) -> None:
    integrations.save(WITH_API, None)
    loaded = integrations.load(ACME, PSA.id)
    integrations.set_rate_limit(loaded, minute(9))
    integrations.mark_reconciled(loaded, minute(8))

    assert integrations.save(renamed(loaded), loaded)

    saved = integrations.load(ACME, PSA.id)
    assert (saved.rate_limited_until, saved.reconciled_until) == (minute(9), minute(8))


def test_rate_limit_of_the_meantime_does_not_hold_at_another_address(tables: None) -> None:
    integrations.save(WITH_API, None)
    loaded = integrations.load(ACME, PSA.id)
    integrations.set_rate_limit(loaded, minute(9))

    assert integrations.save(renamed(loaded, base_url="https://other.example"), loaded)

    assert integrations.load(ACME, PSA.id).rate_limited_until is None


def test_what_was_loaded_does_not_change_an_integration_that_has_its_id_again(tables: None) -> None:
    integrations.save(WITH_API, None)
    loaded = integrations.load(ACME, PSA.id)
    integrations.delete(ACME, PSA.id)
    again = WITH_API.model_copy(update={"created_at": minute(5), "name": "Another"})
    integrations.save(again, None)

    is_saved = integrations.save(renamed(loaded), loaded)
    integrations.set_rate_limit(loaded, minute(9))

    assert (is_saved, integrations.load(ACME, PSA.id)) == (False, again)


def test_address_and_secret_can_be_taken_away(tables: None) -> None:
    integrations.save(WITH_API.model_copy(update={"secret_version": "v1"}), None)
    loaded = integrations.load(ACME, PSA.id)
    now = renamed(loaded, base_url=None, secret_version=None, updated_at=minute(3))

    assert integrations.save(now, loaded)

    assert integrations.load(ACME, PSA.id) == now
