"""Scans the production templates with Checkov: `python -m infra.security_scan CHECKOV`, the path of its command.

Exits with an error for a finding that `accepted_findings.toml` does not explain, and for an explanation that explains
nothing any more.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from infra.companion_stacks import GATEWAY_LOG_ROLE, PAGE_LOGS
from infra.package import packaged_template
from infra.sam import translated
from infra.target import target_of

ACCEPTED = Path(__file__).parent / "accepted_findings.toml"

#: Fewer passed checks than this mean that Checkov did not read the templates.
FEWEST_PASSED = 100


class Finding(NamedTuple):
    """A check that a resource does not pass."""

    check: str
    resource: str
    name: str


class Verdict(NamedTuple):
    """What the list of accepted findings leaves over: findings without a reason, and reasons without a finding."""

    unexplained: list[Finding]
    outdated: list[str]


def compare(findings: Iterable[Finding], accepted: dict[str, Any]) -> Verdict:
    """Hold `findings` against the accepted ones, by check and by pattern of the resource."""
    unused = {(check, pattern) for check, entry in accepted.items() for pattern in entry["resources"]}
    unexplained = []
    for finding in findings:
        patterns = accepted.get(finding.check, {}).get("resources", [])
        explained_by = {(finding.check, pattern) for pattern in patterns if fnmatchcase(finding.resource, pattern)}
        unused -= explained_by
        if not explained_by:
            unexplained.append(finding)
    return Verdict(sorted(unexplained), sorted(f"{check} {pattern}" for check, pattern in unused))


def scan(checkov: str) -> list[Finding]:
    """Return what Checkov finds in the templates of production. Raises RuntimeError when it did not read them."""
    with TemporaryDirectory() as scratch:
        production = translated(packaged_template(target_of("prod")))
        (Path(scratch) / "stage.json").write_text(json.dumps(production))
        for companion in (GATEWAY_LOG_ROLE, PAGE_LOGS):
            shutil.copy(companion, scratch)
        arguments = ["--directory", scratch, "--framework", "cloudformation", "--skip-download", "--output", "json"]
        run = subprocess.run([checkov, *arguments], capture_output=True, text=True, check=False)
    return findings_in(run.stdout, run.stderr)


def findings_in(report: str, errors: str = "") -> list[Finding]:
    """Read Checkov's JSON report. Raises RuntimeError for one that cannot be of these templates."""
    try:
        read = json.loads(report)
        summary, failed = read["summary"], read["results"]["failed_checks"]
    except (ValueError, KeyError, TypeError) as failure:
        raise RuntimeError(f"Checkov wrote no report: {errors[-500:]}") from failure
    if summary["parsing_errors"] or summary["passed"] < FEWEST_PASSED:
        raise RuntimeError(f"Checkov did not read the templates: {summary}")
    return [Finding(item["check_id"], item["resource"], item["check_name"]) for item in failed]


def main() -> None:
    """Scan from the command line."""
    (checkov,) = sys.argv[1:]
    accepted = tomllib.loads(ACCEPTED.read_text())
    findings = scan(checkov)
    unexplained, outdated = compare(findings, accepted)
    for finding in unexplained:
        print(f"{finding.check} {finding.resource}: {finding.name}")
    for entry in outdated:
        print(f"{ACCEPTED.name} explains {entry}, which is not found any more")
    print(f"{len(findings)} findings, {len(accepted)} reasons, {len(unexplained) + len(outdated)} to look at")
    sys.exit(1 if unexplained or outdated else 0)


if __name__ == "__main__":
    main()
