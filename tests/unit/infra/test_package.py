import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.dependencies import ROOT
from infra.package import LAMBDA_LIMIT_BYTES, NO_BYTECODE, package
from infra.target import Target, target_of

#: Where `unchecked-hash` is written in a .pyc: the low bits of the second word (PEP 552).
UNCHECKED_HASH = 0b01


@pytest.fixture(scope="session")
def archive(package_dir: Path) -> Path:
    return package_dir / "deployment.zip"


@pytest.fixture(scope="session")
def names(archive: Path) -> list[str]:
    with ZipFile(archive) as zipped:
        return zipped.namelist()


@pytest.fixture(scope="session")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    task_root = tmp_path_factory.mktemp("task")
    with ZipFile(archive) as zipped:
        zipped.extractall(task_root)
    return task_root


def test_unpacked_archive_is_within_lambdas_limit(archive: Path) -> None:
    with ZipFile(archive) as zipped:
        size = sum(entry.file_size for entry in zipped.infolist())

    assert size < LAMBDA_LIMIT_BYTES


def test_package_holds_each_file_once(names: list[str]) -> None:
    assert len(names) == len(set(names))


def test_every_module_has_its_bytecode(names: list[str]) -> None:
    packed = set(names)
    tag = sys.implementation.cache_tag

    missing = [
        name
        for name in map(Path, names)
        if name.suffix == ".py" and (name.parent / "__pycache__" / f"{name.stem}.{tag}.pyc").as_posix() not in packed
    ]

    assert missing == []


def test_bytecode_is_never_compared_with_its_source(archive: Path, names: list[str]) -> None:
    with ZipFile(archive) as zipped:
        flags = {int.from_bytes(zipped.open(name).read(8)[4:], "little") for name in names if name.endswith(".pyc")}

    assert flags == {UNCHECKED_HASH}


def run_in(task_root: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Run `program` with the unpacked archive and the standard library, as a function's process has them."""
    return subprocess.run(  # noqa: S603  programs of this file
        [sys.executable, "-S", "-B", "-c", program],
        cwd=task_root,
        env={"PYTHONPATH": str(task_root), "AWS_DEFAULT_REGION": "us-east-1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_handlers_are_imported_from_the_archive_alone(unpacked: Path) -> None:
    imported = run_in(unpacked, "import app")

    assert imported.stderr == ""


def test_libraries_work_from_the_archive_alone(unpacked: Path) -> None:
    libraries = "anthropic, aws_lambda_powertools, boto3, httpx2, jwt, pydantic, pynamodb.models"

    used = run_in(unpacked, f"import {libraries}; boto3.client('dynamodb'); jwt.algorithms.RSAAlgorithm('RS256')")

    assert used.stderr == ""


@pytest.mark.parametrize("left_out", ["tests/", "infra/", "web/", "docs/", ".chalice/", "bin/"])
def test_package_leaves_out_what_the_functions_do_not_need(names: list[str], left_out: str) -> None:
    assert [name for name in names if name.startswith(left_out)] == []


@pytest.mark.parametrize("tool", ["pytest", "moto", "mypy", "cfnlint", "hypothesis"])
def test_package_holds_no_development_tool(names: list[str], tool: str) -> None:
    assert [name for name in names if name.startswith(f"{tool}/")] == []


def test_package_holds_no_credentials(names: list[str]) -> None:
    telling = (".pem", ".key", ".env", "credentials", ".netrc", "id_rsa")

    assert [name for name in names if name.endswith(telling) and not name.startswith(("botocore/", "certifi/"))] == []


def test_packaging_the_same_app_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (package(target_of("local"), tmp_path / name) / "deployment.zip" for name in ("first", "second"))

    assert first.read_bytes() == second.read_bytes()


def test_package_for_aws_without_its_python_says_that_bytecode_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Target, "compiler", None)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "")

    with ZipFile(package(target_of("prod"), tmp_path) / "deployment.zip") as packed:
        compiled = [name for name in packed.namelist() if name.endswith(".pyc")]

    assert compiled == []
    assert NO_BYTECODE.format(runtime="python3.14") in capfd.readouterr().err


def test_app_that_cannot_be_imported_is_not_packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / ".chalice", tmp_path / ".chalice", ignore=shutil.ignore_patterns("deployments"))
    (tmp_path / "chalicelib").mkdir()
    (tmp_path / "app.py").write_text("import nothing_of_that_name\n")
    monkeypatch.setattr("infra.package.ROOT", tmp_path)

    with pytest.raises(subprocess.CalledProcessError):
        package(target_of("local"), tmp_path / "out")

    assert list((tmp_path / "out").iterdir()) == []
