"""HTTP with a PSA: one call at a time, each with a time limit, and its failures as permanent or transient."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from chalicelib.adapters.retry_after import asked_pause_s
from chalicelib.domain.display_text import one_line
from chalicelib.domain.psa import (
    LONGEST_PAUSE_S,
    PsaAccessRefused,
    PsaFault,
    PsaRefused,
    PsaTicketAbsent,
    PsaUnavailable,
)
from chalicelib.domain.redaction import redact

TIME_LIMIT_S = 10.0
"""The longest a call takes, as a whole."""

UNNAMED_PAUSE_S = 30.0
"""How long a PSA rests that has had too many requests and names no pause, as Halo. ConnectWise asks for as much."""
LONGEST_QUOTE = 200
"""How much of a PSA's own words goes into a fault, in characters."""
LONGEST_MASKED = 4_000
"""How much of them is looked at for that: to mask an answer of 4 MB takes longer than a function may run."""

T = TypeVar("T")


class Answer(NamedTuple):
    """What a PSA answered. `body` is JSON where it was JSON, whatever its content type said, else text."""

    status: int
    retry_after_s: float | None
    body: Any

    @property
    def is_success(self) -> bool:
        """Whether the PSA did what was asked, by the status alone."""
        return 200 <= self.status < 300


class PsaHttpClient(NamedTuple):
    """The way to one PSA. `system` is its name for people."""

    system: str
    base_url: str

    def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: Any = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer, of whatever status but a redirect. `path` comes after the base address, or is whole.

        Raises PsaUnavailable, PsaRefused, and PsaAccessRefused where the address itself is not the PSA's.
        """
        url = path if path.startswith(("https://", "http://")) else self.base_url.rstrip("/") + path
        request = {"headers": headers, "params": params, "json": body, "data": form}
        given = {name: content for name, content in request.items() if content is not None}
        answer = self._send(method, url, given)
        if 300 <= answer.status < 400:
            raise PsaAccessRefused(f"{self.system} answers with a redirect, which is not followed. Check the address.")
        return answer

    def understood(self, read: Callable[[Any], T], body: Any) -> T:
        """Return what `read` makes of a body. Raises PsaUnavailable when it can make nothing of it."""
        try:
            return read(body)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise PsaUnavailable(f"{self.system} answered in a form that is not understood.") from error

    def _send(self, method: str, url: str, given: dict[str, Any]) -> Answer:
        from chalicelib.adapters.psa import http_exchange  # heavy, and most calls of the API need no PSA

        try:
            raw = http_exchange.exchange(method, url, given, time_limit_s=TIME_LIMIT_S)
        except http_exchange.NoAnswer as failure:
            raise PsaUnavailable(f"{self.system} {failure}.") from failure
        except http_exchange.MayNotBeCalled as failure:
            raise PsaAccessRefused(f"{self.system} cannot be called: {failure}.") from failure
        return Answer(raw.status, _bounded(asked_pause_s(raw.retry_after)), _read(raw.content))

    def fault_of(self, answer: Answer, said: str) -> PsaFault:
        """Say what an answer that is no success means, quoting what the PSA `said`."""
        quote = f": {quoted(said)}" if said else ""
        if answer.status == 429:
            pause_s = answer.retry_after_s or UNNAMED_PAUSE_S
            return PsaUnavailable(f"{self.system} has had too many requests.", retry_after_s=pause_s)
        if answer.status in (408, 425) or answer.status >= 500:
            detail = f"{self.system} has trouble of its own ({answer.status}){quote}"
            return PsaUnavailable(detail, retry_after_s=answer.retry_after_s)
        reason = _REASONS.get(answer.status, "refuses this")
        refusal = _REFUSALS.get(answer.status, PsaRefused)
        return refusal(f"{self.system} {reason} ({answer.status}){quote}")


_REASONS = {
    401: "does not accept the credentials",
    403: "does not give our user the permission",
    404: "does not know it, or not under these credentials",
    409: "has a conflicting record",
}


_REFUSALS: Mapping[int, type[PsaRefused]] = {401: PsaAccessRefused, 404: PsaTicketAbsent}


def quoted(said: str) -> str:
    """Return a PSA's words as they may be stored and shown: on one readable line, masked, and cut short."""
    line = one_line(redact(said[:LONGEST_MASKED]))
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")


def _bounded(pause_s: float | None) -> float | None:
    return None if pause_s is None else min(max(pause_s, 0.0), LONGEST_PAUSE_S)
