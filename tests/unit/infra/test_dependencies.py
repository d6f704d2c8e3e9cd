import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.dependencies import AWS_SERVICES, ROOT, dependencies_archive

#: glibc of the oldest Lambda runtime that is packaged for, and of the others.
GLIBC_MINOR = {"cp311": 26}
LATER_GLIBC_MINOR = 34


@pytest.fixture(scope="session")
def wheel_tags() -> dict[str, list[str]]:
    """The tags of every wheel that is packed for AWS, by the wheel's directory."""
    with ZipFile(dependencies_archive("dev")) as packed:
        return {
            name: re.findall(r"^Tag: (\S+)$", packed.read(name).decode(), re.MULTILINE)
            for name in packed.namelist()
            if name.endswith(".dist-info/WHEEL")
        }


def runs_on_lambda(tag: str) -> bool:
    if tag.endswith("-none-any"):
        return True
    newest_abi = GLIBC_MINOR.get(tag.split("-")[1], LATER_GLIBC_MINOR)
    glibc = re.search(r"manylinux_2_(\d+)_x86_64|manylinux2014_x86_64|manylinux1_x86_64|manylinux2010_x86_64", tag)
    return glibc is not None and int(glibc[1] or 17) <= newest_abi


def test_every_wheel_for_aws_runs_on_lambda(wheel_tags: dict[str, list[str]]) -> None:
    unfit = [name for name, tags in wheel_tags.items() if not any(map(runs_on_lambda, tags))]

    assert unfit == []


def test_dependencies_are_installed_once(wheel_tags: dict[str, list[str]]) -> None:
    made = dependencies_archive("dev").stat().st_mtime_ns

    assert dependencies_archive("dev").stat().st_mtime_ns == made


def test_this_machine_and_aws_have_archives_of_their_own() -> None:
    names = {Path(dependencies_archive(stage)).name for stage in ("local", "dev", "prod")}

    assert len(names) == 2


def test_every_aws_service_that_is_called_is_packed() -> None:
    sources = [path.read_text() for path in (ROOT / "chalicelib").rglob("*.py")]
    called = {service for source in sources for service in re.findall(r"boto3\.client\(\s*\"([\w-]+)\"", source)}

    assert called
    assert called | {"dynamodb"} <= AWS_SERVICES


def test_other_aws_services_are_not_packed() -> None:
    with ZipFile(dependencies_archive("local")) as packed:
        described = {name.split("/")[2] for name in packed.namelist() if re.match(r"botocore/data/[^/]+/", name)}

    assert described == AWS_SERVICES
