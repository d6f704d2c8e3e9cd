"""Read and save the policy of an account."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.saved import SavedPolicy
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, policies
from chalicelib.store.stale_write import StaleWrite


def read_policy(*, by: Caller) -> SavedPolicy:
    """Return the policy of the caller's account; version 0 are the defaults."""
    return policies.load(by.account_id)


def save_policy(policy: Policy, read: int | None, *, by: Caller) -> SavedPolicy:
    """Replace the account's policy. `read` is the version that it replaces, None any.

    Every process uses it after a minute; what is open is planned by it when it is next due, or changes. Raises
    InvalidRequest naming a person who is not in the directory, and InvalidState when it has been saved since `read`.
    """
    policy.require_known_people({one.id for one in engineers.read_all(by.account_id)})

    def save() -> SavedPolicy:
        loaded = policies.load(by.account_id)
        if read is not None and read == loaded.version - 1 and loaded.policy == policy:
            return loaded  # the same change once more: its first answer may have been lost
        loaded.require_version(read)
        if not policies.save(by.account_id, policy, loaded):
            raise StaleWrite
        return SavedPolicy(policy=policy, version=loaded.version + 1)

    saved = retry_stale(save, what="The policy")
    log.info("policy saved", version=saved.version)
    return saved
