"""What each change of an open or resolved case costs: requests and write units, the same however long the session is.

The removal of a person is held here too.

`docs/data-model.md` names the same numbers; `tests/architecture/test_data_model.py` compares them.
"""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from chalicelib.actions.people.remove_engineer import remove_engineer
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import engineers, policies
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_units import counted
from tests.support.scenarios import open_handoffs, session_texts
from tests.support.scenarios.actions import claim, hand_off, resolve, worked_case
from tests.support.scenarios.preconditions import a_device, a_phone

READ, LOAD = "GetItem", "Query"


class Operation(NamedTuple):
    """A change, what comes before it, and what it asks of the database and costs."""

    prepare: Callable[[HandoffDetail], object]
    act: Callable[[HandoffDetail], object]
    requests: list[str]
    units: int


def picked_up(handoff: HandoffDetail) -> None:
    """Sam has claimed it, and the clock's next run has planned it."""
    claim(handoff, SAM)
    open_handoffs.deal_with(handoff, 20)


def waits(handoff: HandoffDetail) -> None:
    """Nothing has happened since the hand off."""


def directed(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    open_handoffs.reassign(handoff, 21)


def ended(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id, SAM, epoch=3)


def reachable(_: HandoffDetail) -> None:
    """Alex has a number and a device."""
    a_phone(ALEX)
    a_device(ALEX)


OPERATIONS = {
    "keep a claim": Operation(picked_up, lambda case: open_handoffs.keep(case, 25), [READ, "UpdateItem"], 1),
    "say what one waits for": Operation(
        picked_up, lambda case: open_handoffs.wait(case, 25, 600), [READ, "UpdateItem"], 1
    ),
    "give another priority": Operation(
        waits, lambda case: open_handoffs.prioritize(case, Priority.URGENT, 12), [READ, "UpdateItem"], 5
    ),
    "decline without a word": Operation(
        directed, lambda case: open_handoffs.decline(case, 25, by=ALEX), [READ, "TransactWriteItems"], 5
    ),
    "decline with a reason": Operation(
        directed,
        lambda case: open_handoffs.decline(case, 25, by=ALEX, reason="I am on leave."),
        [READ, LOAD, "TransactWriteItems"],
        9,
    ),
    "reassign with a note": Operation(
        picked_up, lambda case: open_handoffs.reassign(case, 25), [READ, READ, LOAD, "TransactWriteItems"], 10
    ),
    "reopen": Operation(
        ended, lambda case: session_texts.reopen(case.session_id, 60, SAM, 3), [LOAD, "TransactWriteItems"], 12
    ),
    "a note to a colleague": Operation(
        picked_up, lambda case: session_texts.leave_note(case.session_id, 25, JANE), [LOAD, "TransactWriteItems"], 8
    ),
    "remove a person": Operation(
        reachable,
        lambda _: remove_engineer(ALEX.id, by=OLGA, at=minute(25)),
        [READ, "TransactWriteItems", LOAD],
        4,
    ),
}


def prepared(operation: Operation, steps: int) -> HandoffDetail:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)
    policies.find(ACME)
    handoff = hand_off(worked_case(steps).id)
    operation.prepare(handoff)
    return handoff


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("steps", [3, 60])
def test_operation_costs_the_same_after_few_steps_and_many(tables: None, name: str, steps: int) -> None:
    operation = OPERATIONS[name]
    handoff = prepared(operation, steps)

    with counted(in_transaction="TransactWriteItems" in operation.requests) as units:
        operation.act(handoff)

    assert units.total == operation.units


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_few_reads_and_one_write(tables: None, recorder: Recorder, name: str) -> None:
    operation = OPERATIONS[name]
    handoff = prepared(operation, 3)
    recorder.forget()

    operation.act(handoff)

    assert recorder.operations == operation.requests
