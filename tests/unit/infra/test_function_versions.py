"""When the alias of the API function moves to a new version: whenever anything that it runs with is another."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from infra.function_versions import with_fingerprint
from infra.package import packaged_template
from infra.sam import translated
from infra.target import target_of

Template = dict[str, Any]

VALUES = {"Stage": "prod", "LogLevel": "INFO"}


def version_of(template: Template) -> str:
    """The logical id of the version that `template` publishes."""
    made: Template = translated(template)["Resources"]
    (version,) = [name for name, item in made.items() if item["Type"] == "AWS::Lambda::Version"]
    return version


def deployed_version(template: Template, values: dict[str, str]) -> str:
    """The logical id of the version that a deployment with these parameter values publishes."""
    return version_of(with_fingerprint(template, values))


@pytest.fixture(scope="module")
def published(template: Template) -> str:
    return deployed_version(template, VALUES)


def test_same_deployment_publishes_no_version(template: Template, published: str) -> None:
    assert deployed_version(copy.deepcopy(template), dict(reversed(VALUES.items()))) == published


def test_new_parameter_value_publishes_a_version(template: Template, published: str) -> None:
    assert deployed_version(template, VALUES | {"LogLevel": "DEBUG"}) != published


def set_timeout(resources: Template) -> None:
    resources["APIHandler"]["Properties"]["Timeout"] = 20


def add_layer(resources: Template) -> None:
    resources["APIHandler"]["Properties"]["Layers"] = ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"]


def set_runtime(resources: Template) -> None:
    resources["APIHandler"]["Properties"]["Runtime"] = "python3.13"


def replace_user_pool(resources: Template) -> None:
    resources["UserPool"]["Properties"]["UsernameAttributes"] = ["phone_number"]  # its id is in the environment


@pytest.mark.parametrize("change", [set_timeout, add_layer, set_runtime, replace_user_pool])
def test_changed_template_publishes_a_version(
    template: Template, published: str, change: Callable[[Template], None]
) -> None:
    changed = copy.deepcopy(template)
    change(changed["Resources"])

    assert deployed_version(changed, VALUES) != published


@pytest.mark.parametrize("change", [set_timeout, add_layer, set_runtime])
def test_changed_function_publishes_a_version_without_the_fingerprint_too(
    template: Template, change: Callable[[Template], None]
) -> None:
    changed = copy.deepcopy(template)
    change(changed["Resources"])

    assert version_of(changed) != version_of(template)


def test_old_version_goes_with_its_snapshot(translated: Template) -> None:
    (version,) = [item for item in translated["Resources"].values() if item["Type"] == "AWS::Lambda::Version"]

    assert version["DeletionPolicy"] == "Delete"


def test_api_starts_from_a_snapshot(resources: Template) -> None:
    assert resources["APIHandler"]["Properties"]["SnapStart"] == {"ApplyOn": "PublishedVersions"}


def test_snapstart_can_be_left_out() -> None:
    function = packaged_template(target_of("prod", snap_start=False))["Resources"]["APIHandler"]["Properties"]

    assert function["SnapStart"] == {"ApplyOn": "None"}


def test_functions_use_nothing_that_snapstart_does_not_support(resources: Template) -> None:
    # AWS Lambda developer guide, "Improving startup performance with Lambda SnapStart": no more than 512 MB of /tmp, no
    # provisioned concurrency, no file system.
    function = resources["APIHandler"]["Properties"]

    assert function.keys().isdisjoint({"EphemeralStorage", "ProvisionedConcurrencyConfig", "FileSystemConfigs"})
