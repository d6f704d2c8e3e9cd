"""Addresses that work without signing in: whoever knows them may post. Source: the services' own documentation."""

WEBHOOKS = (
    ("hooks.slack.com", ("/services/", "/workflows/", "/triggers/")),
    ("hooks.slack-gov.com", ("/services/", "/workflows/", "/triggers/")),
    ("discord.com", ("/api/webhooks/",)),
    ("discordapp.com", ("/api/webhooks/",)),
    ("webhook.office.com", ("/webhookb2/", "/webhook/")),
    ("outlook.office.com", ("/webhook/",)),
    ("outlook.office365.com", ("/webhook/",)),
    ("hooks.zapier.com", ("/hooks/catch/",)),
    ("maker.ifttt.com", ("/use/", "/trigger/")),
    ("events.pagerduty.com", ("/integration/",)),
    ("webhook.site", ("/",)),
    ("hooks.glip.com", ("/webhook/",)),
    ("api.telegram.org", ("/bot",)),
    ("open.feishu.cn", ("/open-apis/bot/",)),
)
"""Host (or the end of it), and what its path begins with; the rest of the path is the key."""

ALWAYS = frozenset("sig signature hmac password passwd pwd client_secret secret".split())
"""Query parameters that are secrets whatever they look like."""

MAYBE = frozenset(
    "key code token access_token refresh_token id_token api_key apikey api-key auth authkey subscription-key session "
    "sessionid sid assertion samlrequest samlresponse jwt ticket otp reset_token invite".split()
)
"""Query parameters that are secrets when their value looks like one."""
