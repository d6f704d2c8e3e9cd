"""The sandbox's answers have the fields and types of the vendors' own documents, as public clients generated them."""

import json

import pytest

from tests.support.public_clients.isolated import drive, python_of
from tests.support.servers.sandbox_answers import Record, records_of_connectwise, records_of_halopsa

NOT_SO = ("connectwise ticket", {"id": "48213", "closed": True, "board": {"id": 12, "hue": "red"}})


def complaints_about(records: list[Record]) -> list[str]:
    """What the models of the public clients say against them."""
    given: list[str] = drive(python_of("public-clients"), "check_shapes", {"ANSWERS": json.dumps(records)})
    return given


@pytest.mark.parametrize("records", [records_of_connectwise(), records_of_halopsa()], ids=["connectwise", "halopsa"])
def test_answers_of_the_sandbox_are_as_the_vendor_describes_them(records: list[Record]) -> None:
    assert len(records) > 4
    assert complaints_about(records) == []


def test_answer_that_is_not_as_the_vendor_describes_it_is_found() -> None:
    found = complaints_about([NOT_SO])

    assert {said.split(":")[0] for said in found} >= {"connectwise ticket.closed", "connectwise ticket.board.hue"}
