"""The readers of webhooks by system."""

from collections.abc import Mapping

from chalicelib.adapters.psa.autotask import webhook as autotask
from chalicelib.adapters.psa.connectwise import webhook as connectwise
from chalicelib.adapters.psa.halopsa import webhook as halopsa
from chalicelib.adapters.psa.standard_webhooks import webhook as standard_webhooks
from chalicelib.adapters.psa.webhook_reader import WebhookReader
from chalicelib.domain.integration import PsaKind

_READERS: Mapping[PsaKind, WebhookReader] = {
    PsaKind.CONNECTWISE: connectwise,
    PsaKind.AUTOTASK: autotask,
    PsaKind.HALOPSA: halopsa,
    PsaKind.STANDARD: standard_webhooks,
}


def reader_of(kind: PsaKind) -> WebhookReader:
    """Return what proves and reads the webhooks of this system."""
    return _READERS[kind]
