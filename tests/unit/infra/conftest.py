"""The package, made once per test run, and its template as each reader sees it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from infra.cloud import Cloud
from infra.local.emulator import start_emulator
from infra.local.services import Services
from infra.package import package
from tests.support.stack_fixture import site_of_its_own

Template = dict[str, Any]


@pytest.fixture(scope="session")
def package_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app, packaged for this machine: `template.json` and `deployment.zip`."""
    return package("local", tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def template(package_dir: Path) -> Template:
    """The template as it is packaged: the functions are still SAM's."""
    packaged: Template = json.loads((package_dir / "template.json").read_text())
    return packaged


@pytest.fixture(scope="session")
def resources(template: Template) -> Template:
    """What the packaged template makes, by name."""
    made: Template = template["Resources"]
    return made


@pytest.fixture(scope="session")
def translated(template: Template) -> Template:
    """The template as CloudFormation has it after SAM's transform, its own extensions still unresolved."""
    uploaded = json.loads(json.dumps(template))
    for resource in uploaded["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": "artifacts", "Key": "deployment.zip"}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")  # SAM wants to know the partition
        plain: Template = transform(uploaded, {}, _NoManagedPolicies())
    return plain | {"Transform": "AWS::LanguageExtensions"}


class _NoManagedPolicies:
    """What SAM would ask IAM; no role of ours names a managed policy."""

    def load(self) -> dict[str, str]:
        return {}


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
