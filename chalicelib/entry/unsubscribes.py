"""The route that mail programs call when somebody presses "Unsubscribe" (RFC 8058: a POST, without signing in).

Mail programs and link checkers fetch addresses by themselves, so a GET would change nothing; there is none.
"""

from typing import Any

from chalice.app import Response

from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.entry.api import Api
from chalicelib.entry.problems import InternalError
from chalicelib.entry.responses import respond
from chalicelib.entry.wall_clock import current_instant

unsubscribes = Api("deliveries")


@unsubscribes.open_operation(
    "POST", "/unsubscribe/{token}", answers=None, status=204, refuses=(NotFound, Unavailable, InternalError)
)
def post_unsubscribe(request: Any, token: str) -> Response:  # noqa: ARG001  the token says all; its body is always the same
    """Switch e-mail off for the person whom the token was sent to; the token stands in for a sign-in."""
    from chalicelib.actions.deliveries.unsubscribe import unsubscribe  # lazy: cold start (ADR 0015)

    unsubscribe(token, at=current_instant())
    return respond(None, 204)
