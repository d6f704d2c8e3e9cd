"""Keeps the last package, so that code which has not changed is not packaged again."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from infra.local.site import ROOT, STAGE
from infra.package import package
from infra.target import target_of

PACKAGES = ROOT / ".local" / "packages"
INGREDIENTS = ("app.py", "requirements.txt", ".chalice/*.json", "infra/*.py", "infra/*.yaml", "chalicelib/**/*")


def packaged() -> Path:
    """The package of the code as it is now, made only when the code has changed since the last one."""
    wanted = PACKAGES / _fingerprint()
    if not wanted.exists():
        shutil.rmtree(PACKAGES, ignore_errors=True)
        unfinished = PACKAGES / f"unfinished-{os.getpid()}"
        package(target_of(STAGE), unfinished)
        unfinished.rename(wanted)
    return wanted


def _fingerprint() -> str:
    """Of all that goes into a package: the app, its settings and requirements, and what packs them."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_ingredients()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _ingredients() -> list[Path]:
    found = {path for pattern in INGREDIENTS for path in ROOT.glob(pattern)}
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]
