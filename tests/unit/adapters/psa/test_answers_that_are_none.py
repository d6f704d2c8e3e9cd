"""A 200 that is no answer, from every system and to every call that changes or looks for something: an outage."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.psa.answers import changed_since, email_in, latest, open_tickets_of, reason_in, row_in, rows_in
from chalicelib.adapters.psa.clients import Psa, connect
from chalicelib.domain.psa import PsaTicket, PsaUnavailable
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.servers.psa_sandbox import SECRETS, SYSTEMS, a_psa_sandbox, an_integration, ticket_of

SINCE = datetime(2026, 11, 29, 9, 0, 0, 500_000, tzinfo=UTC)

CALLS: dict[str, Callable[[Psa, str], object]] = {
    "read_ticket": lambda psa, ticket_id: psa.read_ticket(ticket_id),
    "read_email": lambda psa, _: psa.read_email("14"),
    "list_changed_tickets": lambda psa, _: psa.list_changed_tickets(SINCE),
    "list_open_tickets": lambda psa, _: psa.list_open_tickets("14"),
    "list_owners": lambda psa, _: psa.list_owners(),
    "find_note": lambda psa, ticket_id: psa.find_note(ticket_id, "trace"),
    "add_note": lambda psa, ticket_id: psa.add_note(ticket_id, "Title", "Text"),
    "set_status": lambda psa, ticket_id: psa.set_status(ticket_id, "In Progress"),
    "set_owner": lambda psa, ticket_id: psa.set_owner(ticket_id, "14"),
    "check": lambda psa, _: psa.check(),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_maintenance_page_with_status_200_is_an_outage(system: str, call: str) -> None:
    with a_psa_sandbox() as server:
        psa = connect(an_integration(server, system), SECRETS[system])
        server.sandbox.faults.switch_on(PsaFault(kind="html"))

        with pytest.raises(PsaUnavailable, match="form that is not understood"):
            CALLS[call](psa, str(ticket_of(server, system).id))


@pytest.mark.parametrize("body", [None, "", "x", 7, {}, {"rows": []}, [7], [[]], [None]])
def test_answer_without_a_list_of_rows_is_refused(body: object) -> None:
    with pytest.raises(ValueError, match="no list"):
        rows_in(body)


@pytest.mark.parametrize("body", [None, "", [], {}, {"id": None}, {"id": ""}, [{}], "id"])
def test_row_without_an_id_is_refused(body: object) -> None:
    with pytest.raises(ValueError, match="no row"):
        row_in(body)


def test_person_without_an_address_has_none() -> None:
    assert email_in({"id": 14, "officeEmail": None, "email": "not an address"}) is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"code": "x", "message": "Why"}, "Why"),
        ({"errors": ["Why", "so"]}, "Why so"),
        ({"error": {"inner": {"message": "Why"}}}, "Why"),
        ({"only": "Why"}, "Why"),
        ([{"Message": "Why"}], "Why"),
        ("Why", "Why"),
        ({"a": 1, "b": 2}, ""),
        ({"message": 7}, ""),
        (None, ""),
    ],
)
def test_reason_of_a_refusal_is_found_in_whichever_form(body: object, reason: str) -> None:
    assert reason_in(body) == reason


def ticket(ticket_id: str, at: datetime | None) -> PsaTicket:
    nothing = dict.fromkeys(("status_name", "client", "contact", "priority", "owner_id", "owner_name"))
    given = {"id": ticket_id, "number": ticket_id, "title": "", "status_id": "", "is_closed": False}
    return PsaTicket.model_validate({**nothing, **given, "updated_at": at})


def test_tickets_that_did_not_change_since_are_dropped_and_the_others_come_once_in_order() -> None:
    second = SINCE.replace(microsecond=0)
    found = [
        ticket("later", SINCE + timedelta(minutes=5)),
        ticket("never", None),
        ticket("before", second - timedelta(seconds=1)),
        ticket("same second", second),
        ticket("later", SINCE + timedelta(minutes=5)),
    ]

    assert [one.id for one in changed_since(found, SINCE)] == ["same second", "later"]


def test_tickets_of_others_and_closed_ones_are_dropped_whatever_a_system_answers() -> None:
    theirs = {"owner_id": "14", "owner_login": "SRivera"}
    found = [
        ticket("later", SINCE).model_copy(update=theirs),
        ticket("earlier", None).model_copy(update=theirs),
        ticket("closed", SINCE).model_copy(update={**theirs, "is_closed": True}),
        ticket("nobody's", SINCE),
        ticket("other's", SINCE).model_copy(update={"owner_id": "12"}),
        ticket("later", SINCE).model_copy(update=theirs),
    ]

    assert [[one.id for one in open_tickets_of(found, owner)] for owner in ("14", "srivera", "15")] == [
        ["earlier", "later"],
        ["earlier", "later"],
        [],
    ]


def test_latest_of_times_ignores_none() -> None:
    assert (latest(None, SINCE, None), latest(None)) == (SINCE, None)
