"""What the pipeline says twice: versions that the project decides elsewhere, and actions by their commit."""

import json
import re
import tomllib
from typing import Any

import pytest
import yaml

from infra.dependencies import ROOT
from infra.preflight import NODE
from infra.target import LAMBDA_PYTHON

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())
STEPS: list[dict[str, Any]] = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("action", sorted({step["uses"] for step in STEPS if "uses" in step}))
def test_action_of_the_pipeline_is_named_by_its_commit(action: str) -> None:
    assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)


def test_pipeline_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert [name for name, job in WORKFLOW["jobs"].items() if "permissions" in job] == []


def test_pipeline_tests_on_the_oldest_python_and_on_the_functions_runtime() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = project["requires-python"].removeprefix(">=")

    assert WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python"] == [
        oldest,
        f"{LAMBDA_PYTHON[0]}.{LAMBDA_PYTHON[1]}",
    ]


def test_oldest_node_is_the_same_in_pipeline_preflight_and_page() -> None:
    (in_pipeline,) = {step["with"]["node-version"] for step in STEPS if "node-version" in step.get("with", {})}
    engines = json.loads((ROOT / "web/package.json").read_text())["engines"]["node"]

    assert (in_pipeline, engines) == (f"{NODE[0]}.{NODE[1]}", f">={NODE[0]}.{NODE[1]}")


def test_pipeline_runs_the_commands_of_a_desk() -> None:
    assert [step["run"] for step in STEPS if "run" in step] == [".ci/run", "make checkov"]


def test_dependabot_looks_where_requirements_are() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())["updates"]

    looked_at = {place for update in updates for place in update.get("directories", [update.get("directory")])}
    pins = [*ROOT.glob("*requirements*.txt"), *(ROOT / "infra").rglob("*requirements*.txt")]
    assert {f"/{path.parent.relative_to(ROOT).as_posix()}".rstrip(".") for path in pins} <= looked_at
