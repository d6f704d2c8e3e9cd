"""The fault switch of the rehearsal model that the deployed stack asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from infra.local.rehearsal_model.faults import Fault
from tests.support.waiting import eventually


@dataclass(frozen=True)
class RehearsalSwitch:
    """Speaks to the model at `url`."""

    url: str

    @contextmanager
    def showing(self, fault: Fault) -> Iterator[None]:
        """Let the model show `fault` inside the block, and be sound after it."""
        httpx2.post(f"{self.url}/faults", content=fault.model_dump_json()).raise_for_status()
        try:
            yield
        finally:
            httpx2.delete(f"{self.url}/faults").raise_for_status()

    @property
    def asked(self) -> int:
        """How many questions came in so far."""
        count: int = httpx2.get(f"{self.url}/requests").raise_for_status().json()["count"]
        return count

    def wait_until_asked(self, more_than: int) -> None:
        """Return once more questions than that have come in."""
        eventually(lambda: self.asked > more_than or None, "a question to the model")
