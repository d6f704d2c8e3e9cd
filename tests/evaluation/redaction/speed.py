"""How redaction's time compares with that of the plainest pass over the same text, for texts of many kinds."""

from collections.abc import Callable
from time import process_time

from chalicelib.domain.redaction import redact

LIMIT = 20
SIZES = (4_000, 40_000, 400_000)
ROUNDS = 3

PIECES = {
    "prose": "The user reports that Outlook asks for a sign-in after the update of Monday; DC01 logs event 4771. ",
    "one word": "a",
    "digits": "1",
    "blanks": " ",
    "line breaks": "\n",
    "quotes": '"',
    "single quotes": "'",
    "backslashes": "\\",
    "colons": ":",
    "equals signs": "=",
    "at signs": "@a",
    "bars": "|",
    "commas": ",",
    "tags": "<td>",
    "open brackets": "<",
    "labels": "password ",
    "labels, colons": "password: ",
    "labels, no blanks": "password:",
    "labels, lines": "password:\n",
    "labels with secrets": "password: Sommer2024!\n",
    "sentences": "the password of the router is now Winter2024! and so on\n",
    "lists": "creds: ",
    "pairs": "user: joe / ",
    "keys": "key: x ",
    "elements": "<password>",
    "rows": "<tr><th>password</th>",
    "table": "user|password\n",
    "laid-out table": "user  password\n----  --------\n",
    "addresses": "https://a.example/?sig=",
    "URLs with users": "a://b:",
    "cookies": "cookie: a=b; ",
    "bearers": "bearer ",
    "key blocks": "-----BEGIN PRIVATE KEY-----",
    "half key blocks": "-----BEGIN ",
    "PuTTY keys": "PuTTY-User-Key-File-",
    "net user": "net user joe x /add ",
    "curl": "curl -u ",
    "mysql": "mysql -p",
    "network lines": "enable secret ",
    "communities": "snmp-server community ",
    "masks": "password [masked] ",
    "accents": "é",
    "full width": "ｐ",
    "zero width": "\u200b",
    "right to left": "سر",
    "emoji": "👍",
    "hidden": "pass\u200bword: x1y2z3 ",
    "prefixes": "ghp_",
    "tokens": "token: abc123def\n",
}


def plainest_pass(text: str) -> int:
    """Look at each character once and ask what every detector has to ask: letter, digit or blank."""
    letters = digits = blanks = 0
    for char in text:
        if char.isalpha():
            letters += 1
        elif char.isdigit():
            digits += 1
        elif char.isspace():
            blanks += 1
    return letters + digits + blanks


def of_kind(piece: str, size: int) -> str:
    """Return a text of `size` characters that repeats `piece`."""
    return (piece * (size // len(piece) + 1))[:size]


def ratio(text: str, rounds: int = ROUNDS) -> float:
    """Return how many times the plainest pass redaction takes; both timed in turn, the best of some rounds each."""
    timed = [(_seconds(plainest_pass, text), _seconds(redact, text)) for _ in range(rounds)]
    return min(redaction for _, redaction in timed) / min(plain for plain, _ in timed)


def table() -> str:
    """Return the ratios of the slowest kinds at each size."""
    rows = [(name, [ratio(of_kind(piece, size)) for size in SIZES]) for name, piece in PIECES.items()]
    rows.sort(key=lambda row: -max(row[1]))
    head = f"times the plainest pass  {''.join(f'{size // 1000:>6} KB' for size in SIZES)}"
    return "\n".join([head, *(f"{name:24} {''.join(f'{one:9.1f}' for one in found)}" for name, found in rows)])


def _seconds(measured: Callable[[str], object], text: str) -> float:
    repeats = max(1, 20_000 // len(text))
    started = process_time()
    for _ in range(repeats):
        measured(text)
    return (process_time() - started) / repeats
