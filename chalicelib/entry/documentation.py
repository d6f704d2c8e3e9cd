"""The route of a handoff's documentation, the only one that answers in other formats than JSON."""

from chalicelib.actions.handoffs.document_handoff import document_handoff
from chalicelib.contracts.requests import DocumentationQuery
from chalicelib.domain.documentation import Record
from chalicelib.domain.renderings import to_html, to_markdown, to_text
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF
from chalicelib.entry.requests import Call
from chalicelib.entry.responses import Document

documentation = Api("handoffs")

RENDERINGS = {
    "md": ("text/markdown", to_markdown),
    "txt": ("text/plain", to_text),
    "html": ("text/html", to_html),
}
MEDIA_TYPES = tuple(media_type for media_type, _ in RENDERINGS.values())


@documentation.operation(
    "GET", HANDOFF + "/documentation", takes=DocumentationQuery, answers=Record, media_types=MEDIA_TYPES
)
def get_documentation(call: Call[DocumentationQuery], session_id: str, handoff_id: str) -> Record | Document:
    """Read the record of a handoff, secrets masked, in the requested format."""
    record = document_handoff(session_id, handoff_id, by=call.caller)
    if call.body.format == "json":
        return record
    media_type, render = RENDERINGS[call.body.format]
    return Document(render(list(record.lines())), media_type)
