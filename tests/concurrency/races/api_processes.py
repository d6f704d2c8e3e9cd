"""The API behind many addresses, each with a process of its own that does one thing at a time, as Lambda's do.

    python -m tests.concurrency.races.api_processes COUNT

The server is the one that Chalice has for development. The app is imported once and then forked. The line of output has
the ports.
"""

import json
import os
import sys
from http.server import HTTPServer
from multiprocessing import get_context

from chalice.config import Config
from chalice.local import LocalDevServer

from app import app
from chalicelib.store.connection import dynamodb


def main() -> None:
    """Open the doors, and keep them open until the input ends."""
    dynamodb().client  # noqa: B018  made when it is looked at: once, and without a connection that the forks would share
    servers = [
        LocalDevServer(app, Config(), "127.0.0.1", 0, server_cls=HTTPServer).server for _ in range(int(sys.argv[1]))
    ]
    ports = json.dumps([server.server_port for server in servers])
    silence = os.open(os.devnull, os.O_WRONLY)
    for server in servers:
        get_context("fork").Process(target=answer, args=(server, silence), daemon=True).start()
    sys.stdout.write(ports + "\n")
    sys.stdout.flush()
    sys.stdin.read()


def answer(server: HTTPServer, silence: int) -> None:
    """Be the process behind one door; what it logs is nobody's to read."""
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    server.serve_forever()


if __name__ == "__main__":
    main()
