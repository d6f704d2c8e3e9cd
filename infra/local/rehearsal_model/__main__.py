"""`python -m infra.local.rehearsal_model --port 4580`: serves until stopped."""

import argparse

from infra.local.rehearsal_model.server import RehearsalModel


def main() -> None:
    """Serve until stopped."""
    options = argparse.ArgumentParser(description="A stand-in for the AI that answers from the content it is sent.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=4580)
    chosen = options.parse_args()
    with RehearsalModel(chosen.host, chosen.port) as model:
        print(f"The rehearsal model listens at {model.url}", flush=True)
        model.serve_forever()


if __name__ == "__main__":
    main()
