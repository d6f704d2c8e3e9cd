"""The faults that the rehearsal model can inject, for some requests or until they are switched off."""

from typing import Any

from pydantic import Field

from infra.local.fake_http import Answer
from infra.local.fault_switch import MAX_PAUSE_S, SwitchedFault
from infra.local.rehearsal_model.protocol import api_error

_PAUSES_S = {"slow": 25.0, "held": 25.0, "drip": 0.2}
_SILENT = ("hang", "drop")
_SPOILED = ("html", "garbage", "wrong_shape", "refusal", "refusal_empty", "cut_off", "schema_violation")


class Fault(SwitchedFault):
    """What is to go wrong: a kind by name, or a status code to answer with.

    `delay_s` is the wait of `slow` (25 s), the longest wait of `held` (25 s), which answers as soon as the faults are
    switched off, and the pause between the bytes of `drip` (0.2 s). The headers `retry-after` and `x-should-retry` go
    with a status code.
    """

    kind: str = Field(pattern=rf"^({'|'.join((*_PAUSES_S, *_SILENT, *_SPOILED))}|30[0-3578]|[45][0-9][0-9])$")
    delay_s: float | None = Field(default=None, ge=0, le=MAX_PAUSE_S)
    retry_after_s: float | None = Field(default=None, ge=0)
    should_retry: bool | None = None

    @property
    def pause_s(self) -> float:
        """How long to wait each time."""
        return _PAUSES_S.get(self.kind, 0) if self.delay_s is None else self.delay_s

    def answer_instead(self, message: dict[str, Any]) -> Answer:
        """Return what is sent in place of the sound `message`."""
        if self.kind.isdigit():
            return api_error(int(self.kind), "A rehearsed error.", self._retry_headers())
        if self.kind == "html":
            return Answer(200, b"<!doctype html><title>Sign in</title>", {"content-type": "text/html"})
        if self.kind == "garbage":
            whole = Answer.of_json(200, message)
            return Answer(200, whole.body[: len(whole.body) // 2], whole.headers)
        return Answer.of_json(200, self._spoiled(message))

    def _spoiled(self, message: dict[str, Any]) -> dict[str, Any]:
        text = message["content"][0]["text"]
        match self.kind:
            case "wrong_shape":
                return {"outcome": "ok", "answer": text}
            case "refusal":
                return message | {"stop_reason": "refusal", "content": _text("I cannot help with that.")}
            case "refusal_empty":
                return message | {"stop_reason": "refusal", "content": []}
            case "cut_off":
                return message | {"stop_reason": "max_tokens", "content": _text(text[: len(text) // 2])}
            case "schema_violation":
                return message | {"content": _text('{"confidence_score": 7}')}
            case _:
                return message

    def _retry_headers(self) -> dict[str, str]:
        headers = {}
        if self.retry_after_s is not None:
            headers["retry-after"] = f"{self.retry_after_s:g}"
        if self.should_retry is not None:
            headers["x-should-retry"] = str(self.should_retry).lower()
        return headers


def _text(text: str) -> list[dict[str, str]]:
    return [{"type": "text", "text": text}]
