"""A lock on a folder, which several processes fill."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(folder: Path, name: str = "") -> Iterator[None]:
    """Make the folder when it is not there, and wait until no other process is in a block of this name for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".{name}lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
