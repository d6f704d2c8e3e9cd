import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.archive import add_tree, compile_bytecode, unpack, unpacked_bytes


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "inner").mkdir(parents=True)
    (root / "greeting.py").write_text("WORD = 'compiled'\n")
    (root / "inner" / "letter.txt").write_text("twelve bytes")
    return root


def test_compiled_modules_are_loaded_without_a_look_at_their_source(tree: Path) -> None:
    compile_bytecode(tree, sys.executable)
    (tree / "greeting.py").write_text("WORD = 'read again'\n")

    loaded = subprocess.run(
        [sys.executable, "-c", "import greeting; print(greeting.WORD)"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout == "compiled\n"


def test_bytecode_does_not_depend_on_where_it_was_compiled(tree: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "greeting.py").write_text((tree / "greeting.py").read_text())

    compile_bytecode(tree, sys.executable)
    compile_bytecode(elsewhere, sys.executable)

    (here,), (there,) = (list((root / "__pycache__").iterdir()) for root in (tree, elsewhere))
    assert here.read_bytes() == there.read_bytes()


def test_source_that_does_not_compile_is_refused(tree: Path) -> None:
    (tree / "broken.py").write_text("def\n")

    with pytest.raises(SyntaxError, match="does not compile"):
        compile_bytecode(tree, sys.executable)


def test_archive_does_not_depend_on_when_it_was_made(tree: Path, tmp_path: Path) -> None:
    add_tree(tmp_path / "first.zip", tree)
    for path in tree.rglob("*"):
        path.touch()
    add_tree(tmp_path / "second.zip", tree)

    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_skipped_directory_is_skipped_at_every_depth(tree: Path, tmp_path: Path) -> None:
    for place in (tree / "tests", tree / "inner" / "tests"):
        place.mkdir()
        (place / "unwanted.py").write_text("")

    add_tree(tmp_path / "packed.zip", tree, skip=["tests"])

    with ZipFile(tmp_path / "packed.zip") as packed:
        assert packed.namelist() == ["greeting.py", "inner/letter.txt"]


def test_file_keeps_its_name_and_content(tree: Path, tmp_path: Path) -> None:
    add_tree(tmp_path / "packed.zip", tree)
    unpack(tmp_path / "packed.zip", tmp_path / "unpacked")

    assert (tmp_path / "unpacked" / "inner" / "letter.txt").read_text() == "twelve bytes"


def test_every_file_may_be_read_by_everyone(tree: Path, tmp_path: Path) -> None:
    add_tree(tmp_path / "packed.zip", tree)

    with ZipFile(tmp_path / "packed.zip") as packed:
        assert {entry.external_attr >> 16 for entry in packed.infolist()} == {0o644}


def test_size_is_counted_unpacked(tree: Path, tmp_path: Path) -> None:
    add_tree(tmp_path / "packed.zip", tree)

    assert unpacked_bytes(tmp_path / "packed.zip") == len("WORD = 'compiled'\n") + len("twelve bytes")
