"""The PSA sandbox: a server that behaves as ConnectWise, Autotask and HaloPSA do for the calls used here.

    python -m infra.local.psa_sandbox --port 4590

`/connectwise`, `/autotask` and `/halopsa` are the three systems, `/` is a page with their tickets and notes, `GET
/tickets` the same as JSON. `POST /faults` switches a fault on and `DELETE /faults` off. `PUT /hooks/{system}` says
where its webhooks go, `POST /tickets/{system}/{id}` changes a ticket as the PSA's own people would, and sends one;
`…/webhook` sends that of the latest change, ours included. `POST /tickets/{system}` opens a ticket.
"""

from functools import partial
from pathlib import Path

from infra.local.fake_http import FakeServer
from infra.local.psa_sandbox.conversation import Conversation
from infra.local.psa_sandbox.sandbox import Sandbox
from infra.local.psa_sandbox.ticket_store import TicketStore


class PsaSandbox(FakeServer):
    """The server, by default on a port that the system chooses."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, file: Path | None = None) -> None:
        self.sandbox = Sandbox(TicketStore(file))
        super().__init__(host, port, partial(Conversation, self.sandbox))
        self.sandbox.url = self.url
