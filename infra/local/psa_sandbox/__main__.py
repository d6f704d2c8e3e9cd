"""`python -m infra.local.psa_sandbox --port 4590`: serves until stopped, with the tickets of the demo's cases."""

import argparse
from pathlib import Path

from infra.local.demo.cases import CASES, DEMO_CASE
from infra.local.demo.clock_cases import CLOCK_CASES
from infra.local.psa_sandbox.server import PsaSandbox


def main() -> None:
    """Serve until stopped, with the tickets of the demo's cases."""
    options = argparse.ArgumentParser(description="A stand-in for three PSAs.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=4590)
    options.add_argument("--file", type=Path, help="where tickets and notes are kept")
    chosen = options.parse_args()
    with PsaSandbox(chosen.host, chosen.port, chosen.file) as server:
        cases = [*(case for case in CASES if case.ticket.startswith("T") and case not in CLOCK_CASES), DEMO_CASE]
        cases += CLOCK_CASES  # last, as what a file has kept of earlier ones is found by their order
        server.sandbox.store.open_tickets((case.ticket, case.summary, case.client) for case in cases)
        print(f"The PSA sandbox listens at {server.url}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
