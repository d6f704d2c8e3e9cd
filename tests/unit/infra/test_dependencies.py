import fcntl
import re
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from infra import dependencies
from infra.dependencies import AWS_SERVICES, ROOT, dependencies_archive
from infra.target import Architecture, Target, target_of

GLIBC_MINOR = 34
"""glibc of Amazon Linux 2023, which the runtimes from Python 3.12 on have."""

MACHINES: list[tuple[Architecture, str, int]] = [("arm64", "aarch64", 183), ("x86_64", "x86_64", 62)]
"""What Lambda, wheels and ELF headers (`e_machine`) call a processor."""

ENVIRONMENT = {
    "python_version": "3.14",
    "python_full_version": "3.14.0",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "extra": "",
}
"""What the conditions of requirements are about, as the functions have it (PEP 508)."""


@pytest.fixture(scope="session")
def arm64() -> Path:
    """The dependencies for the processor that is the default on AWS."""
    return dependencies_archive(target_of("prod"))


def files(archive: Path, ending: str) -> dict[str, bytes]:
    with ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.endswith(ending)}


def runs_on_lambda(tag: str, machine: str) -> bool:
    """Whether a wheel of that tag can be loaded by Python 3.14 on `machine`."""
    python, abi, platforms = tag.split("-")
    if platforms == "any":
        return abi == "none" and python in ("py3", "py2.py3")
    fits_python = (python, abi) == ("cp314", "cp314") or (abi == "abi3" and int(python.removeprefix("cp3")) <= 14)
    glibc = re.fullmatch(rf"manylinux(?:_2_(\d+)|2014)_{machine}", platforms)
    return fits_python and glibc is not None and int(glibc[1] or 17) <= GLIBC_MINOR


def unfit_wheels(archive: Path, machine: str) -> list[str]:
    tags = {
        name: re.findall(r"^Tag: (\S+)$", content.decode(), re.MULTILINE)
        for name, content in files(archive, ".dist-info/WHEEL").items()
    }
    assert len(tags) > 20
    return [name for name, found in tags.items() if not any(runs_on_lambda(tag, machine) for tag in found)]


def test_every_wheel_for_aws_runs_on_arm64(arm64: Path) -> None:
    assert unfit_wheels(arm64, "aarch64") == []


def test_wheels_for_another_processor_are_noticed(arm64: Path) -> None:
    assert unfit_wheels(arm64, "x86_64") != []


def test_every_native_library_for_aws_is_of_arm64(arm64: Path) -> None:
    machines = {int.from_bytes(content[18:20], "little") for content in files(arm64, ".so").values()}

    assert machines == {183}


def test_http_ece_which_has_no_wheel_is_built_as_plain_python(arm64: Path) -> None:
    tags = next(text for name, text in files(arm64, ".dist-info/WHEEL").items() if name.startswith("http_ece-"))

    assert b"\nTag: py3-none-any" in tags
    assert "http_ece/__init__.py" in files(arm64, "__init__.py")
    assert [name for name in files(arm64, ".so") if name.startswith("http_ece")] == []


@pytest.mark.prove
@pytest.mark.parametrize(("architecture", "machine", "elf"), MACHINES)
def test_every_wheel_runs_on_each_processor(architecture: Architecture, machine: str, elf: int) -> None:
    archive = dependencies_archive(target_of("prod", architecture))

    libraries = {int.from_bytes(content[18:20], "little") for content in files(archive, ".so").values()}
    assert (unfit_wheels(archive, machine), libraries) == ([], {elf})


def test_every_dependency_of_a_dependency_is_packed_for_the_functions_python(arm64: Path) -> None:
    # The pins are resolved by the Python of a desk; another version may need what that one does not.
    distributions = [message_from_string(item.decode()) for item in files(arm64, ".dist-info/METADATA").values()]
    packed = {canonicalize_name(item["Name"]): item["Version"] for item in distributions}

    needed = [
        Requirement(text)
        for item in distributions
        for text in item.get_all("Requires-Dist", [])
        if "extra ==" not in text
    ]
    missing = [
        str(requirement)
        for requirement in needed
        if (requirement.marker is None or requirement.marker.evaluate(ENVIRONMENT))
        and not requirement.specifier.contains(packed.get(canonicalize_name(requirement.name), "0"), prereleases=True)
    ]
    assert len(needed) > 20
    assert missing == []


def test_dependencies_are_installed_once(arm64: Path) -> None:
    made = arm64.stat().st_mtime_ns

    assert dependencies_archive(target_of("prod")).stat().st_mtime_ns == made


def test_each_platform_has_an_archive_of_its_own(arm64: Path) -> None:
    names = {dependencies_archive(target_of(stage)).name for stage in ("local", "dev", "prod")}

    assert len(names) == 2
    assert "python3.14-arm64" in arm64.name


def test_every_aws_service_that_is_called_is_packed() -> None:
    sources = [path.read_text() for path in (ROOT / "chalicelib").rglob("*.py")]
    called = {
        service
        for source in sources
        for service in re.findall(r"boto3(?:\.Session\(\))?\.client\(\s*\"([\w-]+)\"", source)
    }

    assert called
    assert called | {"dynamodb"} <= AWS_SERVICES


def test_other_aws_services_are_not_packed() -> None:
    with ZipFile(dependencies_archive(target_of("local"))) as packed:
        described = {name.split("/")[2] for name in packed.namelist() if re.match(r"botocore/data/[^/]+/", name)}

    assert described == AWS_SERVICES


def test_archive_is_made_once_and_under_a_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target, made = target_of("local"), list[Path]()

    def build(_target: Target, scratch: Path) -> Path:
        with pytest.raises(BlockingIOError):
            take_lock(tmp_path)
        made.append(scratch / "made.zip")
        made[-1].touch()
        return made[-1]

    monkeypatch.setattr(dependencies, "CACHE", tmp_path)
    monkeypatch.setattr(dependencies, "_build", build)
    archives = [dependencies_archive(target) for _ in range(2)]

    assert (len(made), archives[0]) == (1, archives[1])
    take_lock(tmp_path)


def take_lock(folder: Path) -> None:
    """Lock the folder's one lock file, and let go of it. Raises BlockingIOError while it is locked."""
    (path,) = folder.glob(".*lock")
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
