"""`infra/template.yaml`, read once per process: parsing it takes 0.4 s of CPU."""

from functools import cache
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from infra.package import TEMPLATE


@cache
def template_resources() -> dict[str, Any]:
    """The resources of the template, by name, for reading only."""
    resources: dict[str, Any] = yaml_parse(TEMPLATE.read_text())["Resources"]
    return resources
