"""`make redaction`: scores redaction on the corpus, the old masking beside it, and lists each miss."""

import sys

from tests.evaluation.redaction.corpus import Case, all_cases, fresh_cases, held_out_cases
from tests.evaluation.redaction.scoring import Score, by_detector, covered_before, covered_now, score
from tests.evaluation.redaction.speed import table as speed_table


def main() -> int:
    """Print the tables; return 1 where a kind of text takes longer than the limit."""
    lines = [f"{'':24} {'secrets':>8} {'left':>6} {'recall':>8} {'evidence':>9} {'damaged':>8} {'share':>7}"]
    for part, cases in (("corpus", all_cases()), ("held out", held_out_cases()), ("fresh", fresh_cases())):
        lines.append(_line(f"{part}, before", score(cases, covered_before)))
        lines.append(_line(f"{part}, now", score(cases, covered_now)))
    cases = (*all_cases(), *held_out_cases(), *fresh_cases())
    lines += ["", f"{'detector':24} {'found':>8} {'recall':>8} {'spans':>7} {'right':>7} {'precision':>10}"]
    secrets = sum(len(case.secrets) for case in cases)
    for one in by_detector(cases):
        precision = f"{one.right / one.spans:.3f}" if one.spans else "-"
        recall = one.found / secrets
        lines.append(f"{one.name:24} {one.found:8} {recall:8.3f} {one.spans:7} {one.right:7} {precision:>10}")
    now = score(cases, covered_now)
    speeds, too_slow = speed_table()
    lines += ["", *_listed("left", now.missed), *_listed("damaged", now.damaged), "", speeds]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if too_slow else 0


def _line(name: str, one: Score) -> str:
    return (
        f"{name:24} {one.secrets:8} {len(one.missed):6} {one.recall:8.3f}"
        f" {one.evidence:9} {len(one.damaged):8} {one.damage:7.3f}"
    )


def _listed(what: str, cases: list[Case]) -> list[str]:
    return [f"{what}: [{case.group}] {case.text!r}" for case in cases] or [f"{what}: none"]


if __name__ == "__main__":
    sys.exit(main())
