"""The faults that the PSA sandbox can inject, for some calls or until they are switched off."""

from pydantic import Field

from infra.local.fake_http import Answer, Request
from infra.local.fault_switch import MAX_PAUSE_S, SwitchedFault
from infra.local.psa_sandbox import autotask, connectwise, halopsa

ERRORS = {
    "connectwise": connectwise.error,
    "autotask": autotask.error,
    "halopsa": halopsa.error,
}


_HALO_CHANGE = ["POST", "tickets"]


class PsaFault(SwitchedFault):
    """What is to go wrong: a status code, `slow`, `drop`, `html`, `redirect`, `errors`, or one `…_after_accept`.

    `errors` is Autotask's refusal, 500 with a list of sentences; `drop_after_accept` does what was asked and hangs up,
    `slow_after_accept` does it at once and is slow to say so.
    Without a `system` all three have it; with `only_notes` no other call has it than one that writes a note, with
    `only_changes` than one that changes a ticket.
    """

    kind: str = Field(pattern=r"^(slow|drop|drop_after_accept|slow_after_accept|html|redirect|errors|[45][0-9][0-9])$")
    system: str | None = Field(default=None, pattern=r"^(connectwise|autotask|halopsa)$")
    only_notes: bool = False
    only_changes: bool = False
    delay_s: float = Field(default=25.0, ge=0, le=MAX_PAUSE_S)
    retry_after_s: int | None = Field(default=None, ge=0)

    def strikes(self, system: str, request: Request) -> bool:
        """Whether the fault applies to this call."""
        if self.only_changes and not _is_ticket_changed(system, request):
            return False
        return self.system in (None, system) and (not self.only_notes or _is_note_written(system, request))

    def answer_instead(self, system: str) -> Answer:
        """What is sent in place of the answer, in the system's own form."""
        if self.kind == "html":
            return Answer(200, b"<!doctype html><title>Maintenance</title>", {"content-type": "text/html"})
        if self.kind == "redirect":
            return Answer(302, b"", {"location": "https://elsewhere.invalid/"})
        if self.kind == "errors":
            return ERRORS["autotask"](500, "The ticket category forbids notes of this type.")
        if self.kind == "500" and system == "autotask":
            return Answer(500, b"Internal Server Error", {"content-type": "text/plain"})
        wait = {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}
        return ERRORS[system](int(self.kind), f"A rehearsed {self.kind}.", **wait)


def _is_note_written(system: str, request: Request) -> bool:
    """Whether the call writes a note."""
    last = request.parts[-1:] == ["actions"] if system == "halopsa" else request.parts[-1:] == ["notes"]
    return request.method == "POST" and last


def _is_ticket_changed(system: str, request: Request) -> bool:
    """Whether the call changes a ticket."""
    return request.method == "PATCH" or (system == "halopsa" and [request.method, *request.parts[-1:]] == _HALO_CHANGE)
