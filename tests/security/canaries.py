"""Texts that must turn up nowhere but where they belong, each by what it stands for."""

from tests.support.builders import JANE

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
    "words of a failing neighbour": "canary-neighbour-58e9",
    "stored row": "canary-row-c901",
    "e-mail address": JANE.email,
}

SUMMARY = f"{CANARIES['ticket text']}: the password is {CANARIES['pasted password']}"
ROW, NEIGHBOUR, VALUE = (
    CANARIES["stored row"],
    CANARIES["words of a failing neighbour"],
    CANARIES["a field's wrong value"],
)
