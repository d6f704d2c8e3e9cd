"""The clock of a local stack that can be set: only in the folder that its functions import from."""

import importlib.util
import inspect
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from chalicelib.entry import wall_clock
from infra.local import moved_wall_clock
from infra.local.clock import WALL_CLOCK, make_settable, set_clock
from infra.local.site import ROOT

FRIDAY = datetime(2030, 11, 29, 16, 55, tzinfo=UTC)


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A stack's code, made settable: the module beside its bytecode, as packages have it."""
    place = tmp_path / WALL_CLOCK
    (place.parent / "__pycache__").mkdir(parents=True)
    place.hardlink_to(ROOT / WALL_CLOCK)
    (place.parent / "__pycache__" / "wall_clock.cpython-311.pyc").write_bytes(b"of the package")
    make_settable(tmp_path)
    return tmp_path


def imported(code: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("wall_clock_of_a_stack", code / WALL_CLOCK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def functions_of(module: ModuleType) -> dict[str, inspect.Signature]:
    own = inspect.getmembers(module, lambda one: inspect.isfunction(one) and one.__module__ == module.__name__)
    return {name: inspect.signature(function) for name, function in own}


def test_set_clock_goes_on_from_the_time_that_was_set(code: Path) -> None:
    set_clock(code, FRIDAY)

    told = [imported(code).now() for _ in range(2)]

    assert FRIDAY <= told[0] <= told[1] < FRIDAY + timedelta(minutes=1)
    assert told[0].utcoffset() == timedelta(0)


def test_clock_that_nobody_has_set_tells_the_time(code: Path) -> None:
    before = datetime.now(UTC)

    assert before <= imported(code).now() <= datetime.now(UTC)


def test_clock_can_be_set_again_while_it_is_in_use(code: Path) -> None:
    module = imported(code)
    set_clock(code, FRIDAY)
    set_clock(code, FRIDAY + timedelta(days=3))

    assert module.current_instant() >= FRIDAY + timedelta(days=3)


def test_package_keeps_its_own_clock_and_no_bytecode_of_it_is_left(code: Path) -> None:
    set_clock(code, FRIDAY)

    assert "clock_offset_s" not in (ROOT / WALL_CLOCK).read_text("utf-8")
    assert list((code / WALL_CLOCK).parent.glob("__pycache__/wall_clock.*")) == []


def test_settable_clock_offers_what_the_apps_own_does() -> None:
    assert functions_of(moved_wall_clock) == functions_of(wall_clock)
