"""What the post office finds of SMS on the emulator, whose answer is as MiniStack 1.5.33 gives it."""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.post_office.mailbox import Mailbox
from infra.local.post_office.sms_service import PATH, SmsService
from tests.support.servers.scripted_server import ScriptedServer, a_scripted_server

CALL = f"GET {PATH}"
NUMBER = "+12025550123"


def sent(message_id: str, text: str = "FlowPilot: 123456 is your code.") -> dict[str, Any]:
    kind = {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}}
    return {"PhoneNumber": NUMBER, "MessageId": message_id, "Message": text, "MessageAttributes": kind}


@pytest.fixture
def emulator() -> Iterator[ScriptedServer]:
    with a_scripted_server({CALL: {"sms_messages": {NUMBER: [sent("1")]}, "region": "us-east-1"}}) as server:
        yield server


def test_each_message_is_listed_once_as_its_reader_sees_it(emulator: ScriptedServer) -> None:
    mailbox = Mailbox()
    mailbox.collect = SmsService(emulator.url, mailbox).collect

    mailbox.since("")
    emulator.answers[CALL] = {"sms_messages": {NUMBER: [sent("1"), sent("2", "Second")]}}
    found = mailbox.since("")

    assert [(one["kind"], one["to"], one["text"]) for one in found] == [
        ("sms", NUMBER, "FlowPilot: 123456 is your code."),
        ("sms", NUMBER, "Second"),
    ]
    assert found[0]["headers"] == {"AWS.SNS.SMS.SMSType": "Transactional"}


def test_emulator_that_lists_none_or_does_not_answer_is_no_error(emulator: ScriptedServer) -> None:
    mailbox = Mailbox()
    emulator.answers.clear()

    SmsService(emulator.url, mailbox).collect()
    SmsService("http://127.0.0.1:9", mailbox).collect()

    assert not mailbox.messages
