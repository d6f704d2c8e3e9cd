"""Describe in a sentence what the policy has for the client of an open case and not for others."""

from functools import cache

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.store import engineers, policies


class CoverSentences:
    """The sentences for clients of one account, by a policy read at most a minute ago.

    Nothing is read for a case whose client is not known. A person who is told first costs one read, once.
    """

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id
        self._name_of = cache(self._read_name)

    def of(self, client: str | None, client_key: str | None) -> str | None:
        """Return the sentence for `client`, None where the account's rules hold as they are."""
        key = ClientKey.unpacked(client_key)
        own = policies.find(self._account_id).rules_for(key) if key else None
        if own is None:
            return None
        return own.cover_sentence(client or "This client", self._name_of(own.senior) if own.senior else None)

    def _read_name(self, engineer_id: str) -> str | None:
        found = engineers.find(self._account_id, engineer_id)
        return found.name if found else None
