"""The AWS emulator: MiniStack from its own venv, or whatever already answers at AWS_ENDPOINT_URL."""

import json
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from infra.local.clock import make_settable
from infra.local.packages import link_code
from infra.local.post_office.sending_api import endpoints
from infra.local.services import LocalTrouble, Service, Services, answers
from infra.local.site import ROOT, Site

NAME = "emulator"
COMMAND = ROOT / ".local" / "emulator-venv" / "bin" / "ministack"
BEDROCK_KEY = "AWS_BEARER_TOKEN_BEDROCK"  # opens Bedrock alone; read by the functions when AI_PROVIDER=bedrock
HEALTH_PATH = "/_localstack/health"  # LocalStack's address, which MiniStack answers too


def start_emulator(site: Site, services: Services, package_dir: Path | None = None) -> None:
    """Returns once an emulator answers at `site.endpoint_url`; raises LocalTrouble when none can.

    The code of `package_dir` is in `shared_code(site)` before that, as the emulator runs the functions that it
    remembers at once.
    """
    if site.external_endpoint_url:
        _require_external(site)
        return
    if is_healthy(site.endpoint_url):
        raise LocalTrouble(
            f"an emulator runs at port {site.emulator_port} already: use it with AWS_ENDPOINT_URL={site.endpoint_url}, "
            "or set FLOWPILOT_EMULATOR_PORT to another port"
        )
    require_free_port(site.emulator_port, NAME, "FLOWPILOT_EMULATOR_PORT")
    if not COMMAND.exists():
        raise LocalTrouble("the emulator is not installed; `make run` and `make test` install it")
    scratch = scratch_folder(site)
    shutil.rmtree(scratch, ignore_errors=True)  # of an emulator that was killed
    scratch.mkdir(parents=True)
    if package_dir:
        link_code(package_dir, code_folder(site))
        if site.has_settable_clock:
            make_settable(code_folder(site))
    forget_stream_positions(site)
    services.start(Service(NAME, [str(COMMAND)], emulator_environment(site), stop_timeout_s=60, scratch=scratch))
    services.wait_until(lambda: is_healthy(site.endpoint_url), "the emulator")


def emulator_environment(site: Site, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The emulator's settings. Its functions inherit them, so the developer's own AWS account stays out."""
    kept = {
        name: value
        for name, value in inherited.items()
        if name == BEDROCK_KEY or not name.startswith(("AWS_", "ANTHROPIC_"))
    }
    return kept | {
        "GATEWAY_PORT": str(site.emulator_port),
        "BIND_HOST": "127.0.0.1",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(site.home / "state"),
        "TMPDIR": str(scratch_folder(site)),
        "PYTHONTZPATH": "",
        "SMTP_HOST": f"127.0.0.1:{site.mail_port}",  # where e-mails that SES has taken are handed on to
        **endpoints(site.post_office_url),
        # Listeners on fixed ports of their own would make two stacks collide.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def scratch_folder(site: Site) -> Path:
    """What the emulator and its functions need while it runs, and nobody after that."""
    return site.home / "tmp"


def shared_code(site: Site) -> Path | None:
    """Where all processes of all functions import from, so that the emulator unpacks nothing for each of them.

    None for an emulator that is not ours, which may run where this folder cannot be read.
    """
    return None if site.external_endpoint_url else code_folder(site)


def code_folder(site: Site) -> Path:
    """The code of the functions of an emulator of ours."""
    return scratch_folder(site) / "code"


def forget_stream_positions(site: Site) -> None:
    """Let stream consumers start over after a restart.

    The emulator (1.5.33) keeps how far a consumer had read a stream, but not its records: it would pass over as
    many new records as there were old ones.
    """
    state_file = site.home / "state" / "lambda.json"
    if not state_file.exists():
        return
    state = json.loads(state_file.read_text())
    if state["payload"].pop("dynamodb_stream_positions", None):
        state_file.write_text(json.dumps(state))


def is_healthy(endpoint_url: str) -> bool:
    """Whether an emulator, ours or LocalStack, answers there."""
    return answers(endpoint_url + HEALTH_PATH)


def require_free_port(port: int, wanted_by: str, setting: str) -> None:
    """Raises LocalTrouble, saying what to do, when something listens at the port."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) != 0:
            return
    raise LocalTrouble(f"port {port}, wanted by the {wanted_by}, is taken by another program; set {setting} to another")


def _require_external(site: Site) -> None:
    if not is_healthy(site.endpoint_url):
        raise LocalTrouble(
            f"AWS_ENDPOINT_URL is {site.endpoint_url}, but no emulator answers at {HEALTH_PATH} there; "
            "start it, or unset AWS_ENDPOINT_URL to have one started"
        )
