"""The floor that redaction may not fall below on its corpus."""

from tests.evaluation.redaction.corpus import all_cases, case_of, fresh_cases, held_out_cases
from tests.evaluation.redaction.scoring import by_detector, covered_before, covered_now, score

RECALL, DAMAGE = 0.97, 0.02
EVERYTHING = (*all_cases(), *held_out_cases(), *fresh_cases())


def test_corpus_is_large_and_about_half_generated_and_a_tenth_held_out() -> None:
    secrets = sum(len(case.secrets) for case in EVERYTHING)
    evidence = sum(not case.secrets for case in EVERYTHING)
    made = sum(case.group in ("generated", "held out") for case in EVERYTHING)

    assert secrets >= 300
    assert evidence >= 400
    assert 0.4 <= made / len(EVERYTHING) <= 0.6
    assert 0.08 <= len(held_out_cases()) / len(EVERYTHING) <= 0.12


def test_no_two_cases_are_the_same_by_hand() -> None:
    by_hand = [case.text for case in all_cases() if case.group != "generated"]

    assert len(set(by_hand)) == len(by_hand)


def test_recall_and_damage_keep_the_floor_on_the_corpus() -> None:
    found = score(all_cases(), covered_now)

    assert (found.recall >= RECALL, found.damage <= DAMAGE) == (True, True), [found.missed, found.damaged]


def test_recall_and_damage_keep_the_floor_on_the_held_out_part() -> None:
    found = score(held_out_cases(), covered_now)

    assert (found.recall >= RECALL, found.damage <= DAMAGE) == (True, True), [found.missed, found.damaged]


def test_recall_and_damage_keep_the_floor_on_cases_written_afterwards() -> None:
    found = score(fresh_cases(), covered_now)

    assert (found.recall >= RECALL, found.damage <= DAMAGE) == (True, True), [found.missed, found.damaged]


def test_old_masking_falls_below_the_floor() -> None:
    found = score(EVERYTHING, covered_before)

    assert found.recall < RECALL
    assert found.damage > DAMAGE


def test_every_detector_finds_secrets_and_hardly_anything_else() -> None:
    for one in by_detector(EVERYTHING):
        assert one.found > 0, one.name
        assert one.right / one.spans >= 0.9, one.name


def test_scoring_notices_a_secret_that_is_left_and_evidence_that_is_damaged() -> None:
    cases = [case_of("x", "pw ⟦abc1⟧ and ⟦def2⟧"), case_of("x", "evidence")]

    found = score(cases, lambda text: set(range(3, 7)) if "pw" in text else {0})

    assert (found.secrets, len(found.missed), found.evidence, len(found.damaged)) == (2, 1, 1, 1)
