"""The masking that redaction replaced: one list of English labels and one layout. Kept as the baseline alone."""

import re

MASK = "[masked]"

# No shape looks at what stands around it, so that masking one secret never uncovers the next.
_KEY_BLOCK = r"(?s:-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z))"
_PREFIX = r"(?:gh[pousr]_|github_pat_|glpat-|npm_|AIza|xox[abeoprs]-|[sr]k_live_|sk-(?:ant|proj|svcacct|admin)-)"
_SHAPES = (
    r"eyJ[\w.-]{20,}",  # JSON Web Token
    r"(?:AKIA|ASIA)[A-Z0-9]{16}",
    rf"{_PREFIX}(?=[\w-]{{0,40}}\d)[\w-]{{12,}}",
    r"sk-(?=\w{0,40}\d)\w{20,}",
    r"whsec_[\w+/=-]{12,}",
    r"SG\.[\w-]{16,}\.[\w-]{16,}",
    r"[\w.~-]{3}8Q~[\w.~-]{31,}",  # client secret of Entra ID
    r"https://hooks\.slack\.com/services/[\w/]+",
    r"\d{6}(?:-\d{6}){7}",  # recovery key of BitLocker
    r"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}",  # product key of Windows
)

_KEYS = r"(?:api|access|account|encryption|licen[cs]e|private|product|recovery|secret|shared|wpa)[ _-]?key"
_LABEL = rf"(?:pass(?:word|wort|phrase|code)|kennwort|pwd|secret|token|{_KEYS}|(?<![a-z])(?:pass|pw|pin|otp|psk))\d?"
_NAME = rf"{_LABEL}[\"'\]]{{0,2}}"  # as in `"password": …` and `cfg['password'] = …`

_PLAIN = (  # what prose says after a label: how it is, not what it is
    r"\d{1,3}|an?|the|and|or|if|when|not|no|none|nothing|never|null|n/a|unknown|empty|blank|missing|required|optional|"
    r"he|she|it|they|we|i|you|user|is|was|has|had|must|should|can(?:not)?|will|to|see|ask|ok|yes|done|true|false|"
    r"set|reset|changed|expired|revoked|rejected|accepted|valid|invalid|right|wrong|correct|incorrect|same|works|fails"
)
_PROSE = rf"(?!(?:{_PLAIN}|[\"'](?:{_PLAIN})[\"'])[.,;:!?]?(?!\S))"
_END = r"(?=[\"'`)}>]{0,3}[.,;]{0,3}(?:\s|\Z)|[,;&][\w-]{1,40}=|</)"
_VALUE = rf"(?:([\"'])(?:\\.|(?!\2)[^\\\n])*\2|\S+?{_END})"

_VERB = r"(?:\s{1,3}(?:is|was|ist|has|been|now|set|changed|reset|to)\b|\s{0,3}(?:[:：=]|->))"
_WHOSE = r"(?:\s{1,3}(?:for|of|on|to|at|from)\s[^\n:=]{1,40}?)?"
_TELLING = r"(?=\S{4})(?=[\"']|\S*\d|\S*[!#$%&*+?@^~]\w)"  # what a secret has, and a word of prose has not
_ADDRESS_OR_TIME = r"(?!\S+@\S+\.\w|\d+[.:/-]\d[\d.:/TZ-]*[.,;]?(?!\S))"
_MIXED = r"(?=\S{6})(?=\S*\d)(?=\S*[A-Za-z])"

_PATTERNS = [  # `re` compiles them when they are first used, which few functions do, and keeps them
    (_KEY_BLOCK, MASK),
    ("|".join(_SHAPES), MASK),
    (r"(://[^\s/:@]*:)[^\s/]+(@)", rf"\1{MASK}\2"),
    (r"(?i)([?&](?:[\w-]{0,30}[_-])?(?:sig|signature|key|auth)=)[^\s&#\"'<>]+", rf"\1{MASK}"),
    (r"(?i)(cookie:[ \t]*)[^\s=]{1,80}=[^\n]*", rf"\1{MASK}"),
    (r"(?i)(bearer|basic)[ \t]+(?=[\w+/=.~-]*[\d=])[\w+/=.~-]{8,}", rf"\1 {MASK}"),
    (
        rf"(?i)(authorization[\"']?[ \t]*[:=][ \t]*(?:(?:basic|bearer)[ \t]+)?){_PROSE}{_VALUE}",
        rf"\1\2{MASK}\2",
    ),
    (rf"(?i)(<[\w:.-]{{0,40}}{_LABEL}>)[^<]{{1,500}}(?=</)", rf"\1{MASK}"),
    (rf"(?i)({_NAME}[ \t]*(?:=>|->|:=|[:：=])[ \t]*){_PROSE}{_VALUE}", rf"\1\2{MASK}\2"),
    (
        rf"(?i)({_NAME}{_WHOSE}{_VERB}{{1,4}}\s{{1,3}}){_PROSE}{_ADDRESS_OR_TIME}{_TELLING}{_VALUE}",
        rf"\1\2{MASK}\2",
    ),
    (rf"(?i)({_NAME}[ \t]{{1,3}}){_ADDRESS_OR_TIME}{_MIXED}{_VALUE}", rf"\1\2{MASK}\2"),
]


def mask_secrets(text: str) -> str:
    """Return `text` with what looks like a secret replaced by `[masked]`; masking twice changes nothing more."""
    masked = _masked_once(text)
    while masked != text:  # each round leaves less that is not masked, so this ends; it rarely goes round twice
        text, masked = masked, _masked_once(masked)
    return masked


def _masked_once(text: str) -> str:
    for pattern, replacement in _PATTERNS:
        text = re.sub(pattern, replacement, text)
    return text
