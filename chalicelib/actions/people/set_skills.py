"""Set an engineer's skills."""

from chalicelib.domain.people import Caller, Engineer
from chalicelib.store import engineers


def set_skills(engineer_id: str, skills: list[str], *, by: Caller) -> Engineer:
    """Replace the skills of an engineer of the account. Raises NotFound for somebody not in the directory."""
    return engineers.set_skills(by.account_id, engineer_id, list(dict.fromkeys(skills)))
