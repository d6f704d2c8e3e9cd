"""The expressions of redaction cannot backtrack without bound, and importing redaction loads none of them."""

import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest

from chalicelib.domain import redaction

_constants: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")


def modules() -> list[ModuleType]:
    """Every module of redaction."""
    return [import_module(found.name) for found in walk_packages(redaction.__path__, f"{redaction.__name__}.")]


def patterns() -> dict[str, str]:
    """Every expression of redaction, by module and name; those that are data too."""
    from chalicelib.domain.redaction.vocabulary import identifiers

    found = {
        f"{module.__name__}.{name}": value.pattern
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
    signed = (*identifiers.WITH_SIGN.values(), *identifiers.EXACT.values())
    data = [*identifiers.PLAIN, *(pattern for patterns in signed for pattern in patterns)]
    return found | {f"identifiers.{number}": pattern for number, pattern in enumerate(data)}


def unbounded(parsed: Any) -> int:
    """Count the repeats without a bound that may give back what they took."""
    count = 0
    for operation, argument in parsed:
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and argument[1] is _constants.MAXREPEAT:
            count += 1
        count += sum(unbounded(part) for part in _parts(argument))
    return count


def _parts(argument: Any) -> list[Any]:
    if isinstance(argument, _parser.SubPattern):
        return [argument]
    if isinstance(argument, (list, tuple)):
        return [part for item in argument for part in _parts(item)]
    return []


PATTERNS = patterns()


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_expression_has_no_unbounded_repeat_that_backtracks(pattern: str) -> None:
    assert unbounded(_parser.parse(pattern)) == 0


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"a*a*b", r"\S+?x", r"(?:[ab]+c){1,3}"])
def test_expression_that_can_backtrack_without_bound_is_noticed(pattern: str) -> None:
    assert unbounded(_parser.parse(pattern)) > 0


def test_importing_redaction_compiles_nothing_and_loads_no_detector() -> None:
    code = "import sys, chalicelib.domain.redaction; print([n for n in sys.modules if 'redaction' in n])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603

    loaded = {name.removeprefix("chalicelib.domain.") for name in eval(run.stdout)}  # noqa: S307  our own list
    assert loaded == {f"redaction.{name}" for name in ("author_masks", "masks", "marked", "folding", "spans")} | {
        "redaction"
    }
