"""Reproducible zip archives with the bytecode compiled in."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

#: Where Lambda unpacks the archive. Bytecode names its source by it, not by the directory it was compiled in.
TASK_ROOT = "/var/task"

#: The oldest instant a zip can hold: the same content gives the same bytes whenever it is packed.
_EPOCH = (1980, 1, 1, 0, 0, 0)

#: rw-r--r-- in the high half, as the zip format has it. Lambda runs as a user who is not the owner.
_WORLD_READABLE = 0o644 << 16


def compile_bytecode(tree: Path, python: str) -> None:
    """Put a `.pyc` beside every module under `tree`, compiled by the command `python`.

    `/var/task` is read-only, so a function without bytecode compiles its sources at each cold start. The bytecode is
    unchecked: it is never compared with its source, whose time stamp the archive does not keep.

    Raises SyntaxError when a source does not compile.
    """
    modes = ["--invalidation-mode", "unchecked-hash", "-s", str(tree), "-p", TASK_ROOT]
    # A process of its own: what a module's bytecode looks like depends on what else the compiling process has loaded.
    compiler = subprocess.run(
        [python, "-m", "compileall", "-q", *modes, str(tree)], env={"PYTHONHASHSEED": "0"}, check=False
    )
    if compiler.returncode:
        raise SyntaxError(f"a source under {tree} does not compile; the compiler's message is above")


def add_tree(archive: Path, tree: Path, *, skip: Iterable[str] = ()) -> None:
    """Append every file under `tree` to `archive` in a fixed order, without the directories named in `skip`."""
    skipped = frozenset(skip)
    with ZipFile(archive, "a", ZIP_DEFLATED) as zipped:
        for path in sorted(tree.rglob("*")):
            name = path.relative_to(tree)
            if path.is_file() and skipped.isdisjoint(name.parts[:-1]):
                zipped.writestr(_entry(name), path.read_bytes())


def unpack(archive: Path, tree: Path) -> None:
    """Write the files of `archive` below `tree`."""
    shutil.unpack_archive(archive, tree, "zip")


def unpacked_bytes(archive: Path) -> int:
    """How much room the files of `archive` take when unpacked."""
    with ZipFile(archive) as zipped:
        return sum(entry.file_size for entry in zipped.infolist())


def _entry(name: Path) -> ZipInfo:
    entry = ZipInfo(name.as_posix(), _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = _WORLD_READABLE
    return entry
