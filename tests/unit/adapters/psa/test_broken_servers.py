"""Whatever answers in a PSA's place, each client says so as a fault of the PSA's."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.psa.clients import Psa, connect
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaFault
from tests.support.builders import ACME, START
from tests.support.servers.broken_servers import INVALID_ANSWERS, a_broken_server
from tests.support.servers.psa_sandbox import SECRETS, SETTINGS, SYSTEMS, mapping_of

YESTERDAY = datetime.now(UTC) - timedelta(days=1)

CALLS: dict[str, Callable[[Psa], object]] = {
    "check": lambda psa: psa.check(),
    "read_ticket": lambda psa: psa.read_ticket("1"),
    "read_email": lambda psa: psa.read_email("1"),
    "list_changed_tickets": lambda psa: psa.list_changed_tickets(YESTERDAY),
    "list_open_tickets": lambda psa: psa.list_open_tickets("1"),
    "list_owners": lambda psa: psa.list_owners(),
    "find_note": lambda psa: psa.find_note("1", "trace"),
    "add_note": lambda psa: psa.add_note("1", "Title", "Text"),
    "set_status": lambda psa: psa.set_status("1", "New"),
    "set_owner": lambda psa: psa.set_owner("1", "1"),
}


def standing_in_for(system: str, url: str) -> Integration:
    return Integration(
        account_id=ACME,
        id="psa",
        name="Our PSA",
        base_url=url,
        settings=SETTINGS[system],
        ticket_mapping=mapping_of(system),
        secret_version="v1",
        secrets_set_at={},
        version=1,
        reconciled_until=START,
        created_at=START,
        updated_at=START,
    )


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("answer", INVALID_ANSWERS, ids=[f"{status} {body[:20]!r}" for status, body in INVALID_ANSWERS])
def test_invalid_answer_is_reported_as_the_psas_fault(answer: tuple[int, bytes], system: str, call: str) -> None:
    with a_broken_server([answer]) as url:
        psa = connect(standing_in_for(system, url), SECRETS[system])

        with suppress(PsaFault):
            CALLS[call](psa)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("answer", INVALID_ANSWERS, ids=[f"{status} {body[:20]!r}" for status, body in INVALID_ANSWERS])
def test_invalid_answer_fails_the_connection_test(answer: tuple[int, bytes], system: str) -> None:
    with a_broken_server([answer]) as url:
        psa = connect(standing_in_for(system, url), SECRETS[system])

        with pytest.raises(PsaFault):
            psa.check()
