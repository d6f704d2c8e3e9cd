"""What a package is made for: the stage, the runtime and processor of its functions, and SnapStart."""

import platform
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from typing import Literal, get_args

Stage = Literal["local", "dev", "prod"]
Architecture = Literal["arm64", "x86_64"]
Version = tuple[int, int]

STAGES = get_args(Stage)
ARCHITECTURES = get_args(Architecture)

#: The functions' runtime on AWS, whatever Python packages them (ADR 0017).
LAMBDA_PYTHON: Version = (3, 14)


@dataclass(frozen=True)
class Target:
    """Where a package runs. Its values are written into the template: a parameter's new value publishes no version."""

    stage: Stage
    python: Version = LAMBDA_PYTHON
    architecture: Architecture = "arm64"
    snap_start: bool = True

    @property
    def runtime(self) -> str:
        """Lambda's name of the runtime."""
        return f"python{_text(self.python)}"

    @property
    def is_this_machine(self) -> bool:
        """Whether the functions run with the Python that packages them, on the processor of this machine."""
        return self.stage == "local"

    @property
    def compiler(self) -> str | None:
        """A Python on this machine whose bytecode the runtime reads; None when there is none."""
        return _python_of(self.python)


def target_of(stage: str, architecture: Architecture = "arm64", *, snap_start: bool = True) -> Target:
    """Return the target of a stage. The local stage runs on this machine: its Python, its processor, no SnapStart.

    Raises ValueError for an unknown stage.
    """
    match stage:
        case "local":
            return Target(stage, sys.version_info[:2], _architecture_here(), snap_start=False)
        case "dev" | "prod":
            return Target(stage, LAMBDA_PYTHON, architecture, snap_start)
    raise ValueError(f"no stage {stage!r}; the stages are {', '.join(STAGES)}")


def add_target_arguments(parser: ArgumentParser) -> None:
    """Let a command take the stage and what may differ from its defaults."""
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--architecture", choices=ARCHITECTURES, default="arm64", help="processor on AWS")
    parser.add_argument("--snap-start", choices=("on", "off"), default="on", help="start the API from a snapshot")


def target_in(arguments: Namespace) -> Target:
    """Return the target that a command was given."""
    return target_of(arguments.stage, arguments.architecture, snap_start=arguments.snap_start == "on")


def _architecture_here() -> Architecture:
    return "arm64" if platform.machine() in ("aarch64", "arm64") else "x86_64"


def _python_of(version: Version) -> str | None:
    if sys.version_info[:2] == version:
        return sys.executable
    found = shutil.which(f"python{_text(version)}")
    return found if found and _version_of(found) == _text(version) else None


def _version_of(python: str) -> str:
    """The version that a command says of itself; a version manager's placeholder fails instead."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", program], capture_output=True, text=True, check=False).stdout.strip()


def _text(version: Version) -> str:
    return ".".join(map(str, version))
