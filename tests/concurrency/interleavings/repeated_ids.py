"""Ids that an action makes again whenever it is run again."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pytest
import uuid6

MAKERS = {
    "chalicelib.actions.handoffs.hand_off_session.uuid7": 7,
    "chalicelib.actions.assessments.assess_handoff.uuid4": 4,
    "chalicelib.store.deliveries.uuid4": 4,
    "uuid.uuid4": 4,  # of which botocore makes the tokens of transactions
}
"""Where ids are made while an action runs, and of which version of UUID they are."""


def repeat_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have ids follow from the name of the action that runs and from how many it has made, if one runs."""
    for name, version in MAKERS.items():
        monkeypatch.setattr(name, _random if version == 4 else _timed)


@contextmanager
def ids_of(actor: str) -> Iterator[None]:
    """Make the ids of this action, from its first on."""
    running = _running.set(_hashes(actor))
    try:
        yield
    finally:
        _running.reset(running)


def _hashes(actor: str) -> Iterator[str]:
    made = 0
    while True:
        made += 1
        yield hashlib.sha256(f"{actor} {made}".encode()).hexdigest()[:32]


def _random() -> uuid.UUID:
    hashes = _running.get()
    return uuid.UUID(hex=next(hashes), version=4) if hashes else _uuid4()


def _timed() -> uuid.UUID:
    """An id of a time later than all that was made before."""
    if (hashes := _running.get()) is None:
        return uuid6.uuid7()
    made = next(hashes)
    return uuid.UUID(hex=f"0fffffffffff7{made[:3]}8{made[3:18]}")


_running: ContextVar[Iterator[str] | None] = ContextVar("running", default=None)
_uuid4 = uuid.uuid4
