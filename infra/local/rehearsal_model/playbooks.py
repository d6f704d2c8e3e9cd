"""What the rehearsal model knows, read from `playbooks.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter


@dataclass(frozen=True)
class Check:
    """One diagnostic check. `words` in a step tell that it was made; when it worked, `excludes` is out of the race."""

    text: str
    why: str
    words: tuple[str, ...]
    excludes: str

    def is_told_in(self, text: str) -> bool:
        """Whether `text` speaks of this check."""
        return _count(self.words, text) > 0


@dataclass(frozen=True)
class Playbook:
    """A kind of problem: the words it is known by, its checks, and the cause that usually remains (None: unknown)."""

    words: tuple[str, ...]
    check: tuple[Check, ...]
    cause: str | None = None


def playbook_for(problem: str) -> Playbook:
    """Return the playbook whose words `problem` uses most; the one for everything else when it uses none."""
    *known, anything = _playbooks()
    best = max(known, key=lambda book: _count(book.words, problem))
    return best if _count(best.words, problem) else anything


def _count(words: tuple[str, ...], text: str) -> int:
    folded = text.casefold()
    return sum(folded.count(word) for word in words)


@cache
def _playbooks() -> tuple[Playbook, ...]:
    found = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Playbook, ...]).validate_python(found["playbook"])
