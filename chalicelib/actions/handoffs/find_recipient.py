"""Find the person that a handoff is to be directed to."""

from collections.abc import Collection

from chalicelib.domain.direction_rules import require_recipient
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.people import Engineer, Person
from chalicelib.store import engineers


def find_recipient(to: str | None, handoff: Handoff, *, barred: Collection[Person]) -> Engineer | None:
    """Return the engineer with the id `to`, by one read of the directory; None, and nothing is read, without one.

    Raises InvalidRequest for anybody who may not be named, such as those in `barred`.
    """
    if to is None:
        return None
    return require_recipient(engineers.find(handoff.account_id, to), intent=handoff.intent, barred=barred)
