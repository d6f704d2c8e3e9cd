"""How long a file and a function may be, the names that say nothing, and class names that occur once."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 250
TEST_FILE_LINES = 300
FUNCTION_LINES = 40
REFUSED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "data", "info", "process"}

FILES = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py")), *sorted((ROOT / "infra").rglob("*.py"))]


def long_functions(source: str) -> list[str]:
    """The functions of a module that are longer than allowed, docstring included, decorators not."""
    return [
        f"{node.name}: {length} lines"
        for node in _functions(source)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def _functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def refused_words(path: Path) -> set[str]:
    """The words in a path inside the repository that say nothing of what is there."""
    return {word for part in path.with_suffix("").parts for word in part.lower().split("_")} & REFUSED


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_file_is_short_enough_to_read_at_once() -> None:
    assert longer_than(FILE_LINES, FILES) == {}


def longer_than(limit: int, files: Iterable[Path]) -> dict[str, int]:
    """The lines of each file that has more than `limit`."""
    lines = {named(file): len(file.read_text("utf-8").splitlines()) for file in files}
    return {name: count for name, count in lines.items() if count > limit}


def test_file_with_more_lines_than_allowed_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    long = tmp_path / "long.py"
    long.write_text("pass\n" * 251)

    assert longer_than(FILE_LINES, [long]) == {"long.py": 251}
    assert longer_than(251, [long]) == {}


def test_function_is_short_enough_to_hold_in_mind() -> None:
    assert [(named(file), found) for file in FILES if (found := long_functions(file.read_text("utf-8")))] == []


def test_file_is_named_after_what_is_in_it() -> None:
    assert [(named(file), found) for file in FILES if (found := refused_words(file.relative_to(ROOT)))] == []


@pytest.mark.parametrize("head", ["def f():", "async def f():", "class C:\n  def f(self):", "def g():\n  def f():"])
def test_function_that_is_too_long_is_seen(head: str) -> None:
    inside = " " * (4 if "\n" in head else 2)

    assert "f: 41 lines" in long_functions(head + f"\n{inside}pass" * 40)


def test_function_of_40_lines_is_let_through() -> None:
    assert long_functions("@route\ndef f():" + "\n  pass" * 39) == []


@pytest.mark.parametrize("name", ["store/utils.py", "common/keys.py", "entry/http_helpers.py", "store/base.py"])
def test_name_that_says_nothing_is_seen(name: str) -> None:
    assert refused_words(Path("chalicelib") / name) != set()


def top_level_classes(source: str) -> list[str]:
    """The classes that a module defines for others: not the private ones, nor those inside another class."""
    return [
        node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def test_class_name_occurs_once_in_production_code() -> None:
    product = [file for file in FILES if file.is_relative_to(ROOT / "chalicelib")]
    counted = Counter(name for file in product for name in top_level_classes(file.read_text("utf-8")))

    assert counted
    assert [name for name, count in counted.items() if count > 1] == []


def test_public_top_level_classes_are_counted() -> None:
    assert top_level_classes("class A:\n  class B: ...\nclass _C: ...\ndef f():\n  class D: ...\n") == ["A"]


def test_test_file_is_short_enough() -> None:
    assert longer_than(TEST_FILE_LINES, sorted((ROOT / "tests").rglob("*.py"))) == {}
