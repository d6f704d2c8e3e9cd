"""The third-party code of the functions: installed once per requirements file, then kept as an archive."""

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import infra.archive
from infra.archive import add_tree, compile_bytecode
from infra.folder_lock import one_at_a_time
from infra.target import Architecture, Target

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
CACHE = ROOT / ".chalice" / "deployments"

#: How the archive is made; when it changes, no archive of the old way is taken from the cache.
_RECIPE = (Path(__file__), Path(infra.archive.__file__))

#: glibc of Amazon Linux 2023, on which the runtimes stand from Python 3.12 on.
_GLIBC_MINOR = 34

#: What wheels call the processors that Lambda names.
_MACHINES: dict[Architecture, str] = {"arm64": "aarch64", "x86_64": "x86_64"}

#: Packages that are published as source alone; they hold Python and nothing to compile, so they fit every processor.
_WITHOUT_WHEEL = ("http-ece",)

#: Directories that no function reads; the scripts in `bin` also hold the path of this machine's Python.
_NOT_NEEDED = ("bin", "tests")

#: The AWS services that the functions call. botocore describes four hundred more, in most of the package's files.
AWS_SERVICES = frozenset({"apigatewaymanagementapi", "dynamodb", "secretsmanager", "sesv2", "sns", "sqs", "sts"})


def dependencies_archive(target: Target) -> Path:
    """The archive of everything in `requirements.txt`, made when it is not in the cache yet, by one process at a time.

    The `local` stage runs on this machine and takes its wheels; every other stage takes those of its Lambda runtime.

    Raises CalledProcessError when pip fails, above all when it finds no wheel for the platform; pip says so on stderr.
    """
    family = f"dependencies-{_platform(target)}-"
    archive = CACHE / f"{family}{_fingerprint(target)}.zip"
    with one_at_a_time(CACHE, family):
        if not archive.exists():
            for outdated in CACHE.glob(f"{family}*.zip"):
                outdated.unlink(missing_ok=True)
            with TemporaryDirectory(dir=CACHE) as scratch:
                _build(target, Path(scratch)).rename(archive)
    return archive


def _build(target: Target, scratch: Path) -> Path:
    tree, unfinished = scratch / "site", scratch / "dependencies.zip"
    _install(target, tree)
    for record in tree.glob("*.dist-info/RECORD"):
        record.unlink()  # it holds checksums of the scripts in `bin`
    _drop_other_services(tree)
    if target.compiler:
        compile_bytecode(tree, target.compiler)
    add_tree(unfinished, tree, skip=_NOT_NEEDED)
    return unfinished


def _drop_other_services(tree: Path) -> None:
    for described in (tree / "botocore" / "data").iterdir():
        if described.is_dir() and described.name not in AWS_SERVICES:
            shutil.rmtree(described)


def _install(target: Target, tree: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--only-binary=:all:"]
    pip += [f"--no-binary={name}" for name in _WITHOUT_WHEEL]
    subprocess.run(
        [*pip, "--target", str(tree), "--requirement", str(REQUIREMENTS), *_platform_flags(target)], check=True
    )


def _platform_flags(target: Target) -> list[str]:
    if target.is_this_machine:
        return []
    # pip takes each --platform as one literal tag and does not add the older glibc versions by itself.
    machine = _MACHINES[target.architecture]
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(17, _GLIBC_MINOR + 1)] + [f"manylinux2014_{machine}"]
    python = target.runtime.removeprefix("python")
    return ["--implementation", "cp", "--python-version", python, *(f"--platform={tag}" for tag in tags)]


def _platform(target: Target) -> str:
    return "this-machine" if target.is_this_machine else f"{target.runtime}-{target.architecture}"


def _fingerprint(target: Target) -> str:
    here = [sys.version, platform.platform()] if target.is_this_machine else [target.compiler or "no bytecode"]
    parts = [*here, *(path.read_text() for path in (*_RECIPE, REQUIREMENTS))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
