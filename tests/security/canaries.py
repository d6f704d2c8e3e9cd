"""Texts that must turn up nowhere but where they belong, each by what it stands for."""

from tests.support.builders import JANE
from tests.support.phones import NUMBER

PASTED = {
    "pasted label": ("Kennwort: {}", "Canary-Blau3Wolke!-11"),
    "pasted markup": ("<td>Password</td><td>{}</td>", "Canary-Sommer24!-12"),
    "pasted command": ("net user tempadmin {} /add", "Canary-Winter24!-13"),
    "pasted device line": ("snmp-server community {} ro", "canary-s3cr3tRO-14"),
    "pasted key block": ("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", "Y2FuYXJ5a2V5MTU"),
    "pasted webhook": ("https://hooks.slack.com/services/{}", "T0CANARY/B0CANARY/canary16"),
    "pasted registry login": ('{{"auths":{{"reg.example":{{"auth":"{}"}}}}}}', "Y2FuYXJ5OnJlZ2lzdHJ5MTc="),
    "pasted header": ("Authorization: Bearer {}", "canary18.token-18.x"),
    "pasted service key": ("tried {}", "ghp_canary19Canary19Canary19Canary19"),
    "pasted PIN": ("PIN: {}", "48213977021"),
    "pasted one-time code": ("OTP: {}", "73920155864"),
    "pasted cookie": ("Cookie: sid={}", "canary-c00kie-Value22"),
    "pasted key": ("Wi-Fi key: {}", "canary-fjordladder23"),
    "pasted client secret": ("client_secret={}", "canary.Harbor~24"),
    "pasted column": ("user;password\njoe;{}", "Canary-Herbst24!-20"),
}
"""Secrets of each kind, one at least for each detector: how they are pasted, and what must not leave."""

MARKED = "canary marked lodge 25"
"""What an author marks, which nothing announces."""
MARKED_TEXT = f"The safe opens with {MARKED}."

CANARIES = {
    "ticket text": "canary-summary-5b1f",
    "what was said": "canary-message-77c0",
    "what was done": "canary-action-0a9d",
    "notes": "canary-notes-e3b2",
    "release note": "canary-release-41c7",
    "note of taking back": "canary-withdraw-62fb",
    "note to people": "canary-people-0c84",
    "reason to decline": "canary-decline-7be2",
    "reason to reopen": "canary-reopen-93af",
    "note to the next": "canary-reassign-5d10",
    "resolution": "canary-resolution-9f60",
    "root cause": "canary-cause-d2aa",
    "skill": "canary-skill-6e18",
    "pasted password": "Canary-Hunter2-83fe",
    "a field's wrong value": "canary-value-2c5d",
    "idempotency key": "canary-key-b70e",
    "cursor": "canary-cursor-1f4b",
    "id in the path": "canary!id-a6d3",
    "words of a failing neighbor": "canary-neighbor-58e9",
    "stored row": "canary-row-c901",
    "address of a webhook": "canary-webhook-5d17",
    "e-mail address": JANE.email,
    "phone number": NUMBER,
    "guessed code": "canary-code-4f7a",
    "marked passage": MARKED,
    **{name: secret for name, (_, secret) in PASTED.items()},
}

SUMMARY = f"{CANARIES['ticket text']}: the password is {CANARIES['pasted password']}"
ROW, NEIGHBOR, VALUE = (
    CANARIES["stored row"],
    CANARIES["words of a failing neighbor"],
    CANARIES["a field's wrong value"],
)
PASTE = "\n\n".join(layout.format(secret) for layout, secret in PASTED.values())
