"""How good a way to redact is: which secrets it left, which evidence it damaged, and what each detector found."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chalicelib.domain.redaction import find_secrets
from chalicelib.domain.redaction.detectors import DETECTORS
from chalicelib.domain.redaction.folding import fold
from chalicelib.domain.redaction.scan import scan
from tests.evaluation.redaction.baseline import MASK, mask_secrets
from tests.evaluation.redaction.corpus import Case

Covered = Callable[[str], set[int]]
"""Returns the places of a text that do not leave."""


class Score(NamedTuple):
    """What became of the corpus. `missed` and `damaged` hold the cases, each once for every secret left in it."""

    secrets: int
    missed: list[Case]
    evidence: int
    damaged: list[Case]

    @property
    def recall(self) -> float:
        """The share of secrets that did not leave."""
        return 1 - len(self.missed) / max(1, self.secrets)

    @property
    def damage(self) -> float:
        """The share of lines of evidence that were changed."""
        return len(self.damaged) / max(1, self.evidence)


class DetectorScore(NamedTuple):
    """What one detector alone finds of all secrets, and how many of its spans touch one."""

    name: str
    found: int
    right: int
    spans: int


def score(cases: Sequence[Case], covered: Covered) -> Score:
    """Score a way to redact. A secret counts as missed when a letter or digit of it leaves."""
    with_secrets = [case for case in cases if case.secrets]
    evidence = [case for case in cases if not case.secrets]
    missed = [
        case for case in with_secrets for secret in case.secrets if _leaves(case.text, secret, covered(case.text))
    ]
    damaged = [case for case in evidence if covered(case.text)]
    return Score(sum(len(case.secrets) for case in with_secrets), missed, len(evidence), damaged)


def covered_now(text: str) -> set[int]:
    """Return what redaction masks."""
    return {place for span in find_secrets(text) for place in range(span.start, span.end)}


def covered_before(text: str) -> set[int]:
    """Return what the old masking replaced, by what stands between what it kept, from the left."""
    covered: set[int] = set()
    at = 0
    kept = mask_secrets(text).split(MASK)
    for number, part in enumerate(kept):
        found = text.find(part, at) if part else (len(text) if number == len(kept) - 1 else at)
        found = found if found >= 0 else len(text)
        if number:
            covered |= set(range(at, found))
        at = found + len(part)
    return covered


def by_detector(cases: Sequence[Case]) -> list[DetectorScore]:
    """Score each detector by itself."""
    scores = []
    for detector in DETECTORS:
        found = right = spans = 0
        for case in cases:
            folded = fold(case.text)
            own = [folded.original(span.start, span.end) for span in detector.find(scan(folded.text))]
            covered = {place for start, end in own for place in range(start, end)}
            found += sum(not _leaves(case.text, secret, covered) for secret in case.secrets)
            right += sum(any(start < to and at < end for at, to in case.secrets) for start, end in own)
            spans += len(own)
        scores.append(DetectorScore(detector.name, found, right, spans))
    return scores


def _leaves(text: str, secret: tuple[int, int], covered: set[int]) -> bool:
    return any(text[place].isalnum() and place not in covered for place in range(*secret))
