"""Texts that must turn up nowhere but where they belong, each by what it stands for."""

from tests.support.builders import JANE

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
    "pasted column": ("user;password\njoe;{}", "Canary-Herbst24!-20"),
}
"""Secrets as each detector finds them, one a detector: how they are pasted, and what must not leave."""

CANARIES = {
    "ticket text": "canary-summary-5b1f",
    "what was said": "canary-message-77c0",
    "what was done": "canary-action-0a9d",
    "notes": "canary-notes-e3b2",
    "release note": "canary-release-41c7",
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
    "e-mail address": JANE.email,
    **{name: secret for name, (_, secret) in PASTED.items()},
}

SUMMARY = f"{CANARIES['ticket text']}: the password is {CANARIES['pasted password']}"
ROW, NEIGHBOR, VALUE = (
    CANARIES["stored row"],
    CANARIES["words of a failing neighbor"],
    CANARIES["a field's wrong value"],
)
PASTE = "\n\n".join(layout.format(secret) for layout, secret in PASTED.values())
