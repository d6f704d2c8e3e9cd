"""What can be a ticket's id with us: what a session may be linked to, and what is part of a key."""

import re

TICKET_ID_SIGNS = r"[A-Za-z0-9_./#-]"
LONGEST_TICKET_ID = 64
TICKET_ID_PATTERN = f"^{TICKET_ID_SIGNS}+$"


def is_ticket_id(text: str) -> bool:
    """Tell whether `text` can be a ticket's id."""
    return len(text) <= LONGEST_TICKET_ID and re.fullmatch(f"{TICKET_ID_SIGNS}+", text) is not None
