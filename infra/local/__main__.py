"""`python -m infra.local COMMAND`: what the make targets call."""

import argparse
import sys
from collections.abc import Callable

from infra.local import runner
from infra.local.api import Refused
from infra.local.demo.seed import seed
from infra.local.demo.walk import walk
from infra.local.demo.weekend_stack import play_weekend
from infra.local.deployed import DeployedStack
from infra.local.services import LocalTrouble, is_running
from infra.local.site import Site, site_from
from infra.stack import DeploymentFailed


def _seed(site: Site) -> None:
    print("Put the demo data in." if seed(_running(site)) else "The demo data is there already.")


def _running(site: Site) -> DeployedStack:
    if not (is_running(site.home, runner.SUPERVISOR) and site.stack_file.exists()):
        raise LocalTrouble("FlowPilot is not running here; `make up` starts it")
    return DeployedStack.read(site.stack_file)


def _demo(site: Site) -> None:
    walk(_running(site), site.psa_url)


COMMANDS: dict[str, Callable[[Site], None]] = {
    "run": runner.run,
    "up": runner.up,
    "down": runner.down,
    "clean": runner.clean,
    "status": runner.status,
    "seed": _seed,
    "demo": _demo,
    "weekend": play_weekend,
}


def main() -> None:
    """Do one command. What is for the reader comes without a traceback; Ctrl-C ends quietly."""
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="FlowPilot on this machine.")
    parser.add_argument("command", choices=COMMANDS)
    try:
        COMMANDS[parser.parse_args().command](site_from())
    except (LocalTrouble, DeploymentFailed, Refused) as trouble:
        sys.exit(f"flowpilot: {trouble}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
