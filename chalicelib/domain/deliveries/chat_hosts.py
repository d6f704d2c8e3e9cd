"""The hosts that take messages for Slack and Teams: fixed lists, so that no other host is ever sent one."""

from chalicelib.domain.deliveries.channel import ChannelKind

SLACK_HOST = "hooks.slack.com"
TEAMS_HOSTS = (".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com")


def is_host_of(kind: ChannelKind, host: str) -> bool:
    """Whether `host` takes messages of this kind. Webhooks may go to any."""
    if kind is ChannelKind.SLACK:
        return host == SLACK_HOST
    return kind is ChannelKind.WEBHOOK or host.endswith(TEAMS_HOSTS)
