"""Compose a message for a channel and send it: one place per kind."""

from collections.abc import Mapping

from chalicelib.adapters.aws import channel_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.adapters.channels.chat import send_slack, send_teams
from chalicelib.adapters.channels.webhook import send_webhook
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.channel import Channel, ChannelKind
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.slack_message import slack_message
from chalicelib.domain.deliveries.teams_message import teams_message
from chalicelib.domain.deliveries.webhook_message import webhook_body
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings

Secrets = Mapping[str, str] | SendOutcome
"""A channel's address and secrets, or the outcome of its message when they cannot be read."""


def read_secrets(channel: Channel) -> Secrets:
    """Read the address of `channel`, and what its messages are signed with: a request to Secrets Manager."""
    try:
        return channel_secrets.read(channel)
    except SecretUnavailable as error:
        return SendOutcome(SendResult.RETRY, f"Its address cannot be read now ({error}).")


def compose_and_send(
    channel: Channel, secrets: Secrets, event: Event, handoff: Handoff | None, at: Instant
) -> SendOutcome:
    """Send what `channel` is told of `event`, and return how that ended."""
    if channel.kind is ChannelKind.WEBHOOK:
        return send_text(channel, secrets, event.id, webhook_body(event), at)
    return send_alert(channel, secrets, Alert.of(event, handoff, settings().page_url, at))


def send_text(channel: Channel, secrets: Secrets, message_id: str, body: str, at: Instant) -> SendOutcome:
    """Send a webhook's `body`, signed, and return how that ended."""
    if isinstance(secrets, SendOutcome):
        return secrets
    signing = [secrets[channel_secrets.SECRET]]
    if channel_secrets.PREVIOUS_SECRET in secrets and channel.is_rotating(at):
        signing.append(secrets[channel_secrets.PREVIOUS_SECRET])
    return send_webhook(secrets[channel_secrets.URL], signing, message_id, body, at)


def send_alert(channel: Channel, secrets: Secrets, alert: Alert) -> SendOutcome:
    """Send `alert` to a chat, and return how that ended."""
    if isinstance(secrets, SendOutcome):
        return secrets
    url = secrets[channel_secrets.URL]
    if channel.kind is ChannelKind.SLACK:
        return send_slack(url, slack_message(alert))
    return send_teams(url, teams_message(alert))
