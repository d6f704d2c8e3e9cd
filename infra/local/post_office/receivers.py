"""The receivers of each kind: they check the protocol as the real ones do, and return the message in it."""

import re
from binascii import Error as BadBase64
from html import unescape

from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.domain.deliveries.teams_message import LARGEST_CARD
from infra.local.fake_http import BadRequest, Request
from infra.local.post_office.chat_shapes import SlackMessage, TeamsMessage
from infra.local.post_office.mailbox import Mailbox, PostedMessage

WEBHOOK, SLACK, TEAMS = "webhook", "slack", "teams"
_LIVE_IN_SLACK = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
_LIVE_IN_TEAMS = re.compile(r"(?<!\\)(?:\\\\)*(?:[*_~`\[\]<>#|!]|\{\{)")


def receive_webhook(mailbox: Mailbox, name: str, request: Request) -> PostedMessage:
    """Check a Standard Webhooks message by the specification's own library. Raises BadRequest, 401 for its proof."""
    if name not in mailbox.secrets:
        raise BadRequest(f"There is no receiver {name}.", 404)
    if not any(_is_signed_with(secret, request) for secret in mailbox.secrets[name]):
        raise BadRequest("No signature fits.", 401)
    shown = {key: value for key, value in request.headers.items() if key.startswith(("webhook-", "content-", "user-"))}
    title = str(request.fields.get("title") or request.fields.get("type"))
    return PostedMessage(WEBHOOK, f"webhook/{name}", title, request.raw.decode(), None, shown)


def receive_slack(name: str, request: Request) -> PostedMessage:
    """Check an incoming webhook as Slack does: known fields within their limits, and no text that is live markup."""
    message = request.as_a(SlackMessage)
    for text in message.texts:
        if _LIVE_IN_SLACK.search(text):
            raise BadRequest("invalid_payload: a text holds live markup", 400)
    title = unescape(message.blocks[0].text.text if message.blocks and message.blocks[0].text else message.text)
    return PostedMessage(SLACK, f"slack/{name}", title, unescape("\n".join(message.texts)), None, dict(request.headers))


def receive_teams(name: str, request: Request) -> PostedMessage:
    """Check a card as Teams does: 28 KB, version 1.5 at most, and no text that is live Markdown or a function."""
    if len(request.raw) > LARGEST_CARD:
        raise BadRequest("The message is too large.", 413)
    (attachment,) = request.as_a(TeamsMessage).attachments
    texts = attachment.content.texts
    if any(_LIVE_IN_TEAMS.search(text) for text in texts):
        raise BadRequest("A text holds live Markdown or a function.", 400)
    shown = [re.sub(r"\\(.)", r"\1", text) for text in texts]
    return PostedMessage(TEAMS, f"teams/{name}", shown[0], "\n".join(shown), None, dict(request.headers))


def _is_signed_with(secret: str, request: Request) -> bool:
    try:
        Webhook(secret).verify(request.raw, dict(request.headers))
    except (WebhookVerificationError, BadBase64, ValueError):
        return False
    return True
