"""Talking to the assistant, on the deployed stack."""

from infra.local.api import Api, Json
from infra.local.rehearsal_model.faults import Fault
from tests.support.scenarios.http import a_session, say
from tests.support.stack.rehearsal_switch import RehearsalSwitch


def turns_of(by: Api, session: Json) -> list[Json]:
    turns: list[Json] = by.get(f"/sessions/{session['id']}/turns")["items"]
    return turns


def test_reply_becomes_a_turn_after_the_message(jane: Api) -> None:
    session = a_session(jane)

    exchange = say(jane, session)

    assert turns_of(jane, session) == [exchange["message"], exchange["reply"]]


def test_message_is_kept_when_the_assistant_is_overloaded(jane: Api, rehearsal: RehearsalSwitch) -> None:
    session = a_session(jane)
    with rehearsal.showing(Fault(kind="529")):
        exchange = say(jane, session)

    assert (exchange["reply_status"], exchange["reply_error"]) == ("unavailable", "overloaded")
    assert turns_of(jane, session) == [exchange["message"]]


def test_same_message_sent_again_gets_its_reply_and_is_kept_once(jane: Api, rehearsal: RehearsalSwitch) -> None:
    session = a_session(jane)
    with rehearsal.showing(Fault(kind="500")):
        first = say(jane, session, key="once")

    second = say(jane, session, key="once")

    assert second["message"] == first["message"]
    assert turns_of(jane, session) == [second["message"], second["reply"]]
