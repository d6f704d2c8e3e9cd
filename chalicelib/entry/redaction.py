"""The route that shows what will be masked."""

from chalicelib.contracts.redaction_view import RedactionPreviewView
from chalicelib.contracts.requests import RedactionPreviewRequest
from chalicelib.domain.people import Role
from chalicelib.domain.redaction import find_secrets
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

redaction = Api(__name__, "sessions")


@redaction.operation(
    "POST",
    "/redaction/preview",
    takes=RedactionPreviewRequest,
    answers=RedactionPreviewView,
    role=Role.ENGINEER,
)
def post_redaction_preview(call: Call[RedactionPreviewRequest]) -> RedactionPreviewView:
    """Show what will be masked when a text leaves. Nothing of the text is kept or logged."""
    return RedactionPreviewView.of(call.body.text, find_secrets(call.body.text))
