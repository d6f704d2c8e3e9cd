"""The comparison of Checkov's findings with those that are explained; `make checkov` runs Checkov itself."""

import json
import tomllib
from typing import Any

import pytest

from infra.security_scan import ACCEPTED, FEWEST_PASSED, Finding, Verdict, compare, findings_in

TABLE = Finding("CKV_1", "AWS::DynamoDB::Table.SessionsTable", "no key")
QUEUE = Finding("CKV_2", "AWS::SQS::Queue.PsaPushes", "no key")
EXPLAINED = {"CKV_1": {"resources": ["AWS::DynamoDB::Table.*"]}}


def test_scan_accepts_a_finding_that_is_explained() -> None:
    assert compare([TABLE], EXPLAINED) == Verdict([], [])


def test_scan_tells_a_finding_that_is_not_explained() -> None:
    assert compare([TABLE, QUEUE], EXPLAINED) == Verdict([QUEUE], [])


def test_scan_tells_an_explained_check_on_another_resource() -> None:
    other = TABLE._replace(resource="AWS::RDS::DBInstance.Database")

    assert compare([TABLE, other], EXPLAINED) == Verdict([other], [])


def test_scan_tells_an_explanation_of_nothing() -> None:
    assert compare([], EXPLAINED) == Verdict([], ["CKV_1 AWS::DynamoDB::Table.*"])


def report(**summary: int) -> str:
    failed = [{"check_id": "CKV_1", "resource": TABLE.resource, "check_name": "no key", "more": "words"}]
    totals = {"passed": FEWEST_PASSED, "failed": 1, "parsing_errors": 0, **summary}
    return json.dumps({"summary": totals, "results": {"failed_checks": failed}})


def test_scan_reads_the_failed_checks_of_a_report() -> None:
    assert findings_in(report()) == [TABLE]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "wrote no report"),
        ('{"passed": 0, "failed": 0}', "wrote no report"),
        ("[]", "wrote no report"),
        (report(parsing_errors=1), "did not read"),
        (report(passed=FEWEST_PASSED - 1), "did not read"),
    ],
)
def test_scan_that_read_nothing_is_no_success(text: str, reason: str) -> None:
    with pytest.raises(RuntimeError, match=reason):
        findings_in(text)


def accepted() -> dict[str, Any]:
    return tomllib.loads(ACCEPTED.read_text())


@pytest.mark.parametrize("check", sorted(accepted()))
def test_accepted_finding_has_its_reason(check: str) -> None:
    entry = accepted()[check]

    assert set(entry) == {"finding", "resources", "reason"}
    assert all(entry.values())
