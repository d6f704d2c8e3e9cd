"""Where one local stack lives: its folder, its ports, and whose emulator it uses."""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REGION = "us-east-1"
STAGE = "local"


@dataclass(frozen=True)
class Site:
    """One stack's folder and ports. Two sites that differ in both run side by side."""

    home: Path
    emulator_port: int = 4566
    rehearsal_port: int = 4580
    web_port: int = 8080
    psa_port: int = 4590
    post_office_port: int = 4595
    mail_port: int = 4596
    external_endpoint_url: str | None = None
    has_settable_clock: bool = False
    """Whether its functions go by a clock that can be set; only with an emulator of our own."""

    @property
    def endpoint_url(self) -> str:
        """The emulator, as the functions and our own clients reach it."""
        return self.external_endpoint_url or f"http://localhost:{self.emulator_port}"

    @property
    def rehearsal_url(self) -> str:
        """The rehearsal model."""
        return f"http://localhost:{self.rehearsal_port}"

    @property
    def psa_url(self) -> str:
        """The PSA sandbox, and its page."""
        return f"http://localhost:{self.psa_port}"

    @property
    def post_office_url(self) -> str:
        """The post office, and its page."""
        return f"http://localhost:{self.post_office_port}"

    @property
    def web_url(self) -> str:
        """The page, and the API under `/api`."""
        return f"http://localhost:{self.web_port}"

    @property
    def weekend_home(self) -> Path:
        """The folder of the second stack that `make demo` starts, whose clock it sets."""
        return self.home / "weekend"

    @property
    def stack_file(self) -> Path:
        """What other programs read to find the running stack."""
        return self.home / "stack.json"


def site_from(environment: Mapping[str, str] = os.environ) -> Site:
    """The developer's own stack: `.local/`, which the environment may move, as it may the ports.

    A set `AWS_ENDPOINT_URL` names an emulator that runs already and is used instead of one of ours.
    """
    return Site(
        home=Path(environment.get("FLOWPILOT_HOME") or ROOT / ".local").absolute(),
        emulator_port=_port(environment, "FLOWPILOT_EMULATOR_PORT", 4566),
        rehearsal_port=_port(environment, "FLOWPILOT_REHEARSAL_PORT", 4580),
        web_port=_port(environment, "FLOWPILOT_WEB_PORT", 8080),
        psa_port=_port(environment, "FLOWPILOT_PSA_PORT", 4590),
        post_office_port=_port(environment, "FLOWPILOT_POST_OFFICE_PORT", 4595),
        mail_port=_port(environment, "FLOWPILOT_MAIL_PORT", 4596),
        external_endpoint_url=environment.get("AWS_ENDPOINT_URL") or None,
    )


def site_of_its_own(home: Path, *, has_settable_clock: bool = False) -> Site:
    """A site in `home` on ports that are free now, so that it meets no other."""
    emulator_port, rehearsal_port, web_port, psa_port, post_office_port, mail_port = free_ports(6)
    return Site(
        *(home, emulator_port, rehearsal_port, web_port, psa_port, post_office_port, mail_port),
        has_settable_clock=has_settable_clock,
    )


def free_ports(count: int) -> list[int]:
    """That many different ports on which nothing listens."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        sys.exit(f"{name} must be a port number from 1 to 65535, not {value!r}")
    return int(value)
