"""The switch that makes a fake inject a fault, for some calls or until it is switched off."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from infra.local.fake_http import Answer, Request

MAX_PAUSE_S = 3600


class SwitchedFault(BaseModel):
    """A fault by its kind, shown `count` times or until it is switched off. The fakes add what theirs can do.

    `skip` is how many of the calls that would meet it go well before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: str
    count: int | None = Field(default=None, ge=1)
    skip: int = Field(default=0, ge=0)


FaultT = TypeVar("FaultT", bound=SwitchedFault)


class FaultSwitch(Generic[FaultT]):
    """The fault that is on, if any; each call that meets it takes it once."""

    def __init__(self, kind: type[FaultT]) -> None:
        self._kind = kind
        self._lock = threading.Lock()
        self._fault: FaultT | None = None
        self._left: int | None = None
        self._to_skip = 0
        self.times_switched_off = 0

    @property
    def current(self) -> FaultT | None:
        """The fault that is on."""
        return self._fault

    def switch_on(self, fault: FaultT) -> None:
        """Show `fault` from now on, in place of any other."""
        with self._lock:
            self._fault, self._left, self._to_skip = fault, fault.count, fault.skip

    def switch_off(self) -> None:
        """Answer soundly again."""
        with self._lock:
            self._fault = None
            self.times_switched_off += 1

    def take(self, meets: Callable[[FaultT], bool] = lambda _: True) -> FaultT | None:
        """Return the fault for one call, if the call meets it."""
        with self._lock:
            fault = self._fault
            if fault is None or not meets(fault):
                return None
            if self._to_skip:
                self._to_skip -= 1
                return None
            if self._left is not None:
                self._left -= 1
                self._fault = fault if self._left else None
            return fault

    def serve(self, request: Request) -> Answer:
        """Answer `POST /faults`, which switches a fault on, and `DELETE /faults`. Raises BadRequest."""
        if request.method == "DELETE":
            self.switch_off()
            return Answer.of_json(200, {"fault": None})
        fault = request.as_a(self._kind)
        self.switch_on(fault)
        return Answer.of_json(200, {"fault": fault.model_dump()})
