"""The code that the emulator's functions share is the code of the package, and nobody pulls it away from them."""

import errno
import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.local import packages
from infra.local.packages import KEPT, link_code, packaged


@pytest.fixture(scope="module")
def package_dir() -> Path:
    return packaged()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that are made, in a place of their own, of code that is told by its fingerprint alone."""
    made: list[str] = []

    def package(_: str, folder: Path) -> None:
        made.append(packages._fingerprint())
        folder.mkdir()
        with ZipFile(folder / "deployment.zip", "w") as archive:
            archive.writestr("app.py", made[-1])

    monkeypatch.setattr(packages, "PACKAGES", tmp_path / "packages")
    monkeypatch.setattr(packages, "package", package)
    return made


def code_is(fingerprint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_fingerprint", lambda: fingerprint)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_shared_code_has_the_files_of_the_package_and_no_others(package_dir: Path, tmp_path: Path) -> None:
    link_code(package_dir, tmp_path / "code")

    with ZipFile(package_dir / "deployment.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert files_in(tmp_path / "code") == packed


def test_shared_code_outlives_the_package_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "package" / "code").mkdir(parents=True)
    (tmp_path / "package" / "code" / "app.py").write_text("app = 1\n")
    link_code(tmp_path / "package", tmp_path / "code")

    shutil.rmtree(tmp_path / "package")

    assert files_in(tmp_path / "code") == {"app.py": b"app = 1\n"}


def test_shared_code_is_copied_where_the_disk_takes_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "package" / "code").mkdir(parents=True)
    (tmp_path / "package" / "code" / "app.py").write_text("app = 1\n")

    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    link_code(tmp_path / "package", tmp_path / "code")

    assert files_in(tmp_path / "code") == {"app.py": b"app = 1\n"}


def test_package_of_the_same_code_is_made_once(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code_is("one", monkeypatch)

    assert packaged() == packaged()
    assert made == ["one"]


def test_package_comes_with_its_code_unpacked(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code_is("one", monkeypatch)

    assert files_in(packaged() / "code") == {"app.py": b"one"}


def test_packages_of_other_code_are_kept_until_there_are_too_many(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for fingerprint in ("one", "two", "one", "three", "four"):
        code_is(fingerprint, monkeypatch)
        packaged()

    kept = {path.name for path in packages.PACKAGES.glob("[!.]*")}
    assert (made, len(kept), kept) == (["one", "two", "three", "four"], KEPT, {"one", "three", "four"})


def test_package_that_was_not_finished_is_made_again(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code_is("one", monkeypatch)
    (packages.PACKAGES / "unfinished" / "code").mkdir(parents=True)

    assert files_in(packaged() / "code") == {"app.py": b"one"}
