import platform
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.package import packaged_template
from infra.target import STAGES, Target, target_of

Template = dict[str, Any]


def functions_of(template: Template) -> list[dict[str, Any]]:
    return [
        item["Properties"] for item in template["Resources"].values() if item["Type"] == "AWS::Serverless::Function"
    ]


def test_functions_on_aws_run_the_projects_runtime_on_arm64(template: Template) -> None:
    chosen = {(item["Runtime"], *item["Architectures"]) for item in functions_of(template)}

    assert chosen == {("python3.14", "arm64")}


def test_functions_on_x86_64_are_asked_for_by_an_argument() -> None:
    x86_64 = packaged_template(target_of("dev", "x86_64"))

    assert {tuple(item["Architectures"]) for item in functions_of(x86_64)} == {("x86_64",)}


def test_local_functions_run_this_machines_python(local_template: Template) -> None:
    here = f"python{sys.version_info.major}.{sys.version_info.minor}"

    assert {item["Runtime"] for item in functions_of(local_template)} == {here}


def test_local_functions_run_on_this_machines_processor(local_template: Template) -> None:
    here = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]

    assert {tuple(item["Architectures"]) for item in functions_of(local_template)} == {(here,)}


def test_unknown_stage_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no stage 'staging'; the stages are local, dev, prod"):
        target_of("staging")


@pytest.mark.parametrize("stage", STAGES)
def test_target_of_a_stage_is_for_that_stage(stage: str) -> None:
    assert target_of(stage).stage == stage


NO_PYTHON_HERE = (3, 99)


@pytest.fixture
def says_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Put a command python3.99 on the PATH that says a version, or fails as a version manager's placeholder does."""

    def put(version: str) -> str:
        command = tmp_path / "python3.99"
        command.write_text(f"#!/bin/sh\n{f'echo {version}' if version else 'exit 127'}\n")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        return str(command)

    return put


def test_bytecode_is_compiled_by_a_python_of_the_runtimes_version(says_its_version: Callable[[str], str]) -> None:
    command = says_its_version("3.99")

    assert Target("prod", NO_PYTHON_HERE).compiler == command


@pytest.mark.parametrize("version", ["3.14", ""])
def test_bytecode_is_not_compiled_by_another_python(says_its_version: Callable[[str], str], version: str) -> None:
    says_its_version(version)

    assert Target("prod", NO_PYTHON_HERE).compiler is None


def test_bytecode_is_left_out_without_such_a_python() -> None:
    assert Target("prod", NO_PYTHON_HERE).compiler is None


def test_bytecode_for_this_machine_is_compiled_by_the_python_that_packages() -> None:
    assert target_of("local").compiler == sys.executable
