"""Show the caller who they are, and let their account know them."""

from chalicelib.domain.people import Caller, Engineer
from chalicelib.store import engineers


def read_profile(by: Caller) -> Engineer:
    """Return the caller's entry of the directory, written there first where it is new or has changed."""
    return engineers.enter(by)
