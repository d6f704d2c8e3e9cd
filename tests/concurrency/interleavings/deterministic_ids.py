"""Deterministic ids: an action that is replayed makes the same ones again."""

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
"""The functions that make ids while an action runs, and the UUID version of each."""


def make_ids_deterministic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive ids from the name of the running action and the number of ids it has made; random ones elsewhere."""
    for name, version in MAKERS.items():
        monkeypatch.setattr(name, _random if version == 4 else _timed)


@contextmanager
def ids_of(actor: str) -> Iterator[None]:
    """Make the ids of this action inside the block, starting with its first."""
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
    """An id that sorts after all random ones."""
    if (hashes := _running.get()) is None:
        return uuid6.uuid7()
    made = next(hashes)
    return uuid.UUID(hex=f"0fffffffffff7{made[:3]}8{made[3:18]}")


_running: ContextVar[Iterator[str] | None] = ContextVar("running", default=None)
_uuid4 = uuid.uuid4
