"""Whatever people do in whatever order, and wherever a process dies: what is stored is what the rules say."""

import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from chalicelib import log
from infra.local.rehearsal_model import RehearsalModel
from tests.stateful.compared_machine import Seen
from tests.stateful.lifecycle import Lifecycle
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import KINDS
from tests.support.reporting import Report

HEADING = "lives by the rules"
ACTIONS = ("open", "add step", "hand off", "claim", "withdraw", "release", "undo", "resolve", "begin advice")
"""What comes often in few lives as well; of the others the long histories see to it that they come."""

CLOCK = ("step", "idle", "return", "direction", "assessment")
RARE = ("keep", "wait", "reassign", "decline", "prioritize", "leave note", "correct turn", "correct summary", "reopen")


@pytest.fixture(autouse=True)
def time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses before a retry are no part of a life, nor is what is logged of it."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(log, "info", lambda *_, **__: None)
    monkeypatch.setattr(log, "count", lambda *_, **__: None)
    monkeypatch.setattr(log, "record_seconds", lambda *_, **__: None)


def test_stored_state_follows_the_reference_model(recorder: Recorder, ai: RehearsalModel, report: Report) -> None:
    seen = _live(recorder, lives=16, actions=25)

    _tell(seen, report)
    assert min(seen[action, "done"] for action in ACTIONS) >= 1
    assert sum(seen["clock", what] for what in CLOCK) >= 10


@pytest.mark.prove
def test_stored_state_follows_the_reference_model_in_long_histories(
    recorder: Recorder, ai: RehearsalModel, report: Report
) -> None:
    seen = _live(recorder, lives=250, actions=40)

    _tell(seen, report)
    assert not {("faults", kind) for kind in KINDS} - set(seen)
    assert min(seen["clock", what] for what in CLOCK) >= 20
    assert min(seen[action, "done"] for action in (*ACTIONS, *RARE)) >= 20


def _live(recorder: Recorder, *, lives: int, actions: int) -> Seen:
    seen: Seen = Counter()
    run_state_machine_as_test(
        lambda: Lifecycle(recorder, seen),  # type: ignore[arg-type]  # it takes any maker of a machine
        settings=settings(
            max_examples=lives, stateful_step_count=actions, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )
    return seen


def _tell(seen: Seen, report: Report) -> None:
    faults = ", ".join(f"{kind} {seen['faults', kind]}" for kind in KINDS)
    actions = sum(count for (name, _), count in seen.items() if name != "faults")
    report(HEADING, f"{actions} actions of {len(seen)} kinds and endings; writes that met a fault: {faults}")
    for (name, ending), count in sorted(seen.items()):
        report(HEADING, f"{name}: {ending} {count}")
