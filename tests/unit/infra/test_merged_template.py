"""What merging a template into Chalice's can spoil without a word."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.infra.functions import FUNCTIONS

Template = dict[str, Any]


def objects(item: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a template with its path."""
    if isinstance(item, dict):
        yield path, item
        for name, value in item.items():
            yield from objects(value, f"{path}/{name}")
    if isinstance(item, list):
        for index, value in enumerate(item):
            yield from objects(value, f"{path}/{index}")


def is_intrinsic(name: str) -> bool:
    return name == "Ref" or name.startswith("Fn::")


def mixed(template: Template) -> list[str]:
    """Where an intrinsic function has a second key: a merge keeps what it does not replace."""
    return [path for path, item in objects(template, "") if any(map(is_intrinsic, item)) and len(item) > 1]


def test_references_of_the_packaged_template_have_one_key(template: Template) -> None:
    assert mixed(template) == []


def test_reference_with_two_heads_is_noticed() -> None:
    merged = {"Queue": {"Fn::Sub": "${PsaPushes.Arn}", "Fn::GetAtt": ["PsaPushes", "Arn"]}}

    assert mixed(merged) == ["/Queue"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_event_of_a_function_is_switched_on_once(resources: Template, function: str) -> None:
    # SAM takes `Enabled` or `State`, and refuses a template with both when it is deployed.
    events = resources[function]["Properties"].get("Events", {})

    assert [name for name, event in events.items() if {"Enabled", "State"} <= event["Properties"].keys()] == []
