"""Keeps the last packages, so that code which has not changed is not packaged again."""

import errno
import hashlib
import os
import shutil
import sys
import time
from pathlib import Path

from infra.archive import unpack
from infra.folder_lock import one_at_a_time
from infra.local.site import ROOT, STAGE
from infra.package import package
from infra.target import target_of

PACKAGES = ROOT / ".local" / "packages"
INGREDIENTS = ("app.py", "requirements.txt", ".chalice/*.json", "infra/*.py", "infra/*.yaml", "chalicelib/**/*")
CODE = "code"
KEPT = 3


def packaged() -> Path:
    """Return the package of the code as it is now, made only when none of the last packages is of this code.

    Beside `template.json` and `deployment.zip` there is the folder `code`, which holds the files of the archive.
    """
    wanted = PACKAGES / _fingerprint()
    with one_at_a_time(PACKAGES):
        if not wanted.exists():
            unfinished = PACKAGES / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            package(target_of(STAGE), unfinished)
            unpack(unfinished / "deployment.zip", unfinished / CODE)
            unfinished.rename(wanted)
        os.utime(wanted, ns=(time.time_ns(),) * 2)  # finer than the file system's own clock
        for outdated in sorted(PACKAGES.glob("[!.]*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(outdated)
    return wanted


def link_code(package_dir: Path, folder: Path) -> None:
    """Make `folder` a copy of the package's code that costs no room and lives on when the package is forgotten.

    The files are hard links, so nobody may write to them; on another disk they are copies.
    """
    shutil.copytree(package_dir / CODE, folder, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as refusal:
        if refusal.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK}:
            raise
        shutil.copyfile(source, target)


def _fingerprint() -> str:
    """Of all that goes into a package: the app, its settings and requirements, and what packs them."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_ingredients()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _ingredients() -> list[Path]:
    found = {path for pattern in INGREDIENTS for path in (*ROOT.glob(pattern), Path(__file__))}
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]


if __name__ == "__main__":
    packaged()
