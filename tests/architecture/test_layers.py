"""What `domain` may be made of, and what `app.py` may know. The arrows between the layers are import-linter's."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PURE = {
    *("base64", "collections", "datetime", "enum", "functools", "hashlib", "heapq", "hmac", "html", "itertools"),
    *("json", "math", "re", "typing", "unicodedata", "uuid", "zlib", "zoneinfo"),
}
"""Modules of the standard library that do no I/O, wait for nothing and read no environment."""


def imported_modules(source: str) -> set[str]:
    """Return the dotted names that a module imports anywhere: at the top, in a function, for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


def impure_imports(source: str) -> set[str]:
    """Return the imports of a domain module that the domain may not make."""
    return {
        name
        for name in imported_modules(source)
        if name.split(".")[0] not in PURE | {"pydantic", "chalicelib", "tzdata"}
    }


@pytest.mark.parametrize("file", sorted((ROOT / "chalicelib" / "domain").rglob("*.py")), ids=lambda file: file.stem)
def test_domain_imports_only_pure_modules(file: Path) -> None:
    assert impure_imports(file.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    "line", ["import os", "import time", "def late():\n    import boto3", "from random import choice"]
)
def test_impure_import_is_reported(line: str) -> None:
    assert len(impure_imports(f"from pydantic import Field\n{line}\n")) == 1


def test_app_imports_only_the_entry_layer() -> None:
    ours = {name for name in imported_modules((ROOT / "app.py").read_text("utf-8")) if name.startswith("chalicelib")}

    assert ours
    assert {name for name in ours if not name.startswith("chalicelib.entry.")} == set()


def test_ai_is_called_by_the_actions_that_ask_whether_it_may_see_the_case() -> None:
    files = [file for file in (ROOT / "chalicelib").rglob("*.py") if "adapters" not in file.parts]
    imports = {file.stem: imported_names(file.read_text("utf-8")) for file in files}

    callers = {name for name, found in imports.items() if "chalicelib.adapters.ai.claude" in found}
    asking = {name for name, found in imports.items() if any("ai_permission" in one for one in found)}

    assert callers == {"assess_handoff", "send_message"}
    assert callers <= asking


def imported_names(source: str) -> set[str]:
    """Return the dotted names of what a module imports, with the names taken from each module."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in nodes for alias in node.names}


def test_time_is_read_in_one_module() -> None:
    files = sorted((ROOT / "chalicelib").rglob("*.py"))

    reading = {file.stem for file in files if "datetime.now" in file.read_text("utf-8")}

    assert reading == {"wall_clock"}
