"""Which room may import which: the table of arrows, and a walk over every import that fails on a wrong one."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OPEN_TO_ALL = {"settings", "log"}
MAY_IMPORT = {
    "entry": {"actions", "contracts", "domain"} | OPEN_TO_ALL,
    "actions": {"store", "adapters", "contracts", "domain"} | OPEN_TO_ALL,
    "store": {"contracts", "domain"} | OPEN_TO_ALL,
    "adapters": {"contracts", "domain"} | OPEN_TO_ALL,
    "contracts": {"domain"} | OPEN_TO_ALL,
    "domain": set[str](),
    "log": {"settings"},
    "settings": set[str](),
}
MAY_KNOW = {
    "chalice": {"entry"},
    "pynamodb": {"store"},
    "botocore": {"store", "adapters"},
    "boto3": {"adapters"},
    "anthropic": {"adapters"},
    "httpx2": {"adapters"},
}
PURE = {
    "base64",
    "collections",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "hmac",
    "html",
    "itertools",
    "json",
    "math",
    "re",
    "typing",
    "unicodedata",
    "uuid",
}
"""What domain may be made of: nothing that reads, writes, waits, guesses or looks at the environment."""


def imports_of(source: str) -> set[str]:
    """The dotted names that a module imports, wherever in it: at the top, in a function, for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def wrong_arrows(room: str, source: str) -> list[str]:
    """The imports of a module that its room may not make."""
    return sorted(name for name in imports_of(source) if not _is_right(room, name))


def _is_right(room: str, name: str) -> bool:
    package, _, rest = name.partition(".")
    if package == "":
        return False
    if package == "chalicelib":
        target = rest.split(".")[0]
        return target == room or target in MAY_IMPORT[room]
    if room == "domain":
        return package in PURE | {"pydantic"}
    return room in MAY_KNOW.get(package, {room})


def room_of(file: Path) -> str:
    return file.relative_to(ROOT / "chalicelib").parts[0].removesuffix(".py")


IN_ROOMS = [file for file in sorted((ROOT / "chalicelib").rglob("*.py")) if room_of(file) != "__init__"]


@pytest.mark.parametrize("file", IN_ROOMS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(file: Path) -> None:
    assert wrong_arrows(room_of(file), file.read_text("utf-8")) == []


def test_every_room_is_in_the_table() -> None:
    assert {room_of(file) for file in IN_ROOMS} <= set(MAY_IMPORT)


def test_app_imports_entry_alone() -> None:
    ours = [name for name in imports_of((ROOT / "app.py").read_text("utf-8")) if name.startswith("chalicelib")]

    assert [name for name in ours if not name.startswith("chalicelib.entry.")] == []


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain", "from chalicelib.store import keys"),
        ("domain", "from chalicelib.contracts.requests import HandOffRequest"),
        ("domain", "from chalicelib import log"),
        ("domain", "from chalicelib.settings import settings"),
        ("domain", "import chalicelib.log"),
        ("domain", "import os"),
        ("domain", "import time"),
        ("domain", "import boto3"),
        ("contracts", "from chalicelib.actions.handoffs.claim_handoff import claim_handoff"),
        ("contracts", "from chalicelib import store"),
        ("store", "from chalicelib.actions import claim_handoff"),
        ("store", "from chalicelib.adapters import claude"),
        ("store", "import boto3"),
        ("adapters", "from chalicelib.store.handoffs import load"),
        ("actions", "from chalicelib.entry.api import Api"),
        ("actions", "from pynamodb.models import Model"),
        ("actions", "import anthropic"),
        ("actions", "import httpx2"),
        ("actions", "from botocore.exceptions import ClientError"),
        ("actions", "from chalice.app import Response"),
        ("entry", "from chalicelib.store import handoffs"),
        ("entry", "from chalicelib.adapters.ai.claude import assess"),
        ("settings", "from chalicelib.domain.people import Role"),
        ("actions", "from .claim_handoff import claim_handoff"),
        ("domain", "def late():\n    from chalicelib.store import keys"),
        ("domain", "if TYPE_CHECKING:\n    from chalicelib.store import keys"),
    ],
)
def test_a_wrong_arrow_is_seen(room: str, line: str) -> None:
    assert len(wrong_arrows(room, f'"""A module."""\nfrom pydantic import Field\n{line}\n')) == 1


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain", "from chalicelib.domain.frozen_model import Value"),
        ("entry", "from chalicelib.actions.handoffs.claim_handoff import claim_handoff"),
        ("entry", "from chalice.app import Blueprint"),
        ("store", "from pynamodb.models import Model"),
        ("store", "from botocore.exceptions import ClientError"),
        ("adapters", "import anthropic, boto3, httpx2"),
        ("actions", "from chalicelib import log, store"),
        ("log", "from chalicelib.settings import settings"),
    ],
)
def test_a_right_arrow_is_let_through(room: str, line: str) -> None:
    assert wrong_arrows(room, line) == []
