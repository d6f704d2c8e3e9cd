"""The rehearsal model: a small server that speaks the Messages API and answers from the content it is sent.

    python -m infra.local.rehearsal_model --port 4580

`POST /v1/messages` (and Bedrock's `POST /model/{model}/invoke`) answers; `GET /health` says that it is up;
`POST /faults` switches a fault on and `DELETE /faults` off; `GET /requests` tells what came in, without any text.
"""

from functools import partial

from infra.local.fake_http import FakeServer
from infra.local.rehearsal_model.conversation import Conversation, Rehearsal


class RehearsalModel(FakeServer):
    """The server, by default on a port that the system chooses."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.rehearsal = Rehearsal()
        super().__init__(host, port, partial(Conversation, self.rehearsal))
