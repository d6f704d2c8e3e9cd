"""The corpus: texts with secrets that must go, and texts that are evidence and must stay.

`secrets.txt`, `evidence.txt`, `fresh.txt` and `fresh_later.txt` were written by hand, one case a line. In all, `[name]`
heads a group, `#` begins a comment and `⏎` stands for a line break; each secret stands between `⟦` and `⟧`. What only
looks like a real key of a service is put together in `shapes.py`, so that scanners of repositories do not report it.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.evaluation.redaction import generated, held_out, shapes

HERE = Path(__file__).parent


class Case(NamedTuple):
    """A text, where its secrets are (none in evidence), and the group it belongs to."""

    group: str
    text: str
    secrets: tuple[tuple[int, int], ...]


@cache
def all_cases() -> tuple[Case, ...]:
    """Return the cases that the detectors were tuned with: by hand and generated."""
    by_hand = [*_written("secrets.txt"), *_written("evidence.txt")]
    made = [case_of("shapes", text) for text in shapes.lines()]
    made += [case_of(group, text) for group, text in generated.lines()]
    return tuple(by_hand + made)


@cache
def held_out_cases() -> tuple[Case, ...]:
    """Return the cases that nobody looked at while the detectors were built."""
    return tuple(case_of(group, text) for group, text in held_out.lines())


@cache
def fresh_cases() -> tuple[Case, ...]:
    """Return the cases that were written when the detectors stood, and scored once before anything was changed."""
    return (*_written("fresh.txt"), *_written("fresh_later.txt"))


def case_of(group: str, marked: str) -> Case:
    """Read a case in which each secret stands between `⟦` and `⟧`."""
    text, secrets, rest = "", [], marked.replace("⏎", "\n")
    while "⟦" in rest:
        before, _, rest = rest.partition("⟦")
        secret, _, rest = rest.partition("⟧")
        text += before
        secrets.append((len(text), len(text) + len(secret)))
        text += secret
    return Case(group, text + rest, tuple(secrets))


def _written(name: str) -> list[Case]:
    cases, group = [], ""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and "⟦" not in line:
            group = line[1:-1]
        elif line and not line.startswith("#"):
            cases.append(case_of(group, line))
    return cases
