"""What `make run`, `up`, `down`, `clean` and `status` do."""

import signal
import subprocess
import sys
import time
from typing import NoReturn

import httpx2
from botocore.exceptions import BotoCoreError

from infra.local.bring_up import bring_up, is_page_built, serve_page
from infra.local.demo.post_office_link import link_post_office
from infra.local.demo.psa_link import link_psa
from infra.local.demo.seed import seed
from infra.local.deployed import DeployedStack
from infra.local.emulator import require_free_port
from infra.local.people import PASSWORD, PEOPLE
from infra.local.polling import POLL_S
from infra.local.services import (
    LocalTrouble,
    Services,
    answers,
    discard,
    hold_pid_file,
    is_running,
    log_path,
    stop,
    stop_all,
)
from infra.local.site import ROOT, Site

SUPERVISOR = "supervisor"
STOP_TIMEOUT_S = 90  # the emulator alone may take a minute to save its state
KEPT_BY_CLEAN = "emulator-venv"


def run(site: Site) -> NoReturn:
    """Bring everything up and watch over it until Ctrl-C; raises LocalTrouble when a part of it dies."""
    # `make down` asks by SIGTERM for what Ctrl-C asks for by SIGINT.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with hold_pid_file(site.home, SUPERVISOR), Services(site.home) as services:
        try:
            _run(site, services)
        except (BotoCoreError, httpx2.TransportError):
            services.require_alive()  # a service that died is the cause, and says so better
            raise
        finally:
            site.stack_file.unlink(missing_ok=True)
            print("Stopping …", flush=True)


def _run(site: Site, services: Services) -> NoReturn:
    _stop_leftovers(site)
    require_free_port(site.web_port, "web page", "FLOWPILOT_WEB_PORT")
    print("Starting the emulator, packaging and deploying; the first time takes a minute …", flush=True)
    stack = bring_up(site, services)
    link_psa(stack, site)
    link_post_office(stack)
    if seed(stack):
        print("Put the demo data in.", flush=True)
    stack.write(site.stack_file)
    if is_page_built():
        serve_page(site, services)
    print(summary(stack, site), flush=True)
    while True:
        services.require_alive()
        time.sleep(POLL_S)


def _stop_leftovers(site: Site) -> None:
    """A supervisor that was killed could not stop its services."""
    for path in (site.home / "run").glob("*.pid"):
        if path.stem != SUPERVISOR:
            stop(site.home, path.stem, STOP_TIMEOUT_S)


def summary(stack: DeployedStack, site: Site) -> str:
    """Return the addresses and the people who can sign in, as text."""
    people = [f"  {person.email:<22} {person.role:<9} {person.account_id}" for person in PEOPLE]
    lines = [
        "",
        f"FlowPilot is at {stack.web_url}" if is_page_built() else f"The page is not built; the API is {stack.api_url}",
        f"Sign in as any of these; the password is always {PASSWORD}",
        *people,
        "",
        "To see a handoff from both sides, sign in as jane and as sam in two browser profiles, put the windows side by",
        "side, and hand a session off as jane. `make demo` in another terminal tells the same story over HTTP.",
        f"The tickets of acme are in a stand-in for its PSA; its page, {site.psa_url}, shows the notes arriving.",
        f"What leaves FlowPilot for acme arrives at a post office of its own: {site.post_office_url}.",
        "Time passes quickly in four of its cases: Acorn's escalation is overdue two minutes after the first start,",
        "one is directed to Sam, Sam's claim of another waits for its customer, and Alex's quiet claim comes back.",
    ]
    return "\n".join(lines)


def up(site: Site) -> None:
    """Start `run` in the background and return once everything answers."""
    if is_running(site.home, SUPERVISOR):
        raise LocalTrouble("it is up already; `make status` says where, `make down` stops it")
    site.stack_file.unlink(missing_ok=True)
    log = log_path(site.home, SUPERVISOR)
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "infra.local", "run"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    while not _is_ready(site):
        if process.poll() is not None:
            sys.exit(log.read_text().rstrip())
        time.sleep(POLL_S)
    print(summary(DeployedStack.read(site.stack_file), site))
    process.returncode = 0  # it is meant to outlive us, so it is not to be warned about


def _is_ready(site: Site) -> bool:
    return site.stack_file.exists() and (not is_page_built() or answers(site.web_url))


def down(site: Site) -> None:
    """Stop everything that runs here; the data stays."""
    stop(site.home, SUPERVISOR, STOP_TIMEOUT_S)
    stop_all(site.home)
    stop_all(site.weekend_home)  # what a demo that was killed has left


def clean(site: Site) -> None:
    """Stop everything and forget it: data, sign-ins, packages and logs, but not what was installed."""
    down(site)
    for path in site.home.glob("[!.]*"):
        if path.name != KEPT_BY_CLEAN:
            discard(path)


def status(site: Site) -> None:
    """Say what runs."""
    if is_running(site.home, SUPERVISOR) and site.stack_file.exists():
        print(summary(DeployedStack.read(site.stack_file), site))
    else:
        print("FlowPilot is not running here; `make run` or `make up` starts it.")
