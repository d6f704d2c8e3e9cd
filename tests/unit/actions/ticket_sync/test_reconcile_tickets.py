"""The regular look through the tickets of all accounts."""

import pytest

from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets
from chalicelib.store import integrations
from infra.local.psa_sandbox import PsaSandbox
from tests.support.builders import ACME, minute
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
