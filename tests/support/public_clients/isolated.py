"""Places of their own for public clients, below `.local/`: they ship nowhere, and their pins are not ours."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
LOCAL = ROOT / ".local" / "public-clients"
REQUIREMENTS = ROOT / "tests" / "support" / "servers"
TIME_LIMIT_S = 120


def python_of(requirements: str) -> Path:
    """The Python of a venv with these pinned requirements, made when it is not there yet."""
    pins = (REQUIREMENTS / f"{requirements}-requirements.txt").read_bytes()
    with _place(requirements, pins) as (place, is_new):
        if is_new:
            subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)  # noqa: S603
            pinned = str(REQUIREMENTS / f"{requirements}-requirements.txt")
            install = [str(place / "venv/bin/pip"), "install", "-q", "--disable-pip-version-check", "-r", pinned]
            subprocess.run(install, check=True)  # noqa: S603
        return place / "venv/bin/python"


def node_folder() -> Path:
    """A folder with the pinned npm packages, installed when they are not there yet."""
    with _place("npm", (HERE / "npm/package-lock.json").read_bytes()) as (place, is_new):
        if is_new:
            shutil.copytree(HERE / "npm", place, dirs_exist_ok=True)
            subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=place, check=True)  # noqa: S607
        for script in (HERE / "npm").glob("*.mjs"):
            shutil.copy(script, place)
        return place


@contextmanager
def _place(name: str, pins: bytes) -> Iterator[tuple[Path, bool]]:
    """A folder for these pins, held by one process at a time, and whether it is to be filled."""
    place = LOCAL / f"{name}-{hashlib.sha256(pins).hexdigest()[:12]}"
    place.mkdir(parents=True, exist_ok=True)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = place / ".ready"
        yield place, not ready.exists()
        ready.touch()


def drive(python: Path, driver: str, environment: Mapping[str, str]) -> Any:
    """What a driver printed. A driver that fails, fails the test with what it said."""
    return _output_of([str(python), str(HERE / "drivers" / f"{driver}.py")], HERE, environment)


def run_node(script: str, environment: Mapping[str, str]) -> Any:
    """What a script printed, run with the pinned npm packages."""
    return _output_of(["node", script], node_folder(), environment)


def _output_of(command: list[str], folder: Path, environment: Mapping[str, str]) -> Any:
    given = {"PATH": os.environ["PATH"], **environment}
    run = subprocess.run(  # noqa: S603
        command, cwd=folder, env=given, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False
    )
    assert run.returncode == 0, f"{command[-1]}: {run.stderr[-2_000:]}"
    return json.loads(run.stdout)
