"""The case file for the model: data, fenced off from instructions, with secrets masked."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from chalicelib.domain.display_text import readable
from chalicelib.domain.instants import format_instant
from chalicelib.domain.redaction import redact_together
from chalicelib.domain.sender_report import SenderReport
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.turn import Message, Note, Step, Turn
from chalicelib.domain.turn_selection import most_telling

NO_REPORT = SenderReport()
CONVERSATION_CHARS = 32_000
"""The most that the turns of a conversation may take up, in characters: notes and steps first."""


def case_file(snapshot: Snapshot, notes: Sequence[Note], report: SenderReport = NO_REPORT) -> str:
    """Return the case that was handed off, its turns in order and named by their `seq`, and what people wrote."""
    turns: list[Turn] = [*snapshot.steps, *snapshot.messages]
    return fenced(
        {
            "problem": snapshot.problem_summary,
            "domain": snapshot.problem_domain,
            "ticket": snapshot.psa_ticket_id,
            "suspicion": report.suspicion,
            "reason": report.reason.words if report.reason else None,
            "affected": report.affected.words if report.affected else None,
            "notes": [_turn_fields(note) for note in notes],
            "older_turns_left_out": snapshot.omitted,
            "turns": [_turn_fields(turn) for turn in sorted(turns, key=lambda turn: turn.seq)],
        }
    )


def conversation(problem_summary: str, turns: Sequence[Turn]) -> str:
    """Return a session in progress: its problem, and its turns as far as they fit, the last one whole."""
    kept = most_telling(turns[::-1], CONVERSATION_CHARS, _length, turns[-1] if turns else None)
    shown = [_turn_fields(turn) for turn in kept]
    return fenced({"problem": problem_summary, "older_turns_left_out": len(turns) - len(kept), "turns": shown})


def _length(turn: Turn) -> int:
    return len(json.dumps(_turn_fields(turn), ensure_ascii=False))


def fenced(case: dict[str, Any]) -> str:
    """Return `case` as JSON between `<case>` tags.

    Inside the JSON `<`, `>` and `&` are written as escapes, so no text of the case can hold a tag, least of all the one
    that closes it. What no engineer can have seen is left out. The same case always gives the same text.
    """
    text = json.dumps(_redacted(case), ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"<case>\n{text}\n</case>"


def _turn_fields(turn: Turn) -> dict[str, Any]:
    """Return a turn without its people: the model need not know who they are, but for who wrote a note.

    Of what was struck out only why, and of a step what it was: it is no evidence, and may have to be done after all.
    """
    if turn.struck:
        action = {"action": turn.action} if isinstance(turn, Step) else {}
        return {"seq": turn.seq, "kind": turn.kind, **action, "withdrawn": turn.struck.reason}
    if isinstance(turn, Note):
        return {
            "seq": turn.seq,
            "kind": "note",
            "about": turn.about.value if turn.about else None,
            "from": turn.author.name,
            "at": format_instant(turn.created_at),
            "text": turn.text,
        }
    if isinstance(turn, Message):
        return {"seq": turn.seq, "kind": "message", "from": turn.author.kind.value, "text": turn.text}
    found = {"finding": turn.finding} if turn.finding else {}
    return {
        "seq": turn.seq,
        "kind": "step",
        "action": turn.action,
        "result": turn.result.value,
        **found,
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
