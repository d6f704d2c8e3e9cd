"""The post office in the test's own process."""

from collections.abc import Iterator
from contextlib import contextmanager

from infra.local.post_office import PostOffice
from tests.support.channels import SIGNING_SECRET
from tests.support.servers.serving import serving

RECEIVER = "acme"


@contextmanager
def a_post_office() -> Iterator[PostOffice]:
    """Yield a post office with one receiver of webhooks, and stop it in the end."""
    with serving(PostOffice()) as server:
        server.mailbox.secrets[RECEIVER] = [SIGNING_SECRET]
        yield server


def webhook_url_of(server: PostOffice) -> str:
    """Where its receiver listens."""
    return f"{server.url}/webhook/{RECEIVER}"


def empty(server: PostOffice) -> None:
    """Forget what arrived, and let nothing go wrong."""
    server.mailbox.messages.clear()
    server.mailbox.refused.clear()
    server.mailbox.faults.switch_off()
    server.mailbox.secrets[RECEIVER] = [SIGNING_SECRET]
