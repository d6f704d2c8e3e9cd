"""The package, made once per test run, and its template as each reader sees it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.cloud import Cloud
from infra.local.emulator import start_emulator
from infra.local.services import Services
from infra.local.site import site_of_its_own
from infra.package import package, packaged_template
from infra.sam import translated as sam_translated
from infra.target import target_of

Template = dict[str, Any]


@pytest.fixture(scope="session")
def package_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app, packaged for this machine: `template.json` and `deployment.zip`."""
    return package(target_of("local"), tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def local_template(package_dir: Path) -> Template:
    """The template as it is packaged for this machine."""
    packaged: Template = json.loads((package_dir / "template.json").read_text())
    return packaged


@pytest.fixture(scope="session")
def template() -> Template:
    """The template as it is packaged for production: the functions are still SAM's."""
    return packaged_template(target_of("prod"))


@pytest.fixture(scope="session")
def resources(template: Template) -> Template:
    """What the packaged template makes, by name."""
    made: Template = template["Resources"]
    return made


@pytest.fixture(scope="session")
def translated(template: Template) -> Template:
    """The template as CloudFormation has it after SAM's transform, its own extensions still unresolved."""
    return sam_translated(template)


@pytest.fixture(scope="session")
def emulator_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An emulator with nothing in it yet."""
    site = site_of_its_own(tmp_path_factory.mktemp("emulator"))
    with Services(site.home) as services:
        start_emulator(site, services)
        yield site.endpoint_url


@pytest.fixture
def cloud(emulator_url: str) -> Cloud:
    """The way to that emulator."""
    return Cloud(emulator_url)
