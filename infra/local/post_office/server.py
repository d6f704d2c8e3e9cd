"""The post office: a server that receives what leaves the stack, as strictly as the real receivers.

    python -m infra.local.post_office --port 4595

`GET /` is a page of all that arrived, `GET /messages?since=TIME` the same as JSON: `[{kind, to, title, text, html,
headers, at}]`. `PUT /receivers/{name}` `{"secrets": ["whsec_…"]}` sets up a receiver of webhooks, which then listens at
`/webhook/{name}`. `POST /push/subscriptions` `{"application_server_key": …}` subscribes a browser to push messages,
which then arrive at the endpoint of the answer; `DELETE /push/subscriptions/{name}` ends that. `POST /faults` switches
a fault on and `DELETE /faults` off.
"""

from functools import partial

from infra.local.fake_http import FakeServer
from infra.local.post_office.conversation import PostOfficeConversation
from infra.local.post_office.mailbox import Mailbox


class PostOffice(FakeServer):
    """The server, by default on a port that the system chooses."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.mailbox = Mailbox()
        super().__init__(host, port, partial(PostOfficeConversation, self.mailbox))
