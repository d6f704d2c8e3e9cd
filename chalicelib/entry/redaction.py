"""The route that shows what will be masked."""

from chalicelib.contracts.pasted_text import as_stored
from chalicelib.contracts.redaction_view import RedactionPreviewView
from chalicelib.contracts.requests import RedactionPreviewRequest
from chalicelib.domain.people import Role
from chalicelib.domain.redaction import Span, find_secrets
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

redaction = Api("sessions")


@redaction.operation(
    "POST",
    "/redaction/preview",
    takes=RedactionPreviewRequest,
    answers=RedactionPreviewView,
    role=Role.ENGINEER,
)
def post_redaction_preview(call: Call[RedactionPreviewRequest]) -> RedactionPreviewView:
    """Show what will be masked: what is found when the text leaves, and what is marked before it is stored.

    Secrets are looked for in the text as it is stored, without color codes; their places are those in the text as sent.
    Nothing of the text is kept or logged.
    """
    stored = as_stored(call.body.text)
    spans = [Span(*stored.sent(*bounds), kind) for *bounds, kind in find_secrets(stored.text, call.body.marked)]
    return RedactionPreviewView.of(call.body.text, spans)
