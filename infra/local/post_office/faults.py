"""The faults that the post office can inject, for some messages or until they are switched off."""

from pydantic import Field

from infra.local.fake_http import Answer
from infra.local.fault_switch import MAX_PAUSE_S, SwitchedFault


class DeliveryFault(SwitchedFault):
    """What is to go wrong: a status code, `slow`, `drop`, `redirect`, or `drop_after_accept`, which keeps the message.

    After a `bounce`, `soft_bounce` or `complaint` an e-mail is taken, and SES says later what became of it.

    Without `of` every kind of message has it, without `to` messages to everybody, as the list of messages names them.
    """

    kind: str = Field(pattern=r"^(slow|drop|drop_after_accept|redirect|bounce|soft_bounce|complaint|[45][0-9][0-9])$")
    of: str | None = Field(default=None, pattern=r"^[a-z]+$")
    to: str | None = Field(default=None, max_length=320)
    delay_s: float = Field(default=25.0, ge=0, le=MAX_PAUSE_S)
    retry_after_s: int | None = Field(default=None, ge=0)

    def meets(self, kind: str, to: str) -> bool:
        """Whether the fault applies to a message of that kind to that receiver."""
        return self.of in (None, kind) and self.to in (None, to)

    def answer_instead(self) -> Answer:
        """What is sent in place of the answer."""
        if self.kind == "redirect":
            return Answer(302, b"", {"location": "https://elsewhere.invalid/"})
        wait = {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}
        return Answer.of_json(int(self.kind), {"error": f"A rehearsed {self.kind}."}, wait)
