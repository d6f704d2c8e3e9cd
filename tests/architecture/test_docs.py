"""The documentation names files and functions that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
STOP = re.compile(r"`([\w/.-]+\.py):(\w+)`")
PATH = re.compile(r"`((?:chalicelib|infra|tests|web|docs)/[\w/.-]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def functions_in(file: Path) -> set[str]:
    """Return the names of all functions and methods that a module defines."""
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


STOPS = STOP.findall((ROOT / "docs" / "walkthrough.md").read_text("utf-8"))


@pytest.mark.parametrize(("file", "function"), STOPS, ids=lambda part: str(part).rpartition("/")[2])
def test_walkthrough_stop_exists(file: str, function: str) -> None:
    assert function in functions_in(ROOT / file)


def test_walkthrough_has_stops() -> None:
    assert len(STOPS) >= 24


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_and_links_of_a_page_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    named = {ROOT / path for path in PATH.findall(text)} | {page.parent / link for link in LINK.findall(text)}

    assert sorted(str(path) for path in named if not path.exists()) == []


def test_every_variable_of_the_local_stack_is_documented() -> None:
    variables = re.findall(r"FLOWPILOT_[A-Z_]+", (ROOT / "infra" / "local" / "site.py").read_text("utf-8"))
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert {name for name in variables if f"`{name}`" not in page} == set()
