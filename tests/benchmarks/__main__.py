"""`make bench`: brings a stack up, measures, and prints one table.

Each row compares two things measured in the same run and in turns: the ratios mean something on any machine, the
milliseconds do not. A row over its budget fails the run. What the app prints while it is measured goes nowhere, but is
written all the same.
"""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from infra.local.bring_up import bring_up
from infra.local.deployed import DeployedStack
from infra.local.services import Services
from infra.local.site import Site, site_of_its_own
from tests.benchmarks import (
    cold_workers,
    frameworks,
    imports,
    in_handler,
    in_store,
    much_due,
    pages,
    with_neighbors_down,
    with_slow_ai,
    write_units,
)
from tests.benchmarks.table import Row, report
from tests.concurrency.races.in_process import tables_at
from tests.support.stack.event_listener import topic_of

PREFIX = "bench-"
HANDOFFS = f"{PREFIX}handoffs"


def measure(stack: DeployedStack, site: Site) -> list[Row]:
    """Every row."""
    with tables_at(stack.endpoint_url, PREFIX, **_settings(stack, site)):
        rows = [
            *_tell("claim and hand off", lambda: in_store.rows(stack.endpoint_url)),
            *_tell("a route", lambda: in_handler.rows(stack.endpoint_url, HANDOFFS, stack.token("sam"))),
            *_tell("frameworks", lambda: frameworks.rows(stack.token("sam"))),
            *_tell("much due at once", lambda: much_due.rows(stack.endpoint_url, PREFIX)),
            *_tell("pages", lambda: pages.rows(PREFIX)),
            *_tell("write units", lambda: write_units.rows(PREFIX)),
        ]
    rows += _tell("a slow AI", lambda: with_slow_ai.rows(stack, site.rehearsal_url))
    rows += _tell("cold workers", lambda: cold_workers.rows(stack))
    rows += _tell("webhooks", lambda: with_neighbors_down.rows(stack, site))
    return rows + _tell("imports", imports.rows)


def _settings(stack: DeployedStack, site: Site) -> dict[str, str]:
    """As the deployed functions have them."""
    return {
        "AWS_ENDPOINT_URL": stack.endpoint_url,
        "OIDC_ISSUER": stack.issuer,
        "OIDC_AUDIENCE": stack.client_id,
        "OIDC_JWKS_URL": stack.jwks_url,
        "EVENTS_TOPIC_ARN": topic_of(stack),
        "AI_PROVIDER": "rehearsal",
        "AI_BASE_URL": site.rehearsal_url,
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_METRICS_DISABLED": "false",
    }


def _tell(what: str, rows: Callable[[], list[Row]]) -> list[Row]:
    began = time.monotonic()
    sys.stderr.write(f"measuring {what} … ")
    sys.stderr.flush()
    measured = rows()
    sys.stderr.write(f"{time.monotonic() - began:.0f} s\n")
    return measured


def main() -> int:
    """Measure and print. Return the exit status: 1 when something is over its budget."""
    sys.stderr.write("bringing the stack up …\n")
    # In memory: what the emulator unpacks is to cost what it must, and not what the disk is busy with.
    with tempfile.TemporaryDirectory(dir=imports.MEMORY) as home, Services(Path(home)) as services:
        site = site_of_its_own(Path(home))
        stack = bring_up(site, services, environment={})
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            rows = measure(stack, site)
    return report(rows)


if __name__ == "__main__":
    sys.exit(main())
