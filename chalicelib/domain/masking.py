"""Masking of secrets that engineers paste into a session, before the text leaves for the model, SNS or the PSA.

It knows the common shapes: `password: …` and its relatives, URLs with a password, bearer and basic credentials, private
key blocks, JSON Web Tokens, and the prefixed keys of AWS, GitHub, GitLab, Slack, Stripe, OpenAI, Anthropic and Google.
It cannot know a bare secret that nothing announces ("try Sommer2024!"), nor one split over several messages.
"""

import re

MASK = "[masked]"

_KEYS = r"(?:api|access|account|private|shared|license)[ _-]?key"
_LABEL = rf"(?:pass(?:word|wort|phrase|code)?|pwd|secret|{_KEYS}|token|pin|otp)"
_PREFIX = r"(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|sk-(?:ant-)?|[sr]k_live_|AIza|whsec_)"

_PATTERNS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.S), MASK),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?"), MASK),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"), MASK),
    (
        re.compile(rf"\b{_PREFIX}[\w-]{{12,}}"),
        MASK,
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+(?=[\w+/=.~-]*[\d=])[\w+/=.~-]{8,}"), rf"\1 {MASK}"),
    (re.compile(r"(\w://[^\s/:@]+:)[^\s/@]+(@)"), rf"\1{MASK}\2"),
    (re.compile(rf"(?i)\b({_LABEL}\s*(?:\bis\b|\bwas\b|[:=])\s*)(\"[^\"\n]*\"|'[^'\n]*'|[^\s,;]+)"), rf"\1{MASK}"),
]


def mask_secrets(text: str) -> str:
    """Return `text` with what looks like a secret replaced by `[masked]`; masking twice changes nothing more."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
