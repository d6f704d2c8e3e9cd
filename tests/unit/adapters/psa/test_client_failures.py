"""The three clients against the sandbox: what each makes of its own system's failures."""

import pytest

from chalicelib.adapters.psa import http_client
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused, PsaUnavailable
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.servers.psa_sandbox import (
    client_of,
    each_system,
    ticket_of,
)


@pytest.mark.parametrize(
    ("system", "secrets"),
    [
        ("connectwise", {"private_key": "wrong"}),
        ("autotask", {"api_secret": "wrong"}),
        ("halopsa", {"client_secret": "wrong"}),
    ],
)
def test_wrong_credentials_are_named_for_what_they_are(
    server: PsaSandbox, system: str, secrets: dict[str, str]
) -> None:
    with pytest.raises(PsaRefused, match=r"does not accept the (credentials|client id or secret)"):
        client_of(server, system, **secrets).check()


@each_system
@pytest.mark.parametrize("status", ["400", "403", "404", "409"])
def test_permanent_failure_is_refused_without_a_retry(server: PsaSandbox, system: str, status: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind=status, only_notes=True))

    with pytest.raises(PsaRefused, match=status):
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")


@each_system
@pytest.mark.parametrize("kind", ["429", "500", "503", "drop", "html"])
def test_transient_failure_is_reported_as_unavailable(server: PsaSandbox, system: str, kind: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind=kind, only_notes=True))

    with pytest.raises(PsaUnavailable):
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")


@each_system
def test_pause_that_is_asked_for_is_passed_on(server: PsaSandbox, system: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=30, only_notes=True))

    with pytest.raises(PsaUnavailable) as refusal:
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")

    assert refusal.value.retry_after_s == 30


def test_autotasks_500_with_errors_is_a_refusal_in_its_own_words(server: PsaSandbox) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="errors", only_notes=True))

    with pytest.raises(PsaRefused, match="forbids notes of this type"):
        client_of(server, "autotask").add_note(str(ticket_of(server, "autotask").id), "Handed off", "Out of ideas.")


@pytest.mark.parametrize("status", ["400", "401", "403", "404", "405"])
def test_halo_login_that_is_refused_is_no_fault_of_a_ticket(server: PsaSandbox, status: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind=status, system="halopsa"))

    with pytest.raises(PsaAccessRefused, match=status):
        client_of(server, "halopsa").read_ticket(str(ticket_of(server, "halopsa").id))


@each_system
def test_redirect_is_not_followed(server: PsaSandbox, system: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="redirect"))

    with pytest.raises(PsaRefused, match="redirect"):
        client_of(server, system).check()


@each_system
@pytest.mark.parametrize("ticket_id", ["../companies/1", "48213/../1", "-1", "٤٧", "x"])
def test_ticket_id_cannot_lead_elsewhere(server: PsaSandbox, system: str, ticket_id: str) -> None:
    with pytest.raises(PsaRefused):
        client_of(server, system).read_ticket(ticket_id)


def test_revoked_token_is_requested_again(server: PsaSandbox) -> None:
    client = client_of(server, "halopsa")
    client.check()
    server.sandbox.faults.switch_on(PsaFault(kind="401", count=1))

    client.check()

    assert [request.path for _, request in server.sandbox.received].count("/auth/token") == 2


@each_system
def test_slow_psa_is_not_waited_for(server: PsaSandbox, system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TIME_LIMIT_S", 0.2)
    server.sandbox.faults.switch_on(PsaFault(kind="slow", delay_s=1))

    with pytest.raises(PsaUnavailable, match="did not answer"):
        client_of(server, system).check()


def test_quoted_psa_answer_is_cut_and_masked() -> None:
    said = http_client.quoted("password: Sommer-2024! " + "word " * 100)

    assert "Sommer" not in said
    assert len(said) == http_client.LONGEST_QUOTE


def test_quoted_psa_answer_is_made_of_its_beginning_alone() -> None:
    page = "password: Sommer-2024! " + "word " * http_client.LONGEST_MASKED + "password: Winter-2025!"

    said = http_client.quoted(page)

    assert said.startswith("password: [masked: password] word")
