"""Idempotency keys, and the ids made from them."""

import hashlib
import json
from uuid import UUID, uuid5

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.people import Caller

REQUEST_NAMESPACE = UUID("0b6d1f8e-7a56-5e0c-9d51-3b8f3f1f5a77")
"""Namespace of the ids made from idempotency keys. Changing it would let a key in flight create twice."""


class KeyedRequest(FrozenModel):
    """A request with an `Idempotency-Key`: the id that what it creates will have, and a digest of its body."""

    id: UUID
    sha256: str

    @classmethod
    def of(cls, caller: Caller, route: str, key: str, body: str) -> "KeyedRequest":
        """Derive the id from account, engineer, route and key, so that equal keys of others differ."""
        name = json.dumps([caller.account_id, caller.id, route, key])
        digest = hashlib.sha256(body.encode()).hexdigest()
        return cls(id=uuid5(REQUEST_NAMESPACE, name), sha256=digest)
