import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.emulator import emulator_environment, shared_code, start_emulator
from infra.local.services import LocalTrouble, Services
from infra.local.site import Site, site_from


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path, taken_port: int) -> None:
    site = Site(tmp_path, emulator_port=taken_port)

    with (
        Services(tmp_path) as services,
        pytest.raises(LocalTrouble, match=rf"port {taken_port}.* is taken .*FLOWPILOT_EMULATOR_PORT"),
    ):
        start_emulator(site, services)


def test_unreachable_named_emulator_is_reported(tmp_path: Path) -> None:
    site = Site(tmp_path, external_endpoint_url="http://127.0.0.1:1")

    with (
        Services(tmp_path) as services,
        pytest.raises(LocalTrouble, match=r"AWS_ENDPOINT_URL is http://127\.0\.0\.1:1"),
    ):
        start_emulator(site, services)


def test_developers_own_cloud_account_stays_out_of_the_emulator(tmp_path: Path) -> None:
    developers = {"PATH": "/bin", "AWS_PROFILE": "production", "AWS_ACCESS_KEY_ID": "AKIA", "ANTHROPIC_API_KEY": "sk"}

    inherited = emulator_environment(Site(tmp_path), developers)

    assert inherited.keys() & developers.keys() == {"PATH"}


def test_zone_data_in_the_emulator_are_those_that_are_pinned(tmp_path: Path) -> None:
    assert emulator_environment(Site(tmp_path), {})["PYTHONTZPATH"] == ""


def test_port_that_is_no_port_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="FLOWPILOT_WEB_PORT must be a port number"):
        site_from({"FLOWPILOT_WEB_PORT": "eighty"})


def test_code_is_shared_in_our_own_emulator_and_not_in_one_that_runs_elsewhere(tmp_path: Path) -> None:
    elsewhere = Site(tmp_path, external_endpoint_url="http://localhost:4566")

    assert shared_code(Site(tmp_path)) == tmp_path / "tmp" / "code"
    assert shared_code(elsewhere) is None
