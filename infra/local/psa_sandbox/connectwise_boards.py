"""The service boards of the sandbox's ConnectWise, and the statuses of each."""

from typing import Any

from infra.local.fake_http import whole_number
from infra.local.psa_sandbox.ticket_store import CLOSED, IN_PROGRESS, STATUS_IDS

BOARDS = {12: "NOC Alerts", 14: "Field Service"}
"""Boards by id. Each has statuses of its own, with names that are the same and ids that are not."""

_IDS = STATUS_IDS["connectwise"]


def boards_or_statuses(path: list[str]) -> list[dict[str, Any]] | None:
    """Return the boards, or the statuses of the one that `path` names; None for any other path."""
    match path:
        case []:
            return [{"id": number, "name": name, "inactiveFlag": False} for number, name in BOARDS.items()]
        case [board, "statuses"] if (number := whole_number(board)) in BOARDS:
            return _statuses(number)
    return None


def status_id_of(board_id: int, name: str) -> int:
    """Return the number that a board has for a status."""
    return _IDS[name] + 100 * (board_id - 12)


def status_names(board_id: int) -> dict[str, str]:
    """Return the names of a board's statuses by the number of each, as text."""
    return {str(status_id_of(board_id, name)): name for name in _IDS}


def _statuses(board_id: int) -> list[dict[str, Any]]:
    given_up = {"id": 299 + 100 * (board_id - 12), "name": IN_PROGRESS, "inactive": True, "closedStatus": False}
    return [given_up] + [
        {"id": int(number), "name": name, "inactive": False, "closedStatus": name == CLOSED}
        for number, name in status_names(board_id).items()
    ]
