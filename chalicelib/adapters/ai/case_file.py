"""The case file for the model: data, fenced off from instructions, with secrets masked."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chalicelib.domain.display_text import readable
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import Message, Step

CONVERSATION_CHARS = 32_000
"""The most that the turns of a conversation may take up, in characters; the newest are kept."""


def case_file(snapshot: Snapshot, engineer_notes: str) -> str:
    """Return the case that was handed off, its turns in order and named by their `seq`."""
    turns: list[Message | Step] = [*snapshot.steps, *snapshot.messages]
    return fenced(
        {
            "problem": snapshot.problem_summary,
            "domain": snapshot.problem_domain,
            "ticket": snapshot.psa_ticket_id,
            "handoff_notes": engineer_notes,
            "older_turns_left_out": snapshot.omitted,
            "turns": [_told(turn) for turn in sorted(turns, key=lambda turn: turn.seq)],
        }
    )


def conversation(problem_summary: str, turns: Sequence[Message | Step]) -> str:
    """Return a session in progress: its problem, and as many of its newest turns as fit."""
    kept = list(_newest(turns))[::-1]
    return fenced({"problem": problem_summary, "older_turns_left_out": len(turns) - len(kept), "turns": kept})


def fenced(case: dict[str, Any]) -> str:
    """Return `case` as JSON between `<case>` tags.

    Inside the JSON `<`, `>` and `&` are written as escapes, so no text of the case can hold a tag, least of all the one
    that closes it. What no engineer can have seen is left out. The same case always gives the same text.
    """
    text = json.dumps(_redacted(case), ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"<case>\n{text}\n</case>"


def _newest(turns: Sequence[Message | Step]) -> Iterable[dict[str, Any]]:
    room = CONVERSATION_CHARS
    for turn in reversed(turns):
        told = _told(turn)
        room -= len(json.dumps(told, ensure_ascii=False))
        if room < 0:
            return
        yield told


def _told(turn: Message | Step) -> dict[str, Any]:
    """Return a turn without its people: the model need not know who they are."""
    if isinstance(turn, Message):
        return {"seq": turn.seq, "kind": "message", "from": turn.author.kind.value, "text": turn.text}
    return {
        "seq": turn.seq,
        "kind": "step",
        "action": turn.action,
        "outcome": turn.outcome.value,
        "known_by": turn.evidence.value,
    }


def _redacted(case: Any) -> Any:
    """Redact all strings at any depth as one text, so that a new field cannot be forgotten.

    Invisible characters are removed first: one inside a secret would hide it.
    """
    texts = list(_texts(case))
    redacted = iter(redact_together([readable(text) for text in texts]))
    return _filled(case, redacted)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)


def _filled(value: Any, texts: Iterator[str]) -> Any:
    """Return `value` with its strings replaced by `texts`, in the order in which `_texts` yields them."""
    match value:
        case str():
            return next(texts)
        case dict():
            return {name: _filled(item, texts) for name, item in value.items()}
        case list():
            return [_filled(item, texts) for item in value]
        case _:
            return value
