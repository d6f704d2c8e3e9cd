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

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
CACHE = ROOT / ".chalice" / "deployments"

#: How the archive is made; when it changes, no archive of the old way is taken from the cache.
_RECIPE = (Path(__file__), Path(infra.archive.__file__))

#: glibc of the Lambda runtimes: Amazon Linux 2 up to Python 3.11, Amazon Linux 2023 after it.
_GLIBC_MINOR = 26 if sys.version_info < (3, 12) else 34

#: Directories that no function reads; the scripts in `bin` also hold the path of this machine's Python.
_NOT_NEEDED = ("bin", "tests")

#: The AWS services that the functions call. botocore describes four hundred more, in most of the package's files.
AWS_SERVICES = frozenset({"apigatewaymanagementapi", "dynamodb", "secretsmanager", "sns", "sqs", "sts"})


def dependencies_archive(stage: str) -> Path:
    """The archive of everything in `requirements.txt`, made when it is not in the cache yet.

    The `local` stage runs on this machine and takes its wheels; every other stage takes those of Lambda (x86_64).

    Raises CalledProcessError when pip fails, above all when it finds no wheel for the platform; pip says so on stderr.
    """
    family = f"dependencies-{_target(stage)}-"
    archive = CACHE / f"{family}{_fingerprint()}.zip"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for outdated in CACHE.glob(f"{family}*.zip"):
            outdated.unlink(missing_ok=True)
        with TemporaryDirectory(dir=CACHE) as scratch:
            _build(stage, Path(scratch)).rename(archive)
    return archive


def _build(stage: str, scratch: Path) -> Path:
    tree, unfinished = scratch / "site", scratch / "dependencies.zip"
    _install(stage, tree)
    for record in tree.glob("*.dist-info/RECORD"):
        record.unlink()  # it holds checksums of the scripts in `bin`
    _drop_other_services(tree)
    compile_bytecode(tree)
    add_tree(unfinished, tree, skip=_NOT_NEEDED)
    return unfinished


def _drop_other_services(tree: Path) -> None:
    for described in (tree / "botocore" / "data").iterdir():
        if described.is_dir() and described.name not in AWS_SERVICES:
            shutil.rmtree(described)


def _install(stage: str, tree: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--only-binary=:all:"]
    subprocess.run(
        [*pip, "--target", str(tree), "--requirement", str(REQUIREMENTS), *_platform_flags(stage)], check=True
    )


def _platform_flags(stage: str) -> list[str]:
    if _target(stage) == "this-machine":
        return []
    # pip takes each --platform as one literal tag and does not add the older glibc versions by itself.
    tags = [f"manylinux_2_{minor}_x86_64" for minor in range(17, _GLIBC_MINOR + 1)] + ["manylinux2014_x86_64"]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return ["--implementation", "cp", "--python-version", python, *(f"--platform={tag}" for tag in tags)]


def _target(stage: str) -> str:
    return "this-machine" if stage == "local" else "lambda-x86_64"


def _fingerprint() -> str:
    parts = [sys.version, platform.platform(), *(path.read_text() for path in (*_RECIPE, REQUIREMENTS))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
