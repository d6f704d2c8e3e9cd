from chalicelib.store import ticket_links
from tests.support.builders import ACME, a_session
from tests.support.dynamodb.recorder import Recorder

MANY = 120


def link(number: int, ticket_id: str = "4711") -> str:
    """Link a session of that number to the ticket; return its id."""
    session = a_session(id=f"session-{number:04}", psa_ticket_id=ticket_id, integration_id="psa")
    ticket_links.add(session)
    return session.id


def test_sessions_of_a_ticket_are_all_listed_however_many(tables: None) -> None:
    linked = [link(number) for number in range(MANY)]

    assert ticket_links.list_sessions(ACME, "psa", "4711") == linked


def test_sessions_of_a_ticket_go_on_where_an_answer_of_dynamodb_ends(tables: None, recorder: Recorder) -> None:
    linked = [link(number, "4711" * 250) for number in range(1100)]  # a query answers with 1 MB at most
    recorder.forget()

    found = ticket_links.list_sessions(ACME, "psa", "4711" * 250)

    assert (found, len(recorder.exchanges)) == (linked, 2)


def test_ticket_link_yields_its_session_alone(tables: None, recorder: Recorder) -> None:
    link(1)
    recorder.forget()

    ticket_links.list_sessions(ACME, "psa", "4711")

    assert [set(item) for exchange in recorder.exchanges for item in exchange.answered["Items"]] == [{"session_id"}]


def test_sessions_of_a_ticket_with_a_longer_id_are_not_among_them(tables: None) -> None:
    link(1, "47110")

    assert ticket_links.list_sessions(ACME, "psa", "4711") == []
