"""A network that can lose an answer, or deliver a request twice: it takes effect, and the sender gets no answer."""

import select
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

from tests.support.servers.serving import serving

PIECE = 65536


def never() -> bool:
    """Whether a good network loses or repeats anything."""
    return False


class LossyProxy(ThreadingTCPServer):
    """Forwards connections to the server at `url`; `loses` is asked for each answer whether it is lost.

    `repeats` is asked for each answered request whether it arrives once more, byte for byte, before its answer does.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, url: str, loses: Callable[[], bool], repeats: Callable[[], bool] = never) -> None:
        target = urlsplit(url)
        self.target = (target.hostname or "", target.port or 80)
        self.loses = loses
        self.repeats = repeats
        self.lost = 0
        self.repeated = 0
        super().__init__(("127.0.0.1", 0), _Connection)
        self.url = target._replace(netloc=f"localhost:{self.server_address[1]}").geturl()


class _Connection(BaseRequestHandler):
    server: LossyProxy

    def handle(self) -> None:
        """Carry bytes both ways until one side leaves, or an answer is lost, which ends the connection."""
        client: socket.socket = self.request
        is_answered, request = True, b""
        with socket.create_connection(self.server.target) as server:
            while True:
                readable, _, _ = select.select([client, server], [], [])
                if client in readable:
                    server.sendall(asked := client.recv(PIECE))
                    request = asked if is_answered else request + asked
                    is_answered = False
                    if not asked:
                        return
                if server in readable:
                    answer = server.recv(PIECE)
                    if answer and not is_answered:
                        self._may_repeat(request)
                    if not answer or (not is_answered and self._loses_this()):
                        return
                    is_answered = True
                    client.sendall(answer)

    def _may_repeat(self, request: bytes) -> None:
        if self.server.repeats():
            self.server.repeated += 1
            with socket.create_connection(self.server.target) as again:
                again.sendall(request)
                again.recv(PIECE)

    def _loses_this(self) -> bool:
        is_lost = self.server.loses()
        self.server.lost += is_lost
        return is_lost


def the_first_of(count: int) -> Callable[[], bool]:
    """Lose the next `count` answers."""
    losses = iter([True] * count)
    return lambda: next(losses, False)


@contextmanager
def lossy_proxy(url: str, loses: Callable[[], bool], repeats: Callable[[], bool] = never) -> Iterator[LossyProxy]:
    """Yield a proxy in front of the server at `url`; its own `url` is the same with another port."""
    with serving(LossyProxy(url, loses, repeats)) as proxy:
        yield proxy
