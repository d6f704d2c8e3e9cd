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


def compose_and_send(channel: Channel, event: Event, handoff: Handoff | None, at: Instant) -> SendOutcome:
    """Send what `channel` is told of `event`, and return how that ended."""
    if channel.kind is ChannelKind.WEBHOOK:
        return send_text(channel, event.id, webhook_body(event), at)
    return send_alert(channel, Alert.of(event, handoff, settings().page_url.rstrip("/"), at))


def send_text(channel: Channel, message_id: str, body: str, at: Instant) -> SendOutcome:
    """Send a webhook's `body`, signed, and return how that ended."""
    values = _secrets_of(channel)
    if isinstance(values, SendOutcome):
        return values
    secrets = [values[channel_secrets.SECRET]]
    if channel_secrets.PREVIOUS_SECRET in values and channel.is_rotating(at):
        secrets.append(values[channel_secrets.PREVIOUS_SECRET])
    return send_webhook(values[channel_secrets.URL], secrets, message_id, body, at)


def send_alert(channel: Channel, alert: Alert) -> SendOutcome:
    """Send `alert` to a chat, and return how that ended."""
    values = _secrets_of(channel)
    if isinstance(values, SendOutcome):
        return values
    url = values[channel_secrets.URL]
    if channel.kind is ChannelKind.SLACK:
        return send_slack(url, slack_message(alert))
    return send_teams(url, teams_message(alert))


def _secrets_of(channel: Channel) -> Mapping[str, str] | SendOutcome:
    try:
        return channel_secrets.read(channel)
    except SecretUnavailable as error:
        return SendOutcome(SendResult.RETRY, f"Its address cannot be read now ({error}).")
