"""Faults of the post office that a deployed stack sends through."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from infra.local.deployed import DeployedStack


@contextmanager
def going_wrong(stack: DeployedStack, **fault: object) -> Iterator[None]:
    """Have messages meet a fault meanwhile, also those that are on their way already."""
    faults = f"{stack.post_office_url}/faults"
    httpx2.post(faults, json=fault, timeout=10).raise_for_status()
    try:
        yield
    finally:
        httpx2.delete(faults, timeout=10).raise_for_status()
