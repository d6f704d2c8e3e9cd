"""Many processes of a packaged function, all let go at the same moment.

    python -I -S forked_workers.py FOLDER HANDLER COPIES

FOLDER is the package, unpacked as Lambda unpacks it, and nothing else can be imported. It is imported once and then
forked: a process that starts from nothing, as the emulator's do, takes a second of a core. Each line of the input is an
event, and whether all copies are to be handed it together or a few after each other. Each line of the output holds
what they answered.
"""

import json
import os
import sys
from contextlib import nullcontext
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

A_FEW = 4


class Context:
    """What Lambda passes along; there is always time."""

    aws_request_id = "forked"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left."""
        return 29_000


def answer_all(handler: Any, rounds: Connection, gate: Any, turns: Any) -> None:
    """Be one of the copies, until the one that forked it is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what the function logs is no answer
    while True:
        asked = rounds.recv()
        if asked["is_together"]:
            gate.wait(60)
        with nullcontext() if asked["is_together"] else turns:
            rounds.send(handler(asked["event"], Context()))


def make_clients() -> None:
    """Make, before the fork, what each copy would make for itself; there is no connection yet that they would share."""
    from chalicelib.adapters.aws import deliveries_queue, secrets
    from chalicelib.store.connection import dynamodb

    dynamodb().client  # noqa: B018  made when it is looked at
    deliveries_queue._client()
    secrets._client()
    import_module("chalicelib.adapters.psa.clients")
    import_module("chalicelib.adapters.psa.http_exchange")


def main() -> None:
    """Fork, and pass events on."""
    folder, (module, _, name), copies = sys.argv[1], sys.argv[2].rpartition("."), int(sys.argv[3])
    sys.path.insert(0, folder)
    os.chdir(folder)
    handler = getattr(import_module(module), name)
    make_clients()
    forking = get_context("fork")
    gate, turns = forking.Barrier(copies), forking.BoundedSemaphore(A_FEW)
    ours = []
    for _ in range(copies):
        here, there = forking.Pipe()
        forking.Process(target=answer_all, args=(handler, there, gate, turns), daemon=True).start()
        ours.append(here)
    for line in sys.stdin:
        for copy in ours:
            copy.send(json.loads(line))
        sys.stdout.write(json.dumps([copy.recv() for copy in ours]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
